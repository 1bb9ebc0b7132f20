import HTML
import Training

/// A summary of a model as a part of an HTML page: the loss curve of its run, facts and samples.
package struct ModelCard {
  private let facts: [(name: String, value: String)]
  private let points: [LossCurve.Point]
  private let samples: [String]

  package init(facts: [(name: String, value: String)], points: [LossCurve.Point], samples: [String]) {
    self.facts = facts
    self.points = points
    self.samples = samples
  }

  /// The card as an element, with its style. Its text has the color of the page around it.
  package var html: String {
    let chart = points.count > 1 ? Report.lossChart(points, over: { Double($0.step) }, by: "step").card : ""
    let rows = facts.map { "<tr><th>\(htmlEscaped($0.name))</th><td>\(htmlEscaped($0.value))</td></tr>" }
    let texts = samples.map { "<li dir=\"auto\">\(htmlEscaped($0))</li>" }
    return """
      <div class="swiftlet-model"><style>\(String(decoding: PackageResources.card_css, as: UTF8.self))</style>
      \(chart)
      <table>\(rows.joined())</table>
      <ul>\(texts.joined())</ul>
      </div>
      """
  }
}

extension LineChart {
  /// The chart with its title and the names of its lines.
  fileprivate var card: String {
    let names = lines.map { "<span class=\"key \($0.style)\">\(htmlEscaped($0.name))</span>" }.joined(separator: " ")
    return """
      <figure><figcaption>\(htmlEscaped(title)) \(names)</figcaption>\(svg(width: 480, height: 190, ""))</figure>
      """
  }
}
