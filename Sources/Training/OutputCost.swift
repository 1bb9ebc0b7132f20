import Datasets
import GPT

/// The multiplications of a weight and a token that the output layer needs for a token of a corpus, on average.
package struct OutputCost: Sendable {
  private let vocabulary: Int
  /// The share of the tokens whose class is this or a later one; empty for a small vocabulary.
  private let shares: [Double]

  /// The vocabulary from which an adaptive softmax is considered.
  private static let leastVocabulary = 4096
  /// The multiplications that take as long as the exponential of one logit, and all that goes with it.
  private static let perLogit = 12.0

  package init(_ corpus: EncodedCorpus) {
    vocabulary = corpus.vocabulary
    guard vocabulary >= Self.leastVocabulary else {
      shares = []
      return
    }
    var counts = corpus.tokenCounts()
    // The boundary has the first class.
    counts.insert(counts.removeLast(), at: 0)
    let total = Double(max(1, counts.reduce(0, +)))
    var left = counts.reduce(0, +)
    shares = counts.map { count in
      defer { left -= count }
      return Double(left) / total
    }
  }

  /// Returns the weights of the output layer that are multiplied by a token of the corpus.
  func weights(embedding: Int, cutoffs: [Int]) -> Double {
    guard let frequent = cutoffs.first, !shares.isEmpty else { return Double(vocabulary * embedding) }
    let head = Double(frequent + cutoffs.count) * Double(embedding)
    return cutoffs.indices.reduce(head) { sum, index in
      let first = cutoffs[index]
      let count = (index + 1 < cutoffs.count ? cutoffs[index + 1] : vocabulary) - first
      let width = AdaptiveSoftmax.width(ofCluster: index, embedding: embedding)
      return sum + (first < shares.count ? shares[first] : 0) * Double(width * (embedding + count))
    }
  }

  /// Returns the cutoffs with which an output layer takes the least time; none where the full softmax takes less than
  /// twice as long.
  func suggestedCutoffs(embedding: Int) -> [Int] {
    let choices = shares.isEmpty ? [] : Self.choices.filter { $0 < vocabulary / 2 }
    var best: (cutoffs: [Int], time: Double) = ([], time(embedding: embedding, cutoffs: []) / 2)
    func consider(_ cutoffs: [Int]) {
      let time = time(embedding: embedding, cutoffs: cutoffs)
      if time < best.time { best = (cutoffs, time) }
    }
    for first in choices {
      consider([first])
      for second in choices where second > first {
        consider([first, second])
        for third in choices where third > second { consider([first, second, third]) }
      }
    }
    return best.cutoffs
  }

  /// 512, 768, 1024, 1536 and so on.
  private static let choices = (9...20).flatMap { [1 << $0, 3 << ($0 - 1)] }

  /// The weights and the logits for a token.
  private func time(embedding: Int, cutoffs: [Int]) -> Double {
    // With one column, the projections have one too, and only the logits are left.
    let logits = weights(embedding: 1, cutoffs: cutoffs)
    return weights(embedding: embedding, cutoffs: cutoffs) + Self.perLogit * logits
  }
}
