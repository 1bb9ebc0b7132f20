import GPT
import Inference
import ModelFiles
import StrictJSON
import Support
import Tokenization
import TrainingEngine

/// A named measurement.
struct Workload: Sendable {
  let name: String
  /// Measures the workload and returns its figures as one JSON object.
  let measure: @Sendable (Setting) throws -> JSON

  static let all: [Workload] = [
    training("names-b1", .names, layers: 1, embedding: 16, heads: 4, context: 16, batch: 1),
    training("names-b16", .names, layers: 1, embedding: 16, heads: 4, context: 16, batch: 16),
    training("sentences-b1", .sentences, layers: 2, embedding: 32, heads: 4, context: 16, batch: 1),
    training("sentences-b16", .sentences, layers: 2, embedding: 32, heads: 4, context: 16, batch: 16),
    training("names-d32-b16", .names, layers: 1, embedding: 32, heads: 4, context: 16, batch: 16),
    training("names-d64-b16", .names, layers: 1, embedding: 64, heads: 4, context: 16, batch: 16),
    training("names-d128-b16", .names, layers: 1, embedding: 128, heads: 4, context: 16, batch: 16),
    training("mid", .characters, layers: 4, embedding: 128, heads: 4, context: 64, batch: 12),
    training("book", .characters, layers: 3, embedding: 128, heads: 8, context: 128, batch: 32, muonRate: 0.02),
    training(
      "words-13k", .words(vocabulary: 13_607), layers: 2, embedding: 64, heads: 4, context: 32, batch: 64,
      muonRate: 0.02, cutoffs: [512, 2048, 6144]),
    training(
      "words-50k", .words(vocabulary: 50_000), layers: 2, embedding: 64, heads: 4, context: 32, batch: 64,
      muonRate: 0.02, cutoffs: [512, 3072, 12_288]),
    tokenizing("tokenize-character", by: "character"),
    tokenizing("tokenize-word", by: "word"),
    sampling("sample-names", .names, layers: 1, embedding: 16, heads: 4, context: 16),
    sampling("sample-sentences", .sentences, layers: 2, embedding: 32, heads: 4, context: 16),
  ]
}

/// The conditions that all workloads share.
struct Setting {
  let texts: Texts
  let threads: Int
  let repeats: Int
  /// The multiply-add peak of one core, in 10⁹ operations per second.
  let peak: Double
}

extension Workload {
  /// Returns a workload of consecutive training steps on batches of documents.
  private static func training(
    _ name: String, _ source: Texts.Source, layers: Int, embedding: Int, heads: Int, context: Int, batch: Int,
    muonRate: Double? = nil, cutoffs: [Int] = []
  ) -> Workload {
    Workload(name: name) { setting in
      let text = try setting.texts.tokens(source, context: context)
      let configuration = try Configuration(
        layers: layers, embedding: embedding, heads: heads, context: context, vocabulary: text.vocabulary,
        cutoffs: cutoffs)
      let engine = FastEngine(weights: Weights(configuration, seed: 42), threads: setting.threads)
      let batches = text.batches(of: batch, count: 1024)
      var step = 0
      func run(_ count: Int) throws {
        for _ in 0..<count {
          step += 1
          _ = try engine.train(
            on: batches[step % batches.count], Update(step: step, learningRate: 0.001, muonRate: muonRate))
        }
      }
      // The number of steps that take half a second, estimated from a few steps. The first ones reach memory that was
      // never written to.
      let trial = 2 + 2000 / (batch * layers * embedding / 16)
      try run(trial)
      let guess = try Measurement.seconds { try run(trial) } / Double(trial)
      let steps = max(4, Int(0.5 / guess))
      let used = (1...steps).map { batches[(step + $0) % batches.count] }
      let seconds = try Measurement.median(of: setting.repeats) {
        try Measurement.seconds { try run(steps) }
      }
      let rows = Double(used.reduce(0) { $0 + $1.rows })
      let gflops = 6 * configuration.products(for: used) / seconds / 1e9
      let perStep = seconds / Double(steps) * 1e6
      return [
        "name": .string(name),
        "microsecondsPerStep": .rounded(perStep),
        "microsecondsPerDocument": .rounded(perStep / Double(batch)),
        "tokensPerSecond": .rounded(rows / seconds),
        "gflops": .rounded(gflops),
        "fractionOfPeak": .rounded(gflops / setting.peak / Double(setting.threads)),
        "threads": .integer(setting.threads),
      ]
    }
  }
}

extension Configuration {
  /// The products of a matrix element and a token that a forward pass of `batches` needs, without attention.
  fileprivate func products(for batches: [Batch]) -> Double {
    let always = tensors.dropFirst(2).filter { !$0.isOfCluster }.reduce(0) { $0 + $1.count }
    let rows = batches.reduce(0) { $0 + $1.rows }
    guard let adaptiveSoftmax else { return Double(always * rows) }
    return batches.lazy.flatMap(\.targets).reduce(Double(always * rows)) { sum, target in
      guard let index = adaptiveSoftmax.cluster(ofClass: adaptiveSoftmax.number(of: target)) else { return sum }
      let cluster = adaptiveSoftmax.clusters[index]
      return sum + Double(cluster.width * (embedding + cluster.classes.count))
    }
  }
}
