import Architecture
import Kernels
import Randomness
import Tokenization

/// What to write.
public struct GenerationRequest: Sendable {
  public var options: SamplingOptions
  /// How every text begins.
  public var prompt: [TokenID]
  /// Tokens that must not be chosen.
  public var forbidden: Set<TokenID>
  /// Looks at a text after every token and says whether it is to end there.
  public var shouldStop: (@Sendable (Span<TokenID>) -> Bool)?

  public init(
    _ options: SamplingOptions, prompt: [TokenID] = [], forbidden: Set<TokenID> = [],
    shouldStop: (@Sendable (Span<TokenID>) -> Bool)? = nil
  ) {
    self.options = options
    self.prompt = prompt
    self.forbidden = forbidden
    self.shouldStop = shouldStop
  }
}

/// One thread's writing of some texts: as many at a time as there are slots, a new one beginning where one is finished, so that the
/// products always have their rows.
///
/// Text number `index` is a function of the model, the request and `index`: its random numbers are a stream of its own, one for each
/// token, and no row's arithmetic depends on the others.
package struct Generation: ~Copyable {
  private let reader: Reader
  private let request: GenerationRequest
  private let boundary: TokenID
  private let context: Int
  private let sharpness: Float
  private var filter: TokenFilter?

  private let samples: Range<Int>
  private var nextSample: Int
  private(set) var texts: GeneratedTexts

  // The rows that go forward next, in the order in which their texts began: so neighbours are about as long.
  private var tokens: [TokenID] = []
  private var slots: [Int32] = []
  private var positions: [Int32] = []

  // What each slot holds.
  private var freeSlots: [Int32]
  private var slotSamples: [Int]
  private var slotRandoms: [RandomSource]
  private var written: [TokenID]
  /// The boundary and the prompt, which every text begins with, the slot that keeps them, and the scores of what follows.
  private let prefix: [TokenID]
  private let prefixSlot: Int
  private var prefixScores: [Float] = []

  // What is chosen by, and what was chosen, for the rows scored last.
  private let uniforms: Lanes
  private let uniformMemory: FloatBuffer
  private var choices = Array(repeating: TokenID(0), count: Reader.rowsAtOnce)

  init(_ parameters: FrozenParameters, _ samples: Range<Int>, _ request: GenerationRequest) {
    let configuration = parameters.configuration
    let slotCount = max(1, min(samples.count, Reader.affordableSlots(parameters.layout)))
    reader = Reader(parameters, slots: slotCount + 1)
    self.request = request
    self.samples = samples
    boundary = configuration.boundary
    context = configuration.context
    let options = request.options
    sharpness = options.sharpness
    filter =
      options.isUnfiltered ? nil : TokenFilter(topK: options.topK, topP: options.topP, minP: options.minP)
    nextSample = samples.lowerBound
    texts = GeneratedTexts(count: samples.count)
    freeSlots = (0..<Int32(slotCount)).reversed()
    slotSamples = Array(repeating: 0, count: slotCount)
    slotRandoms = Array(repeating: RandomSource(seed: 0), count: slotCount)
    prefix = [boundary] + request.prompt
    prefixSlot = slotCount
    written = Array(repeating: 0, count: slotCount * context)
    uniformMemory = FloatBuffer(count: Reader.rowsAtOnce)
    uniforms = uniformMemory.lanes(count: Reader.rowsAtOnce)
    for slot in 0..<slotCount {
      for (index, token) in request.prompt.enumerated() { written[slot * context + index] = token }
    }
    readPrefix()
  }

  private mutating func readPrefix() {
    for first in stride(from: 0, to: prefix.count, by: Reader.rowsAtOnce) {
      let block = first..<min(first + Reader.rowsAtOnce, prefix.count)
      let positions = block.map { Int32($0) }
      let slots = Array(repeating: Int32(prefixSlot), count: block.count)
      reader.read(prefix.span.extracting(block), slots: slots.span, positions: positions.span)
      guard block.upperBound == prefix.count else { continue }
      reader.score(block.count)
      prefixScores = (0..<reader.scores.rows).map { reader.scores[$0, block.count - 1] }
    }
  }

  // MARK: Steps

  /// Adds a token to every text at work and begins new ones where there is room. False when all are written.
  mutating func step() throws(SamplingError) -> Bool {
    if !tokens.isEmpty {
      reader.read(tokens.span, slots: slots.span, positions: positions.span)
      reader.score(tokens.count)
      try advance(0..<tokens.count)
    }
    let begun = min(freeSlots.count, samples.upperBound - nextSample)
    if begun > 0 { try begin(begun) }
    return !tokens.isEmpty || nextSample < samples.upperBound
  }

  /// A step of the only text, where there is only one: its tokens so far and, when it is finished, why.
  package mutating func stepOne() throws(SamplingError) -> (tokens: [TokenID], ending: Ending?) {
    precondition(samples.count == 1)
    guard try step() else { return (texts[0].indices.map { texts[0][$0] }, texts.ending(0)) }
    let start = Int(slots[0]) * context
    return (Array(written[start..<start + Int(positions[0])]), nil)
  }

  /// Begins `count` texts with what follows the prompt.
  private mutating func begin(_ count: Int) throws(SamplingError) {
    let first = tokens.count
    for _ in 0..<count {
      guard let slot = freeSlots.popLast() else { break }
      reader.copy(prefix.count, from: prefixSlot, to: Int(slot))
      slotSamples[Int(slot)] = nextSample
      slotRandoms[Int(slot)] = RandomSource(
        seed: request.options.seed, stream: RandomStream.samples &+ UInt64(nextSample))
      nextSample += 1
      tokens.append(boundary)
      slots.append(slot)
      positions.append(Int32(prefix.count - 1))
    }
    for token in 0..<reader.scores.rows {
      reader.scores[rows: token..<token + 1][columns: 0..<wholeVectors(count)].fill(prefixScores[token])
    }
    try advance(first..<tokens.count)
  }

  /// Chooses what follows `rows`, whose scores are the first columns, and takes out of the rows those whose texts are finished.
  private mutating func advance(_ rows: Range<Int>) throws(SamplingError) {
    try choose(rows)
    var kept = rows.lowerBound
    for row in rows {
      let (token, slot, position) = (choices[row - rows.lowerBound], slots[row], Int(positions[row]))
      // Position p holds token p - 1 of the text, after the boundary.
      let start = Int(slot) * context
      if token != boundary { written[start + position] = token }
      let count = token == boundary ? position : position + 1
      if let ending = ending(of: token, written.span.extracting(start..<start + count)) {
        texts.set(slotSamples[Int(slot)] - samples.lowerBound, to: written[start..<start + count], ending)
        freeSlots.append(slot)
      } else {
        (tokens[kept], slots[kept], positions[kept]) = (token, slot, Int32(position + 1))
        kept += 1
      }
    }
    tokens.removeLast(tokens.count - kept)
    slots.removeLast(slots.count - kept)
    positions.removeLast(positions.count - kept)
  }

  private func ending(of token: TokenID, _ text: Span<TokenID>) -> Ending? {
    if token == boundary { return .boundary }
    if let shouldStop = request.shouldStop, shouldStop(text) { return .stop }
    if let limit = request.options.maxTokens, text.count - request.prompt.count >= limit { return .limit }
    return text.count == context ? .context : nil
  }

  // MARK: Choosing

  private mutating func choose(_ rows: Range<Int>) throws(SamplingError) {
    for token in request.forbidden {
      reader.scores[rows: Int(token)..<Int(token) + 1].fill(-.infinity)
    }
    if request.options.repetitionPenalty != 1 { penalize(rows) }
    for (column, row) in rows.enumerated() {
      uniforms[column] = Float(slotRandoms[Int(slots[row])].next() >> 40) * 0x1p-24
    }
    var areNumbers = true
    if request.options.temperature == 0 {
      areNumbers = chooseLargest(reader.scores, count: rows.count, into: &choices)
    } else if filter == nil {
      areNumbers = Kernels.choose(
        reader.scores, sharpness: sharpness, uniforms: uniforms[rows: 0..<rows.count], into: &choices)
    } else {
      weigh(reader.scores, count: rows.count, sharpness: sharpness)
      for column in 0..<rows.count {
        var weights = (0..<reader.scores.rows).map { reader.scores[$0, column] }
        filter?.apply(to: &weights)
        if let token = weights.choice(uniforms[column]) { choices[column] = token } else { areNumbers = false }
      }
    }
    guard areNumbers else {
      throw SamplingError(
        "the model's scores are not numbers: its weights are too large to calculate with. Train it again at a lower learning rate, or with --clip 1."
      )
    }
  }

  /// Makes less likely what stands in a row's text already.
  private func penalize(_ rows: Range<Int>) {
    let penalty = Float(request.options.repetitionPenalty)
    for (column, row) in rows.enumerated() {
      let start = Int(slots[row]) * context
      for token in Set(written[start..<start + Int(positions[row])]) {
        let score = reader.scores[Int(token), column]
        reader.scores[Int(token), column] = score > 0 ? score / penalty : score * penalty
      }
    }
  }
}
