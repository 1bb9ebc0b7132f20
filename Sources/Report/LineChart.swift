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

  /// The chart as a figure, with one drawing for wide windows and one for narrow ones, so that its text is legible in both.
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
    let all = lines.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
    guard let left = all.map(\.x).min(), let right = all.map(\.x).max(), let least = all.map(\.y).min(),
      let most = all.map(\.y).max()
    else { return "" }
    let bottom = startsAtZero ? min(0, least) : least
    let position = isLogarithmic ? naturalLogarithm : { $0 }
    let xScale = Scale(from: position(left), to: position(right), onto: (52, width - 12))
    let yScale = Scale(from: bottom, to: most > bottom ? most : bottom + 1, onto: (height - 26, 10))
    var parts: [String] = []
    for tick in ticks(from: yScale.from, to: yScale.to, about: 4) {
      let y = yScale[tick].fixed(1)
      parts.append("<path class=\"grid\" d=\"M52 \(y)H\((width - 12).fixed(0))\"/>")
      parts.append("<text x=\"46\" y=\"\(y)\" dy=\"4\" text-anchor=\"end\">\(htmlEscaped(showY(tick)))</text>")
    }
    let xTicks = isLogarithmic ? powers(from: left, to: right) : ticks(from: left, to: right, about: width / 110)
    for tick in xTicks {
      parts.append(
        "<text x=\"\(xScale[position(tick)].fixed(1))\" y=\"\((height - 6).fixed(0))\" text-anchor=\"middle\">\(htmlEscaped(showX(tick)))</text>"
      )
    }
    for line in lines {
      let points = line.points.filter { $0.y.isFinite }
      let coordinates = points.map { "\(xScale[position($0.x)].fixed(1)),\(yScale[$0.y].fixed(1))" }
      parts.append("<polyline class=\"\(line.style)\" points=\"\(coordinates.joined(separator: " "))\"/>")
      if line.isNamed, let first = points.first, let last = points.last {
        // Losses fall, so there is room below the end of a loss curve, and below the start of a level line.
        let (point, anchor, x) = line.isMarked ? (last, "end", -10.0) : (first, "start", 0)
        parts.append(
          "<text x=\"\((xScale[position(point.x)] + x).fixed(1))\" y=\"\((yScale[point.y] + (line.isMarked ? 9 : 16)).fixed(1))\" "
            + "text-anchor=\"\(anchor)\">\(htmlEscaped(line.name))</text>")
      }
      guard line.isMarked else { continue }
      for point in points {
        parts.append(
          "<circle class=\"\(line.style)\" cx=\"\(xScale[position(point.x)].fixed(1))\" cy=\"\(yScale[point.y].fixed(1))\" r=\"3\">"
            + "<title>\(htmlEscaped(showX(point.x))): \(htmlEscaped(point.y.fixed(3)))</title></circle>")
      }
    }
    return """
      <svg \(attributes) viewBox="0 0 \(width.fixed(0)) \(height.fixed(0))" role="img" aria-label="\(htmlEscaped(description))">
      \(content)\(parts.joined(separator: "\n"))
      </svg>
      """
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
