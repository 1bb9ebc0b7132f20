import GPT
import Inference
import ModelFiles
import StrictJSON
import Support
import Tokenization
import TrainingEngine

extension Workload {
  /// Returns a workload that samples texts at temperature 0.5 from a briefly trained model and decodes them to bytes.
  static func sampling(
    _ name: String, _ source: Texts.Source, layers: Int, embedding: Int, heads: Int, context: Int
  ) -> Workload {
    Workload(name: name) { setting in
      let text = try setting.texts.tokens(source, context: context)
      let configuration = try Configuration(
        layers: layers, embedding: embedding, heads: heads, context: context, vocabulary: text.vocabulary)
      let predictor = LanguageModel(try trained(configuration, on: text))
      let request = GenerationRequest(SamplingOptions(temperature: 0.5))
      guard let tokenizer = text.tokenizer else { preconditionFailure("\(name) needs a tokenizer") }
      func write(_ count: Int) throws -> (tokens: Int, bytes: Int) {
        let texts = try predictor.generate(0..<count, request, threads: setting.threads)
        var (tokens, bytes) = (count, 0)
        for index in 0..<count {
          tokens += texts[index].count
          bytes += tokenizer.decode(texts[index]).count
        }
        return (tokens, bytes)
      }
      let trial = 20_000
      let guess = try Measurement.seconds { _ = try write(trial) } / Double(trial)
      let count = max(trial, Int(0.5 / guess))
      var written = (tokens: 0, bytes: 0)
      let seconds = try Measurement.median(of: setting.repeats) {
        try Measurement.seconds { written = try write(count) }
      }
      return [
        "name": .string(name),
        "samplesPerSecond": .rounded(Double(count) / seconds),
        "tokensPerSecond": .rounded(Double(written.tokens) / seconds),
        "bytesPerSample": .rounded(Double(written.bytes) / Double(count)),
        "threads": .integer(setting.threads),
      ]
    }
  }

  /// Returns the weights after about a second of training, enough for texts of typical length.
  private static func trained(_ configuration: Configuration, on text: TokenizedText) throws -> Weights {
    let engine = FastEngine(weights: Weights(configuration, seed: 42))
    let batches = text.batches(of: 16, count: 1024)
    let steps = 4000
    for step in 1...steps {
      let rate = 0.01 * Double(steps - step + 1) / Double(steps)
      _ = try engine.train(on: batches[step % batches.count], Update(step: step, learningRate: rate))
    }
    return engine.weights
  }
}
