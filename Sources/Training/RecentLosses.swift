/// The losses of the last hundred steps.
struct RecentLosses {
  private static let limit = 100
  private var losses: [Float]
  private var oldest = 0

  /// `losses` from the oldest to the newest.
  init(_ losses: [Float]) {
    self.losses = losses.suffix(Self.limit)
    self.losses.reserveCapacity(Self.limit)
  }

  mutating func append(_ loss: Float) {
    if losses.count < Self.limit {
      losses.append(loss)
    } else {
      losses[oldest] = loss
      oldest = oldest + 1 == Self.limit ? 0 : oldest + 1
    }
  }

  /// The losses from the oldest to the newest.
  var inOrder: [Float] { Array(losses[oldest...] + losses[..<oldest]) }

  /// The mean, summed from the oldest to the newest so that a resumed run gets the same bits.
  var mean: Double? {
    losses.isEmpty ? nil : inOrder.reduce(0) { $0 + Double($1) } / Double(losses.count)
  }
}
