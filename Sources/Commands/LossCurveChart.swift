import Datasets
import Terminal
import Training

extension LossCurve {
  /// Returns the curve as lines of `width` columns, with `●` at the scores of held-out documents.
  func chart(width: Int) -> [String] {
    let losses = smoothedLosses
    guard losses.count > 4 && width >= 20 else { return [] }
    let scores = points.map { $0.score?.natsPerToken ?? .nan }
    let lines = brailleChart(losses, marks: scores, width: min(72, width) - 10, height: 7)
    let heading = "loss in nats per token" + (scores.contains(where: \.isFinite) ? ", ● on held-out documents" : "")
    return [heading] + lines
  }
}
