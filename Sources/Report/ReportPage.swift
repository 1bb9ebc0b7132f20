import GPT
import HTML
import Support
import SwiftletKit
import Training

extension Report {
  /// Returns the report in its current state.
  package func html(_ curve: LossCurve, _ state: State) -> [UInt8] {
    Page(
      template: PackageResources.report_html, title: title,
      styles: [sharedStyleSheet, PackageResources.report_css],
      data: history(curve),
      parts: [
        "refresh": state == .running ? "<meta http-equiv=\"refresh\" content=\"3\">" : "",
        "state": htmlEscaped(sentence(of: state)),
        "lead": htmlEscaped(lead(curve)),
        "charts": charts(curve.points).map(\.figure).joined(),
        "samples": samples.map(html).joined(),
        "novelty": htmlEscaped(novelty.map(sentence) ?? "Novelty is measured at the end of the run."),
        "facts": facts.map { "<dt>\(htmlEscaped($0))</dt><dd>\(htmlEscaped($1))</dd>\n" }.joined(),
        "command": htmlEscaped(command),
      ].mapValues { Array($0.utf8) }
    ).html
  }

  private func sentence(of state: State) -> String {
    switch state {
    case .running: "Training now · This page refreshes itself during training"
    case .interrupted: "Training report · interrupted"
    case .finished: "Training report"
    }
  }

  /// For example `1,000 of 1,000 steps in 26ms. Mean loss of the last 100 steps: 2.319 nats per token. Best held-out
  /// loss: 2.251 nats per token, 3.248 bits per byte, after step 800.`
  private func lead(_ curve: LossCurve) -> String {
    var sentence = "\(trainer.step.grouped) of \(trainer.recipe.steps.of("step"))"
    if let last = curve.points.last { sentence += " in \(last.seconds.asDuration)" }
    if let loss = trainer.meanLoss {
      sentence += ". Mean loss of the last \(min(100, trainer.step).of("step")): \(loss.fixed(3)) nats per token"
    }
    if let best = trainer.best {
      sentence +=
        ". Best held-out loss: \((trainer.modelScore ?? best.score).sentence), after step \(best.step.grouped)"
    }
    return sentence + "."
  }

  // MARK: Charts

  private func charts(_ points: [LossCurve.Point]) -> [LineChart] {
    guard points.count > 1 else { return [] }
    let byStep = { (value: (LossCurve.Point) -> Double) in points.map { (x: Double($0.step), y: value($0)) } }
    let steps = { (x: Double) in x.abbreviated }
    return [
      Self.lossChart(points, over: { Double($0.step) }, by: "step"),
      Self.lossChart(points, over: { $0.seconds }, by: "time", showX: Self.duration),
      LineChart(
        title: "Learning rate, by step",
        lines: [.init(name: "learning rate", style: "loss", points: byStep(\.learningRate))],
        startsAtZero: true, showX: steps, showY: { $0 == 0 ? "0" : "\($0)" }),
      LineChart(
        title: "Tokens per second, by step",
        lines: [
          .init(
            name: "tokens per second", style: "loss",
            points: Array(zip(points.map { Double($0.step) }, LossCurve.smoothed(points.map(\.tokensPerSecond)))))
        ], startsAtZero: true,
        showX: steps, showY: \.abbreviated),
    ]
  }

  /// Returns a chart of the loss of each point, of the smoothed loss and of the held-out loss.
  static func lossChart(
    _ points: [LossCurve.Point], over x: (LossCurve.Point) -> Double, by axis: String,
    showX: @escaping (Double) -> String = { $0.abbreviated }
  ) -> LineChart {
    let losses = points.map { (x: x($0), y: $0.loss) }
    let scores = points.compactMap { point in point.score.map { (x: x(point), y: $0.natsPerToken) } }
    var lines = [
      LineChart.Line(name: "loss", style: "each", points: losses),
      LineChart.Line(
        name: "smoothed", style: "loss", points: Array(zip(points.map(x), LossCurve.smoothed(points.map(\.loss))))),
    ]
    if !scores.isEmpty { lines.append(.init(name: "held-out", style: "held-out", points: scores, isMarked: true)) }
    return LineChart(title: "Loss in nats per token, by \(axis)", lines: lines, showX: showX, showY: { $0.fixed(2) })
  }

  private static func duration(_ seconds: Double) -> String {
    seconds < 0.9995 || seconds >= 10 ? seconds.asDuration : "\(seconds.fixed(1))s"
  }

  // MARK: Text

  private func html(of samples: Samples) -> String {
    let when = samples.step == 0 ? "before training" : "after \(samples.step.of("step"))"
    let texts = samples.texts.map { "<li dir=\"auto\">\(htmlEscaped($0))</li>" }.joined(separator: "\n")
    return "<dt>\(when)</dt><dd><ul>\n\(texts)\n</ul></dd>\n"
  }

  private func sentence(of novelty: Novelty) -> String {
    "Of \(novelty.texts) texts sampled at temperature \(SamplingOptions.defaultTemperature), \(novelty.new) are not in the corpus and "
      + "\(novelty.distinct) are distinct."
  }

  private var facts: [(String, String)] {
    let configuration = trainer.engine.configuration
    let identity = trainer.data.identity
    let recipe = trainer.recipe
    return [
      (
        "corpus",
        "\(identity.documents.of("training document")), \(identity.heldOutDocuments.grouped) held out; "
          + "fingerprint \(identity.fingerprint)"
      )
    ] + notes.map { ("note", $0) } + advice.map { ("advice", $0) } + [
      ("trained", "on \(trainer.tokens.of("token"))"),
      (
        "tokenizer",
        ([trainer.data.tokenizer.description.name]
          + trainer.data.tokenizer.description.settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
          .joined(separator: ", ")
      ),
      ("model", configuration.summary),
      (
        "recipe",
        recipe.json.members.filter { $0.value != .null }.map { "\($0.key) \($0.value.string ?? $0.value.description)" }
          .joined(separator: ", ")
      ),
    ]
  }
}
