import Inference
import Tokenization

/// An endless series of generated texts, from which training documents, duplicates and others can be excluded.
///
///     var series = try SampleSeries(of: model, options: SamplingOptions(temperature: 0.5))
///     series.excludesTrainingTexts = true
///     while series.found < 20, let sample = try series.next() { print(sample) }
public struct SampleSeries {
  /// True if texts are left out that the model was trained on.
  public var excludesTrainingTexts = false
  /// True if texts are left out that the series has already returned.
  public var excludesDuplicates = false
  /// Returns true for a text that is wanted; by default all are.
  public var isWanted: ((Sample) throws -> Bool)?
  /// The number of texts to generate in search of one that is not excluded.
  public var attemptLimit = 100_000
  /// The number of texts generated so far.
  public private(set) var attempts = 0
  /// The number of texts returned so far.
  public private(set) var found = 0

  private let model: Model
  private let request: TextRequest
  private let generator: ParallelGenerator
  private let largestBlock: Int
  private var blockSize: Int
  private var block: [Sample] = []
  private var nextInBlock = 0
  private var returned: Set<[UInt8]> = []

  /// Prepares for the series that the options select.
  ///
  /// - Parameters:
  ///   - model: The model that generates the texts.
  ///   - options: The sampling options; the seed in them selects the series.
  ///   - prompt: The beginning of every text.
  ///   - stop: A text that ends a sample wherever it occurs after the prompt; it is not part of the sample.
  ///   - expecting: The number of texts that will probably be asked for.
  ///   - threads: The number of threads. The texts do not depend on it.
  /// - Throws: `TokenizerError` if the prompt has characters that the model does not know, `SamplingError`.
  public init(
    of model: Model, options: SamplingOptions = SamplingOptions(), prompt: String = "", stop: String? = nil,
    expecting: Int = 64, threads: Int = 1
  ) throws {
    self.model = model
    request = try TextRequest(model, options, prompt: prompt, stop: stop)
    generator = try model.network.generator(request.generationRequest, threads: threads)
    largestBlock = 1024 * threads
    blockSize = max(1, min(expecting, largestBlock))
  }

  /// The next text that is not excluded, or `nil` if `attemptLimit` texts in a row are.
  public mutating func next() throws -> Sample? {
    for _ in 0..<max(1, attemptLimit) {
      let sample = try nextGenerated()
      attempts += 1
      if let isWanted, try !isWanted(sample) { continue }
      if excludesTrainingTexts && model.isNew(sample.text) == false { continue }
      if excludesDuplicates && !returned.insert(Array(sample.text.utf8)).inserted { continue }
      found += 1
      return sample
    }
    return nil
  }

  private mutating func nextGenerated() throws -> Sample {
    if nextInBlock == block.count {
      let numbers = attempts..<attempts + blockSize
      block = request.samples(numbers, from: try generator.generate(numbers))
      nextInBlock = 0
      blockSize = min(2 * blockSize, largestBlock)
    }
    defer { nextInBlock += 1 }
    return block[nextInBlock]
  }
}
