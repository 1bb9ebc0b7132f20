import Foundation
import GPT
import ScalarReference
import Testing

/// Without this, the reference engine and the fast engine could be wrong together. `Tests/Golden/gpt.py` computes the
/// same training in Python, with derivatives worked out by hand.
@Suite struct GoldenTests {
  static let tolerance = 1e-9

  @Test(arguments: try GoldenRun.all()) func `the engine agrees with an independent program`(with run: GoldenRun) throws
  {
    #expect(Weights(run.configuration, seed: run.seed) == run.weights)
    let engine = ScalarEngine(weights: run.weights)
    var worst = (loss: 0.0, norm: 0.0, gradient: 0.0)
    for (index, step) in run.steps.enumerated() {
      let (loss, gradients) = engine.gradients(of: step.batch)
      let norm = gradients.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
      worst.loss = max(worst.loss, abs(loss / step.loss - 1))
      worst.norm = max(worst.norm, abs(norm / step.norm - 1))
      if index == 0 {
        for (ours, golden) in zip(gradients, run.gradients) {
          let largest = golden.reduce(0) { max($0, abs($1)) }
          for (a, b) in zip(ours, golden) { worst.gradient = max(worst.gradient, abs(a - b) / largest) }
        }
      }
      let result = try engine.train(on: step.batch, run.update(index + 1))
      #expect(result == StepResult(loss: Float(loss), gradientNorm: Float(norm)))
    }
    #expect(run.steps.count == 20)
    #expect(run.gradients.map(\.count) == run.configuration.tensors.map(\.count))
    #expect(worst.loss < Self.tolerance)
    #expect(worst.norm < Self.tolerance)
    #expect(worst.gradient < Self.tolerance)
    print("golden run \(run.name): worst relative errors \(worst)")
  }

  /// Otherwise the comparison would not cover clipping and weight decay.
  @Test func `one of the runs uses clipping and weight decay, and one Muon`() throws {
    let runs = try GoldenRun.all()
    #expect(Set(runs.map { $0.update(1).muonRate == nil }) == [false, true])
    #expect(runs.contains { $0.update(1).clip == nil && $0.update(1).weightDecay == 0 })
    #expect(
      runs.contains { run in
        let clip = run.update(1).clip ?? .infinity
        return run.update(1).weightDecay > 0 && Set(run.steps.map { $0.norm > clip }) == [false, true]
      })
  }
}

/// One `run` of `Tests/Golden/gpt.txt`, whose lines `gpt.py` describes.
struct GoldenRun: CustomTestStringConvertible, Sendable {
  struct Step {
    var learningRate, loss, norm: Double
    var batch: Batch
  }

  let name: String
  let seed: UInt64
  let configuration: Configuration
  let adam: [Double]
  let muon: Double
  let weights: Weights
  let steps: [Step]
  /// The gradients of the first step.
  let gradients: [[Double]]

  var testDescription: String { name }

  func update(_ step: Int) -> Update {
    Update(
      step: step, learningRate: steps[step - 1].learningRate, muonRate: muon == 0 ? nil : muon, beta1: adam[0],
      beta2: adam[1], epsilon: adam[2], weightDecay: adam[3], clip: adam[4] == 0 ? nil : adam[4])
  }

  static func all() throws -> [GoldenRun] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden/gpt.txt")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { $0.split(separator: " ") }
    let starts = lines.indices.filter { lines[$0][0] == "run" }
    return try zip(starts, starts.dropFirst() + [lines.count]).map { try GoldenRun(Array(lines[$0..<$1])) }
  }

  private init(_ lines: [[Substring]]) throws {
    func words(_ kind: String) -> [[Substring]] { lines.filter { $0[0] == kind }.map { Array($0.dropFirst()) } }
    func numbers(_ words: some Collection<Substring>) throws -> [Double] {
      try words.map { try #require(Double($0), "\($0) is not a number") }
    }
    let run = try #require(words("run").first)
    name = String(run[0])
    seed = try #require(UInt64(run[1]))
    let sizes = try numbers(#require(words("sizes").first)).map { Int($0) }
    let network = try #require(words("network").first)
    configuration = try Configuration(
      layers: sizes[0], embedding: sizes[1], heads: sizes[2], context: sizes[3], vocabulary: sizes[4],
      positions: #require(Positions(rawValue: String(network[0]))), finalNorm: network[1] == "1",
      cutoffs: numbers(network.dropFirst(2)).map { Int($0) })
    adam = try numbers(#require(words("adam").first))
    muon = try numbers(#require(words("muon").first))[0]
    var weights = Weights(zeros: configuration)
    try #require(words("weights").map { String($0[0]) } == configuration.tensors.map(\.name))
    try #require(words("gradient").map { String($0[0]) } == configuration.tensors.map(\.name))
    weights.tensors = try words("weights").map { try $0.dropFirst().map { try #require(Float($0)) } }
    self.weights = weights
    gradients = try words("gradient").map { try numbers($0.dropFirst()) }
    steps = try words("step").map { words in
      let parts = words.split(separator: "|")
      let measured = try numbers(parts[0])
      var batch = Batch()
      for tokens in parts.dropFirst() {
        batch.append(try tokens.map { try #require(Int32($0)) }, weight: 1 / Float(parts.count - 1))
      }
      return Step(learningRate: measured[0], loss: measured[1], norm: measured[2], batch: batch)
    }
  }
}
