import Datasets
import StrictJSON
import TestSupport
import Testing
import Training

@Suite struct MetricsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func lines() throws -> [JSON.Object] {
    try String(decoding: folder.contents("run.jsonl"), as: UTF8.self).split(separator: "\n").map {
      try #require(try JSON(parsing: String($0)).object)
    }
  }

  @Test func `a short run has a line for every step`() throws {
    let trainer = try TinyRun(.small).fastTrainer()
    var metrics = try Metrics(folder.path("run.jsonl"), of: trainer)
    var losses: [Double] = []
    try trainer.run { step in
      losses.append(Double(step.loss))
      try metrics.record(step)
    }
    let lines = try lines()
    #expect(lines.compactMap { $0["step"]?.number?.integer() } == Array(1...60))
    #expect(lines.map { $0["loss"]?.number?.double } == losses)
    #expect(lines.filter { $0["validationLoss"] != nil }.count == 6)
    #expect(lines.last?["validationLoss"]?.number?.double == trainer.score?.natsPerToken)
    #expect(lines[6]["learningRate"]?.number?.double == 0.01 * (1 - 6.0 / 60))
    for line in lines { #expect(try line.double("tokensPerSecond") > 0 && line.double("seconds") > 0) }
  }

  /// A long run must not fill the disk, and no step may be missing from the means.
  @Test func `a line of a long run covers several steps`() throws {
    var recipe = Recipe.small
    recipe.steps = 5000
    recipe.evaluateEvery = 1234
    let (trainer, engine) = try TinyRun(recipe).nullTrainer()
    engine.loss = { Float($0) }
    var metrics = try Metrics(folder.path("run.jsonl"), of: trainer)
    try trainer.run { try metrics.record($0) }
    let lines = try lines()
    #expect(lines.count == 1000 + 4)
    var last = 0
    var sum = 0.0
    for line in lines {
      let step: Int = try line.integer("step")
      sum += try line.double("loss") * Double(step - last)
      last = step
    }
    #expect(sum.isNear(5000 * 5001 / 2))
  }

  /// The lines that a killed run wrote after its last checkpoint would otherwise occur twice.
  @Test func `the metrics of a resumed run continue after the checkpoint`() throws {
    let run = try TinyRun(.small)
    let first = try run.fastTrainer()
    var state = first.state
    do {
      var metrics = try Metrics(folder.path("run.jsonl"), of: first)
      try first.run {
        try metrics.record($0)
        if first.step == 20 { state = first.state }
      } until: {
        first.step == 33
      }
    }
    let secondsThen = try lines()[19].double("seconds")
    let second = try run.fastTrainer(from: state)
    var metrics = try Metrics(folder.path("run.jsonl"), of: second)
    try second.run { try metrics.record($0) }
    #expect(try lines().compactMap { $0["step"]?.number?.integer() } == Array(1...60))
    #expect(try lines()[20].double("seconds") >= secondsThen)
    var third = try Metrics(folder.path("run.jsonl"), of: try run.fastTrainer())
    try third.record(Step(number: 1, loss: 1, learningRate: 1, tokens: 1))
    #expect(try lines().count == 1, "a new run overwrites the file")
  }
}
