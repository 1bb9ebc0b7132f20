import HTML
import Support
import Terminal

/// How the loss on held-out texts falls, over time, in runs of different lengths: a picture for a README.
package struct QualityChart {
  /// What a run wrote down: seconds since its beginning, and nats a token.
  package typealias Curve = (name: String, points: [(seconds: Double, nats: Double)])

  private let chart: LineChart

  /// A line for each run, and one across at the loss that the runs are to pass. Losses above `most` are not drawn.
  package init(title: String, _ curves: [Curve], level: (name: String, nats: Double), most: Double) {
    let lines = curves.map { curve in
      let points = curve.points.filter { $0.seconds > 0 && $0.nats <= most }
      return LineChart.Line(
        name: curve.name, style: "held-out", points: points.map { ($0.seconds, $0.nats) }, isMarked: true, isNamed: true
      )
    }
    let times = lines.flatMap(\.points).map(\.x)
    let across = [times.min() ?? 1, times.max() ?? 1].map { (x: $0, y: level.nats) }
    chart = LineChart(
      title: title, lines: [.init(name: level.name, style: "level", points: across, isNamed: true)] + lines,
      isLogarithmic: true, showX: { $0 < 1 ? $0.asDuration : "\($0.fixed(0))s" }, showY: { $0.fixed(2) })
  }

  /// The picture as a file, in the colours of the pages, light or dark.
  package var svg: [UInt8] {
    let styles = String(decoding: sharedStyleSheet + PackageResources.report_css, as: UTF8.self)
    return Array(
      chart.svg(
        width: 720, height: 320, "xmlns=\"http://www.w3.org/2000/svg\" font-family=\"system-ui, sans-serif\"",
        beginning: "<style>\n\(styles)</style>\n"
      ).utf8)
  }
}
