import HTML
import Support
import Terminal

/// A chart of held-out loss over training time, for runs of different lengths.
package struct QualityChart {
  /// The loss curve of a run: seconds since its start, and nats per token.
  package typealias Curve = (name: String, points: [(seconds: Double, nats: Double)])

  private let chart: LineChart

  /// Creates a chart with a line for each run, and a horizontal line at the loss `level` to compare with. Losses above
  /// `maximum` are not drawn.
  package init(title: String, _ curves: [Curve], level: (name: String, nats: Double), maximum: Double) {
    let lines = curves.map { curve in
      let points = curve.points.filter { $0.seconds > 0 && $0.nats <= maximum }
      return LineChart.Line(
        name: curve.name, style: "held-out", points: points.map { ($0.seconds, $0.nats) }, isMarked: true, isNamed: true
      )
    }
    let times = lines.flatMap(\.points).map(\.x)
    let levelPoints = [times.min() ?? 1, times.max() ?? 1].map { (x: $0, y: level.nats) }
    chart = LineChart(
      title: title, lines: [.init(name: level.name, style: "level", points: levelPoints, isNamed: true)] + lines,
      isLogarithmic: true, showX: { $0 < 1 ? $0.asDuration : "\($0.fixed(0))s" }, showY: { $0.fixed(2) })
  }

  /// The chart as an SVG file, with the light and dark colors of the pages.
  package var svg: [UInt8] {
    let styles = String(decoding: sharedStyleSheet + PackageResources.report_css, as: UTF8.self)
    return Array(
      chart.svg(
        width: 720, height: 320, "xmlns=\"http://www.w3.org/2000/svg\" font-family=\"system-ui, sans-serif\"",
        content: "<style>\n\(styles)</style>\n"
      ).utf8)
  }
}
