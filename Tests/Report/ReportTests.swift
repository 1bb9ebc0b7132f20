import Datasets
import Report
import Support
import SwiftletKit
import Terminal
import Testing
import Training

/// A user who trusts the report would draw wrong conclusions about a run.
@Suite("The report shows the run")
struct ReportTests {
  private func trainer(steps: Int = 200, texts: [String] = ["anna", "anne", "hanna", "nina", "<b>&\"nan"]) throws
    -> Trainer
  {
    var recipe = Recipe.microgpt
    (recipe.steps, recipe.holdout, recipe.evaluateEvery) = (steps, .count(1), 50)
    let corpus = try Corpus(texts)
    return try Trainer(recipe, tokenizer: CharacterTokenizer(training: corpus.documents), corpus: corpus)
  }

  private func report(
    of trainer: Trainer, title: String = "names", _ state: Report.State = .finished
  ) throws -> String {
    var curve = LossCurve(of: trainer, points: 40)
    var report = Report(of: trainer, title: title, command: "swiftlet train 'a&b.txt'", notes: ["1 blank line."])
    try trainer.run { step in
      curve.record(step)
      report.record(step)
    }
    if state == .finished { try report.measureNovelty() }
    return String(decoding: report.html(curve, state), as: UTF8.self)
  }

  @Test func `the report has the figures of the run`() throws {
    let trainer = try trainer()
    let page = try report(of: trainer)
    let best = try #require(trainer.best)
    #expect(page.contains("200 of 200 steps in "))
    let meanLoss = try #require(trainer.meanLoss).fixed(3)
    #expect(page.contains("Mean loss of the last 100 steps: \(meanLoss) nats per token. "))
    #expect(page.contains("Best held-out loss: \(best.score.natsPerToken.fixed(3)) nats per token, "))
    #expect(page.contains("4 training documents, 1 held out"))
    #expect(page.contains("<code>swiftlet train 'a&amp;b.txt'</code>"))
    #expect(page.contains("before training") && page.contains("after 200 steps"))
    #expect(page.contains("Of 200 texts sampled at temperature 0.8, "))
    // Four points of the held-out loss, in a wide and a narrow drawing, by step and by time.
    #expect(page.matches(of: #/<circle class="held-out"/#).count == 16)
    #expect(!page.contains("http-equiv=\"refresh\""))
  }

  @Test func `the page refreshes itself during training only`() throws {
    #expect(try report(of: trainer(), .running).contains("http-equiv=\"refresh\""))
    #expect(try !report(of: trainer(), .interrupted).contains("http-equiv=\"refresh\""))
  }

  /// A corpus may contain markup, and a model repeats it.
  @Test func `texts and titles stay text`() throws {
    let hostile = "</title><script>alert(1)</script>"
    let page = try report(of: trainer(texts: [hostile, hostile + "1", hostile + "2"]), title: hostile)
    #expect(!page.contains("<script>"))
    #expect(page.contains("<h1>&lt;/title&gt;&lt;script&gt;alert(1)"))
  }

  /// The report of a resumed run would lack the part before the interruption.
  @Test func `the report of a resumed run has its earlier part`() throws {
    let trainer = try trainer()
    var curve = LossCurve(of: trainer, points: 40)
    var report = Report(of: trainer, title: "names", command: "swiftlet train")
    try trainer.run { step in
      curve.record(step)
      report.record(step)
    }
    let page = report.html(curve, .running)
    let history = try #require(Report.History(in: page, through: 120))
    #expect(history.points == curve.points.filter { $0.step <= 120 }.map(\.withoutGradient))
    let rest = Report(of: trainer, title: "names", command: "swiftlet train", history: history)
    let second = String(
      decoding: rest.html(LossCurve(of: trainer, points: 40, before: history.points), .running), as: UTF8.self)
    #expect(second.contains("before training") && second.contains("after 50 steps"))
    #expect(!second.contains("after 200 steps"))
    #expect(Report.History(in: Array("<html>another page</html>".utf8), through: 120)?.points == nil)
  }

  @Test func `a run of no steps has a report`() throws {
    let page = try report(of: trainer(steps: 0))
    #expect(page.contains("0 of 0 steps") && page.contains("</html>"))
  }

  @Test func `a loss curve has a point for every score, and about as many as were asked for`() throws {
    let trainer = try trainer(steps: 210)
    var curve = LossCurve(of: trainer, points: 10)
    var losses: [Double] = []
    try trainer.run { step in
      losses.append(Double(step.loss))
      curve.record(step)
    }
    #expect(curve.points.map(\.step) == [21, 42, 50, 63, 84, 100, 105, 126, 147, 150, 168, 189, 200, 210])
    #expect(curve.points.filter { $0.score != nil }.map(\.step) == [50, 100, 150, 200, 210])
    #expect(curve.points[2].loss == losses[42..<50].reduce(0, +) / 8)
  }
}

extension LossCurve.Point {
  /// The point as a report stores it.
  fileprivate var withoutGradient: Self {
    var point = self
    point.gradientNorm = nil
    return point
  }
}
