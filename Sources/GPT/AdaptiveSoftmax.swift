/// An adaptive softmax (Grave et al., 2017): an output layer whose cost follows the frequencies of the tokens.
///
/// The tokens are divided by their numbers, which are in the order of frequency. The first ones have a logit each in
/// the head, where each cluster of rarer ones has one too. A rare token's probability is that of its cluster times that
/// of the token within the cluster, whose logits are computed from a narrow projection. Training computes them only
/// where the target is in the cluster.
///
/// The boundary has the last number and is frequent. So tokens are counted by class: the boundary's is 0, and that of
/// token t is t + 1.
package struct AdaptiveSoftmax: Sendable, Equatable {
  /// One cluster of rarer tokens.
  package struct Cluster: Sendable, Equatable {
    package let classes: Range<Int>
    /// The width of the projection.
    package let width: Int

    /// The tokens of its classes.
    package var tokens: Range<Int> { classes.lowerBound - 1..<classes.upperBound - 1 }
  }

  /// The number of classes that have a logit in the head.
  package let frequent: Int
  package let clusters: [Cluster]
  private let vocabulary: Int

  init(cutoffs: [Int], vocabulary: Int, embedding: Int) {
    self.vocabulary = vocabulary
    frequent = cutoffs.first ?? vocabulary
    clusters = cutoffs.indices.map { index in
      let end = index + 1 < cutoffs.count ? cutoffs[index + 1] : vocabulary
      return Cluster(classes: cutoffs[index]..<end, width: Self.width(ofCluster: index, embedding: embedding))
    }
  }

  /// The width of the projection of cluster `index`: each is half as wide as the one before.
  package static func width(ofCluster index: Int, embedding: Int) -> Int { max(1, embedding >> (index + 1)) }

  /// The number of logits in the head: one for each frequent token, then one for each cluster.
  package var headCount: Int { frequent + clusters.count }

  /// The class of `token`.
  @inline(__always)
  package func number(of token: Int32) -> Int { Int(token) == vocabulary - 1 ? 0 : Int(token) + 1 }

  /// The place of the cluster with that class; `nil` for a frequent token.
  @inline(__always)
  package func cluster(ofClass number: Int) -> Int? {
    number < frequent ? nil : clusters.firstIndex { number < $0.classes.upperBound }
  }
}

extension Configuration {
  /// The output layer's division of the tokens; `nil` for the full softmax.
  package var adaptiveSoftmax: AdaptiveSoftmax? {
    cutoffs.isEmpty ? nil : AdaptiveSoftmax(cutoffs: cutoffs, vocabulary: vocabulary, embedding: embedding)
  }

  /// The number of logits of the head.
  package var headCount: Int { adaptiveSoftmax?.headCount ?? vocabulary }
}
