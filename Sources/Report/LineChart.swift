import HTML
import Support
import Terminal

/// A line chart as SVG within HTML.
struct LineChart {
  struct Line {
    var name: String
    /// The class in the style sheet.
    var style: String
    var points: [(x: Double, y: Double)]
    /// Is `true` if its points are drawn as circles that show their values under the pointer.
    var isMarked = false
    /// Is `true` if its name is written beside the line.
    var isNamed = false
  }

  var title: String
  var lines: [Line]
  var startsAtZero = false
  /// Is `true` if the x axis is logarithmic.
  var isLogarithmic = false
  var showX: (Double) -> String
  var showY: (Double) -> String

  /// The chart as a figure, with one drawing for wide windows and one for narrow ones, so that its text is legible in
  /// both.
  var figure: String {
    let names = lines.map { "<span class=\"key \($0.style)\">\(htmlEscaped($0.name))</span>" }.joined(separator: " ")
    return """
      <figure><figcaption><b>\(htmlEscaped(title))</b> \(lines.count > 1 ? names : "")</figcaption>
      \(svg(width: 480, height: 230, "class=\"wide\""))
      \(svg(width: 340, height: 220, "class=\"narrow\""))
      </figure>

      """
  }

  /// Returns the chart in one size. The element has further `attributes`, and starts with `content`.
  func svg(width: Double, height: Double, _ attributes: String, content: String = "") -> String {
    guard let plot = Plot(self, width: width, height: height) else { return "" }
    let parts = yAxis(plot, width) + xAxis(plot, width, height) + lines.flatMap { drawing(of: $0, plot) }
    return """
      <svg \(attributes) viewBox="0 0 \(width.fixed(0)) \(height.fixed(0))" role="img" \
      aria-label="\(htmlEscaped(description))">
      \(content)\(parts.joined(separator: "\n"))
      </svg>
      """
  }

  private func yAxis(_ plot: Plot, _ width: Double) -> [String] {
    ticks(from: plot.y.from, to: plot.y.to, about: 4).flatMap { tick in
      let y = plot.y[tick].fixed(1)
      return [
        "<path class=\"grid\" d=\"M52 \(y)H\((width - 12).fixed(0))\"/>",
        "<text x=\"46\" y=\"\(y)\" dy=\"4\" text-anchor=\"end\">\(htmlEscaped(showY(tick)))</text>",
      ]
    }
  }

  private func xAxis(_ plot: Plot, _ width: Double, _ height: Double) -> [String] {
    let range = plot.xRange
    let ticks =
      isLogarithmic
      ? powers(from: range.lowerBound, to: range.upperBound)
      : ticks(from: range.lowerBound, to: range.upperBound, about: width / 110)
    return ticks.map { tick in
      "<text x=\"\(plot.x(tick))\" y=\"\((height - 6).fixed(0))\" text-anchor=\"middle\">\(htmlEscaped(showX(tick)))</text>"
    }
  }

  private func drawing(of line: Line, _ plot: Plot) -> [String] {
    let points = line.points.filter(\.y.isFinite)
    let coordinates = points.map { "\(plot.x($0.x)),\(plot.y($0.y))" }.joined(separator: " ")
    var parts = ["<polyline class=\"\(line.style)\" points=\"\(coordinates)\"/>"]
    if line.isNamed, let first = points.first, let last = points.last {
      // Losses fall, so there is room below the end of a loss curve, and below the start of a level line.
      let (point, anchor, right, down) = line.isMarked ? (last, "end", -10.0, 9.0) : (first, "start", 0, 16)
      parts.append(
        "<text x=\"\(plot.x(point.x, plus: right))\" y=\"\(plot.y(point.y, plus: down))\" "
          + "text-anchor=\"\(anchor)\">\(htmlEscaped(line.name))</text>")
    }
    guard line.isMarked else { return parts }
    return parts
      + points.map { point in
        "<circle class=\"\(line.style)\" cx=\"\(plot.x(point.x))\" cy=\"\(plot.y(point.y))\" r=\"3\">"
          + "<title>\(htmlEscaped(showX(point.x))): \(htmlEscaped(point.y.fixed(3)))</title></circle>"
      }
  }

  /// The alternative text: the first and last value of each line.
  private var description: String {
    let ends = lines.compactMap { line -> String? in
      guard let first = line.points.first, let last = line.points.last else { return nil }
      return "\(line.name) from \(showY(first.y)) to \(showY(last.y))"
    }
    return "\(title): " + ends.joined(separator: "; ")
  }
}

/// The coordinate system of a chart.
private struct Plot {
  let xRange: ClosedRange<Double>
  let y: Scale
  private let xScale: Scale
  private let isLogarithmic: Bool

  /// Returns `nil` if the chart has no finite points.
  init?(_ chart: LineChart, width: Double, height: Double) {
    let points = chart.lines.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
    guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
      let least = points.map(\.y).min(), let most = points.map(\.y).max()
    else { return nil }
    let bottom = chart.startsAtZero ? min(0, least) : least
    xRange = left...right
    y = Scale(from: bottom, to: most > bottom ? most : bottom + 1, onto: (height - 26, 10))
    isLogarithmic = chart.isLogarithmic
    xScale = Scale(
      from: isLogarithmic ? naturalLogarithm(left) : left, to: isLogarithmic ? naturalLogarithm(right) : right,
      onto: (52, width - 12))
  }

  func x(_ value: Double, plus offset: Double = 0) -> String {
    (xScale[isLogarithmic ? naturalLogarithm(value) : value] + offset).fixed(1)
  }

  func y(_ value: Double, plus offset: Double = 0) -> String { (y[value] + offset).fixed(1) }
}

/// A linear map from values to coordinates.
private struct Scale {
  let from: Double
  let to: Double
  private let start: Double
  private let end: Double

  init(from: Double, to: Double, onto range: (start: Double, end: Double)) {
    (self.from, self.to, start, end) = (from, to, range.start, range.end)
  }

  subscript(value: Double) -> Double {
    to > from ? start + (value - from) / (to - from) * (end - start) : (start + end) / 2
  }
}

/// Returns the numbers 10ⁿ and 3 · 10ⁿ in a range.
private func powers(from: Double, to: Double) -> [Double] {
  var power = 1e-6
  var all: [Double] = []
  while power <= to {
    all += [power, 3 * power].filter { from...to ~= $0 }
    power *= 10
  }
  return all
}

/// Returns about `count` round numbers in a range.
package func ticks(from: Double, to: Double, about count: Double) -> [Double] {
  guard to > from, (to - from).isFinite else { return [from] }
  let rough = (to - from) / count
  var unit = 1.0
  while unit > rough { unit /= 10 }
  while unit * 10 <= rough { unit *= 10 }
  let step = [1, 2, 5, 10].map { $0 * unit }.first { $0 >= rough } ?? 10 * unit
  let first = Int((from / step).rounded(.up))
  let last = Int((to / step).rounded(.down))
  return first <= last ? (first...last).map { Double($0) * step } : [from]
}
