import GPT
import Kernels
import ModelMemory
import Support
import Tokenization

/// What to write.
package struct GenerationRequest: Sendable {
  package var options: SamplingOptions
  /// How every text begins.
  package var prompt: [TokenID]
  /// Tokens that must not be chosen.
  package var forbidden: Set<TokenID>
  /// Looks at a text after every token and says whether it is to end there.
  package var shouldStop: (@Sendable (Span<TokenID>) -> Bool)?

  package init(
    _ options: SamplingOptions, prompt: [TokenID] = [], forbidden: Set<TokenID> = [],
    shouldStop: (@Sendable (Span<TokenID>) -> Bool)? = nil
  ) {
    self.options = options
    self.prompt = prompt
    self.forbidden = forbidden
    self.shouldStop = shouldStop
  }
}

/// One thread's writing of texts: as many at a time as there are slots, a new one beginning where one is finished, so that the products
/// always have their rows.
///
/// Text number `index` is a function of the model, the request and `index`: its random numbers are a stream of its own, one for each
/// token, and no row's arithmetic depends on the others.
package struct Generation: ~Copyable {
  private let reader: Reader
  private let request: GenerationRequest
  private let boundary: TokenID
  private let context: Int
  private var filter: TokenFilter?

  private var samples = 0..<0
  private var nextSample = 0
  private var texts = GeneratedTexts(count: 0)

  // The tokens that are read next, and those that are to be read after them.
  private var rows = Reader.Rows()
  private var nextRows = Reader.Rows()
  // The texts that need not be read on, because they are beginnings that are kept.
  private var walkers: [Walker] = []
  private var lastWalkers: [Walker] = []
  // What is chosen by, and what was chosen, for the rows read last.
  private let uniforms: Lanes
  private let uniformMemory: FloatBuffer
  private var choices = Array(repeating: TokenID(0), count: Reader.rowsAtOnce)

  // The texts at work, each in a slot.
  private let slotCount: Int
  private var freeSlots: [Int32] = []
  private var slotSamples: [Int]
  private var slotRandoms: [RandomSource]
  /// The beginning that a slot's text has left with its last token.
  private var slotBeginnings: [Int?]
  private var written: [TokenID]
  /// What texts begin with: first of all the prompt. They are kept in the slots after those of the texts.
  private var beginnings: Beginnings

  private struct Walker {
    let slot: Int32
    let position: Int
    let beginning: Int
  }

  /// Prepares for `texts` in all, or more: no more of them at a time, and room for no more beginnings, than that many can need.
  init(_ parameters: FrozenParameters, _ request: GenerationRequest, texts: Int) {
    let configuration = parameters.configuration
    slotCount = min(texts, Reader.affordableSlots(parameters.layout))
    let kept = Reader.affordableBeginnings(parameters.layout, texts: texts)
    reader = Reader(parameters, slots: slotCount + kept)
    beginnings = Beginnings(capacity: kept, vocabulary: configuration.vocabulary)
    self.request = request
    boundary = configuration.boundary
    context = configuration.context
    let options = request.options
    filter =
      options.isUnfiltered ? nil : TokenFilter(topK: options.topK, topP: options.topP, minP: options.minP)
    slotSamples = Array(repeating: 0, count: slotCount)
    slotRandoms = Array(repeating: RandomSource(seed: 0), count: slotCount)
    slotBeginnings = Array(repeating: nil, count: slotCount)
    written = Array(repeating: 0, count: slotCount * context)
    uniformMemory = FloatBuffer(count: Reader.rowsAtOnce)
    uniforms = uniformMemory.lanes(count: Reader.rowsAtOnce)
    for slot in 0..<slotCount {
      for (index, token) in request.prompt.enumerated() { written[slot * context + index] = token }
    }
  }

  /// Reads what every text begins with: the boundary and the prompt.
  private mutating func readPrompt() throws(SamplingError) {
    for (position, token) in ([boundary] + request.prompt).enumerated() {
      // The last is read by itself, for only what follows it is asked for.
      if rows.count > 0 && (rows.count == Reader.rowsAtOnce || position == request.prompt.count) {
        reader.read(rows)
        rows.removeAll()
      }
      rows.append(token, slot: 0, position: position)
    }
    reader.read(rows)
    weigh()
    try choose()
    rows.removeAll()
    reader.copy(request.prompt.count + 1, from: 0, to: slot(of: 0))
    beginnings.keepFirst(0, of: reader.scores)
  }

  // MARK: Steps

  mutating func write(_ samples: Range<Int>) throws(SamplingError) -> GeneratedTexts {
    try start(samples)
    while try step() {}
    return texts
  }

  /// Prepares for the texts of those numbers, leaving aside what was at work.
  mutating func start(_ samples: Range<Int>) throws(SamplingError) {
    rows.removeAll()
    walkers.removeAll()
    if beginnings.count == 0 { try readPrompt() }
    self.samples = samples
    nextSample = samples.lowerBound
    texts = GeneratedTexts(count: samples.count)
    freeSlots = (0..<Int32(slotCount)).reversed()
  }

  /// Adds a token to every text at work and begins new ones where there is room. False when all are written.
  private mutating func step() throws(SamplingError) -> Bool {
    if rows.count > 0 { try writeRows() }
    begin()
    while !walkers.isEmpty {
      walk()
      begin()
    }
    swap(&rows, &nextRows)
    nextRows.removeAll()
    return rows.count > 0
  }

  /// A step of the only text, where there is only one: its tokens so far and, when it is finished, why.
  package mutating func stepOne() throws(SamplingError) -> (tokens: [TokenID], ending: Ending?) {
    precondition(samples.count == 1)
    guard try step() else { return (texts[0].indices.map { texts[0][$0] }, texts.ending(0)) }
    return (Array(written[..<Int(rows.positions[0])]), nil)
  }

  /// Begins a text in every slot that is free.
  private mutating func begin() {
    while nextSample < samples.upperBound, let slot = freeSlots.popLast() {
      slotSamples[Int(slot)] = nextSample
      slotRandoms[Int(slot)] = RandomSource(
        seed: request.options.seed, stream: RandomStream.samples &+ UInt64(nextSample))
      nextSample += 1
      walkers.append(Walker(slot: slot, position: request.prompt.count, beginning: 0))
    }
  }

  /// Adds a token to every text that is a beginning which is kept: to one after the other, so that what the next ones need is fetched
  /// from memory meanwhile.
  private mutating func walk() {
    swap(&walkers, &lastWalkers)
    for walker in lastWalkers {
      let token = beginnings.choice(after: walker.beginning, uniform(walker.slot))
      add(token, in: walker.slot, at: walker.position, after: walker.beginning, isRead: false)
    }
    lastWalkers.removeAll(keepingCapacity: true)
  }

  private mutating func writeRows() throws(SamplingError) {
    reader.read(rows)
    weigh()
    for row in 0..<rows.count {
      let chance = uniform(rows.slots[row])
      uniforms[row] = chance
    }
    try choose()
    for row in 0..<rows.count {
      let (slot, position) = (rows.slots[row], Int(rows.positions[row]))
      add(choices[row], in: slot, at: position, after: beginning(ofRow: row), isRead: true)
    }
  }

  /// The beginning that a row which was read has come to, if it is one that is kept.
  private mutating func beginning(ofRow row: Int) -> Int? {
    let (token, slot) = (rows.tokens[row], Int(rows.slots[row]))
    guard let left = slotBeginnings[slot] else { return nil }
    if let known = beginnings.longer(left, token) { return known }
    guard let new = beginnings.note(left, token, row, of: reader.scores) else { return nil }
    reader.copy(Int(rows.positions[row]) + 1, from: slot, to: self.slot(of: new))
    return new
  }

  private func slot(of beginning: Int) -> Int { slotCount + beginning }

  /// Adds a token to a text, which was `beginning`, and sees to what the text needs next.
  ///
  /// Position p of the text is that of token p + 1 for the network, which reads the boundary first.
  private mutating func add(
    _ token: TokenID, in slot: Int32, at position: Int, after beginning: Int?, isRead: Bool
  ) {
    let start = Int(slot) * context
    if token != boundary { written[start + position] = token }
    let count = token == boundary ? position : position + 1
    if let ending = ending(of: token, written.span.extracting(start..<start + count)) {
      texts.set(slotSamples[Int(slot)] - samples.lowerBound, to: written[start..<start + count], ending)
      freeSlots.append(slot)
    } else if let beginning, let longer = beginnings.longer(beginning, token) {
      walkers.append(Walker(slot: slot, position: position + 1, beginning: longer))
    } else {
      if let beginning, !isRead { reader.copy(position + 1, from: self.slot(of: beginning), to: Int(slot)) }
      slotBeginnings[Int(slot)] = beginning
      nextRows.append(token, slot: slot, position: position + 1)
    }
  }

  private func ending(of token: TokenID, _ text: Span<TokenID>) -> Ending? {
    if token == boundary { return .boundary }
    if let shouldStop = request.shouldStop, shouldStop(text) { return .stop }
    if let limit = request.options.maxTokens, text.count - request.prompt.count >= limit { return .limit }
    return text.count == context ? .context : nil
  }

  // MARK: Choosing

  private mutating func uniform(_ slot: Int32) -> Float {
    Float(slotRandoms[Int(slot)].next() >> 40) * 0x1p-24
  }

  /// Scores what may follow the rows and turns the scores into what `choose` chooses by.
  private mutating func weigh() {
    let options = request.options
    let scores = reader.scores
    reader.score(rows.count)
    for token in request.forbidden { scores[rows: Int(token)..<Int(token) + 1].fill(-.infinity) }
    if options.repetitionPenalty != 1 {
      for row in 0..<rows.count { penalize(row) }
    }
    if options.temperature == 0 {
      accumulateLargest(scores, count: rows.count)
    } else if filter == nil {
      accumulate(scores, count: rows.count, sharpness: options.sharpness)
    } else {
      Kernels.weigh(scores, count: rows.count, sharpness: options.sharpness)
      for row in 0..<rows.count { filter(row) }
    }
  }

  /// Makes less likely what stands in a row's text already.
  private func penalize(_ row: Int) {
    let penalty = Float(request.options.repetitionPenalty)
    let start = Int(rows.slots[row]) * context
    for token in Set(written[start..<start + Int(rows.positions[row])]) {
      let score = reader.scores[Int(token), row]
      reader.scores[Int(token), row] = score > 0 ? score / penalty : score * penalty
    }
  }

  /// Turns a row's weights into running sums of those that the filter leaves.
  private mutating func filter(_ row: Int) {
    var weights = (0..<reader.scores.rows).map { reader.scores[$0, row] }
    filter?.apply(to: &weights)
    var sum: Float = 0
    for (token, weight) in weights.enumerated() {
      sum += weight
      reader.scores[token, row] = sum
    }
  }

  private mutating func choose() throws(SamplingError) {
    guard Kernels.choose(reader.scores, uniforms: uniforms[rows: 0..<rows.count], into: &choices) else {
      throw SamplingError(
        "the model's scores are not numbers: its weights are too large to calculate with. Train it again at a lower learning rate, or with --clip 1."
      )
    }
  }
}
