import GPT

/// The targets of a batch as an adaptive softmax computes them.
struct HeadTargets: Sendable {
  /// The rows whose targets are in one cluster: the rows of every group one after the other, numbered from the group's
  /// first row.
  struct Cluster: Sendable {
    fileprivate(set) var rows: [Int32] = []
    fileprivate(set) var targets: [Int32] = []
    fileprivate(set) var weights: [Float] = []
    /// The end of each group in the arrays above.
    fileprivate var ends: [Int] = []

    /// The elements of one group.
    func range(ofGroup group: Int) -> Range<Int> { (group == 0 ? 0 : ends[group - 1])..<ends[group] }

    fileprivate mutating func removeAll() {
      rows.removeAll(keepingCapacity: true)
      targets.removeAll(keepingCapacity: true)
      weights.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
    }
  }

  /// The target of every row in the head: a frequent token, or a cluster.
  private(set) var head: [Int32] = []
  private(set) var clusters: [Cluster]
  private let adaptive: AdaptiveSoftmax?

  init(_ configuration: Configuration) {
    adaptive = configuration.adaptiveSoftmax
    clusters = (adaptive?.clusters ?? []).map { _ in Cluster() }
  }

  /// Finds the targets of `batch`, whose rows are in `groups`.
  mutating func find(_ batch: Batch, _ groups: ArraySlice<BatchPlan.Group>) {
    guard let adaptive else { return }
    head.removeAll(keepingCapacity: true)
    for index in clusters.indices { clusters[index].removeAll() }
    for group in groups {
      for row in group.rows {
        let number = adaptive.number(of: batch.targets[row])
        guard let cluster = adaptive.cluster(ofClass: number) else {
          head.append(Int32(number))
          continue
        }
        head.append(Int32(adaptive.frequent + cluster))
        clusters[cluster].rows.append(Int32(row - group.rows.lowerBound))
        clusters[cluster].targets.append(Int32(number - adaptive.clusters[cluster].classes.lowerBound))
        clusters[cluster].weights.append(batch.weights[row])
      }
      for index in clusters.indices { clusters[index].ends.append(clusters[index].rows.count) }
    }
  }
}
