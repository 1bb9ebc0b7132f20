import Files
import Report
import StrictJSON
import Support
import Terminal

/// A chart of held-out loss over time, from the files that `swiftlet train --metrics` wrote for several runs.
struct Curves {
  let metrics: [String]
  let level: Double

  func draw(to path: String) throws {
    let curves = try metrics.map(curve)
    let drawing = QualityChart(
      title: "Held-out loss in nats per token, by seconds of training", curves, level: ("best n-gram", level),
      maximum: level + 0.5)
    let file = try AtomicFile(replacing: path)
    try file.write(drawing.svg)
    try file.commit()
  }

  private func curve(_ path: String) throws -> QualityChart.Curve {
    var points: [(seconds: Double, nats: Double)] = []
    var lines = try LineReader(path)
    while try lines.next() {
      guard let line = try JSON(parsing: lines.line).object, let seconds = line["seconds"]?.number?.double,
        let nats = line["validationLoss"]?.number?.double
      else { continue }
      points.append((seconds, nats))
    }
    return (points.last.map { "\($0.seconds.fixed(0)) s: \($0.nats.fixed(3))" } ?? path, points)
  }
}
