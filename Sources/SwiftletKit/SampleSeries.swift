import Inference
import ModelFiles
import Support
import Tokenization

/// Texts one after the other, of which some may be left out: those that stand in the corpus, and those that came before.
///
///     var series = try SampleSeries(of: model, SamplingOptions(temperature: 0.5))
///     series.leavesOutKnown = true
///     while let sample = try series.next(), series.found <= 20 { print(sample.text) }
public struct SampleSeries {
  /// Whether texts are left out that the model was trained on.
  public var leavesOutKnown = false
  /// Whether texts are left out that came before.
  public var leavesOutRepeated = false
  /// How many texts may be written in search of one more.
  public var patience = 100_000
  /// How many texts were written, and how many of them given out.
  public private(set) var tries = 0
  /// The number of samples that were returned.
  public private(set) var found = 0

  private let model: Model
  private let writing: Writing
  private let generator: Generator
  private let largestBlock: Int
  private var blockSize: Int
  private var block: [Sample] = []
  private var nextInBlock = 0
  private var seen: Set<[UInt8]> = []

  /// The series that the options stand for; `expecting` tells how many texts will probably be asked for.
  public init(
    of model: Model, _ options: SamplingOptions, prompt: String = "", stop: String? = nil, expecting: Int = 64,
    threads: Int = 1
  ) throws {
    self.model = model
    writing = try Writing(model.tokenizer, options, prompt: prompt, stop: stop)
    generator = try model.predictor.generator(writing.request, threads: threads)
    largestBlock = 1024 * threads
    blockSize = max(1, min(expecting, largestBlock))
  }

  /// The next text; `nil` when as many as `patience` were written since the last without finding one.
  public mutating func next() throws -> Sample? {
    for _ in 0..<max(1, patience) {
      let sample = try write()
      tries += 1
      if leavesOutKnown && model.isNew(sample.text) == false { continue }
      if leavesOutRepeated && !seen.insert(Array(sample.text.utf8)).inserted { continue }
      found += 1
      return sample
    }
    return nil
  }

  private mutating func write() throws -> Sample {
    if nextInBlock == block.count {
      let numbers = tries..<tries + blockSize
      let texts = try generator.generate(numbers)
      block = numbers.enumerated().map { writing.sample($1, texts[$0], texts.ending($0)) }
      nextInBlock = 0
      blockSize = min(2 * blockSize, largestBlock)
    }
    defer { nextInBlock += 1 }
    return block[nextInBlock]
  }
}
