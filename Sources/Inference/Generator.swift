import GPT
import Kernels
import ModelMemory
import NGrams
import Support
import Tokenization

/// Generates texts on one thread, as many at once as there are slots. A new text starts in the slot of a finished one,
/// so that the matrix products always have their rows.
///
/// Text number `n` is a function of the model, the request and `n`: it has a stream of random numbers of its own, one
/// for each token, and no row's arithmetic depends on the other rows.
///
/// A text may become longer than the context. Whenever the context is full, the network reads the last half of it again
/// as the beginning of a new window, as it was trained on windows of long documents.
package struct Generator: ~Copyable {
  private let forwardPass: ModelPass
  private var sampler: TokenSampler
  /// `nil` for a model without a memory.
  private let mixer: MemoryMixer?
  private let request: GenerationRequest
  private let configuration: Configuration
  private var boundary: TokenID { configuration.boundary }
  /// What the network reads before the text.
  private var predecessor: TokenID { request.predecessor ?? boundary }
  private var context: Int { configuration.context }

  private var numbers = 0..<0
  private var nextNumber = 0
  private var finished = GeneratedSequences(count: 0)

  /// The tokens of the next forward pass, and those of the one after it.
  private var rows = CachedForwardPass.Rows()
  private var nextRows = CachedForwardPass.Rows()
  /// The texts that are a cached prefix, and therefore need no forward pass.
  private var cachedTexts: [CachedText] = []
  private var previousCachedTexts: [CachedText] = []
  /// The keys and values of cached prefixes are in the slots after those of the texts.
  private var prefixes: PrefixCache

  // The unfinished texts, each in a slot.
  private let slotCount: Int
  private var freeSlots: [Int32] = []
  private var numberOfSlot: [Int]
  private var randomOfSlot: [RandomSource]
  /// The cached prefix that a slot's text was before its last token.
  private var prefixOfSlot: [Int?]
  /// The tokens of each slot's text (slots, `capacity`).
  private var tokens: [TokenID]
  /// The number of tokens that a slot has room for.
  private var capacity: Int
  /// The position in each slot's text, the boundary included, that is position 0 of the network.
  private var windowOfSlot: [Int]

  private struct CachedText {
    let slot: Int32
    let position: Int
    let prefix: Int
  }

  /// - Parameter expecting: The number of texts that will be generated in all, or more: it limits the slots and cached
  ///   prefixes.
  init(_ members: [FrozenParameters], _ memory: MixedMemory?, _ request: GenerationRequest, expecting count: Int) {
    configuration = members[0].configuration
    let prefixCount = ModelPass.affordablePrefixes(members, texts: count)
    let slotCount = min(count, ModelPass.affordableSlots(members))
    self.slotCount = slotCount
    mixer = memory.map { MemoryMixer($0, slots: slotCount) }
    forwardPass = ModelPass(members, slots: slotCount + prefixCount)
    prefixes = PrefixCache(capacity: prefixCount, vocabulary: configuration.vocabulary)
    sampler = TokenSampler(request.options, forbidden: request.forbidden)
    self.request = request
    numberOfSlot = Array(repeating: 0, count: slotCount)
    randomOfSlot = Array(repeating: RandomSource(seed: 0), count: slotCount)
    prefixOfSlot = Array(repeating: nil, count: slotCount)
    capacity = configuration.context
    tokens = Array(repeating: 0, count: slotCount * capacity)
    windowOfSlot = Array(repeating: 0, count: slotCount)
    for slot in 0..<slotCount {
      for (index, token) in request.prompt.enumerated() { tokens[slot * capacity + index] = token }
    }
  }

  /// The texts with these numbers.
  mutating func generate(_ numbers: Range<Int>) throws(SamplingError) -> GeneratedSequences {
    try start(numbers)
    while try step() {}
    return finished
  }

  /// Prepares for the texts with these numbers, dropping unfinished ones.
  mutating func start(_ numbers: Range<Int>) throws(SamplingError) {
    rows.removeAll()
    cachedTexts.removeAll()
    if prefixes.count == 0 { try readPrompt() }
    self.numbers = numbers
    nextNumber = numbers.lowerBound
    finished = GeneratedSequences(count: numbers.count)
    freeSlots = (0..<Int32(slotCount)).reversed()
  }

  /// Adds a token to the only text.
  ///
  /// - Returns: The tokens so far, and the reason if they are all.
  package mutating func stepOnlyText() throws(SamplingError) -> (tokens: [TokenID], ending: Ending?) {
    precondition(numbers.count == 1)
    guard try step() else {
      let sequence = finished[0]
      return (sequence.indices.map { sequence[$0] }, finished.ending(of: 0))
    }
    return (Array(tokens[..<position(ofRow: 0)]), nil)
  }

  // MARK: Steps

  /// Reads the token before the text and the prompt, and caches them as the first prefix.
  private mutating func readPrompt() throws(SamplingError) {
    rows = forwardPass.read([predecessor] + request.prompt, slot: 0)
    let cumulative = cumulativeProbabilities()
    // Logits that nothing can be sampled from are found here.
    try sampler.sampleTokens(cumulative, count: rows.count)
    rows.removeAll()
    forwardPass.copy(request.prompt.count + 1, from: 0, to: slot(ofPrefix: 0))
    prefixes.storePrompt(cumulative, column: 0)
  }

  /// Adds a token to every unfinished text, and starts new texts in free slots. Returns false when all are finished.
  private mutating func step() throws(SamplingError) -> Bool {
    if rows.count > 0 { try extendRows() }
    startTexts()
    while !cachedTexts.isEmpty {
      extendCachedTexts()
      startTexts()
    }
    swap(&rows, &nextRows)
    nextRows.removeAll()
    return rows.count > 0
  }

  /// Starts a text in every free slot.
  private mutating func startTexts() {
    while nextNumber < numbers.upperBound, let slot = freeSlots.popLast() {
      numberOfSlot[Int(slot)] = nextNumber
      randomOfSlot[Int(slot)] = RandomSource(
        seed: request.options.seed, stream: RandomStream.samples &+ UInt64(nextNumber))
      nextNumber += 1
      mixer?.clear(slot: Int(slot))
      windowOfSlot[Int(slot)] = 0
      cachedTexts.append(CachedText(slot: slot, position: request.prompt.count, prefix: 0))
    }
  }

  /// Adds a token to every text that is a cached prefix. The texts take turns, so that memory for the next ones is
  /// fetched meanwhile.
  private mutating func extendCachedTexts() {
    swap(&cachedTexts, &previousCachedTexts)
    for text in previousCachedTexts {
      let token = prefixes.sampleToken(after: text.prefix, random: randomNumber(of: text.slot))
      append(token, toSlot: text.slot, at: text.position, after: text.prefix, isInSlot: false)
    }
    previousCachedTexts.removeAll(keepingCapacity: true)
  }

  /// Adds a token to every text that needs a forward pass.
  private mutating func extendRows() throws(SamplingError) {
    forwardPass.read(rows)
    let cumulative = cumulativeProbabilities()
    for row in 0..<rows.count {
      let number = randomNumber(of: rows.slots[row])
      sampler.randomNumbers[row] = number
    }
    try sampler.sampleTokens(cumulative, count: rows.count)
    for row in 0..<rows.count {
      append(
        sampler.tokens[row], toSlot: rows.slots[row], at: position(ofRow: row), after: prefix(ofRow: row, cumulative),
        isInSlot: true)
    }
  }

  /// The next token's cumulative probabilities after each row of the last forward pass.
  private mutating func cumulativeProbabilities() -> CumulativeWeights {
    let logits = forwardPass.logits(count: rows.count)
    if let mixer {
      for row in 0..<rows.count {
        let slot = Int(rows.slots[row])
        mixer.read(text(ofRow: row), after: predecessor, slot: slot)
        mixer.predict(row: row, slot: slot)
      }
      mixer.mix(into: logits)
    }
    sampler.forbidTokens(in: logits)
    for row in 0..<rows.count where position(ofRow: row) - request.prompt.count < request.options.minTokens {
      logits[Int(boundary), row] = -.infinity
    }
    if sampler.penalizesRepetition {
      for row in 0..<rows.count {
        sampler.penalizeRepetition(of: text(ofRow: row), in: logits, column: row)
      }
    }
    return sampler.cumulate(logits)
  }

  /// The position in its text, the boundary included, of the token that a row reads: the number of the tokens so far.
  private func position(ofRow row: Int) -> Int { Int(rows.positions[row]) + windowOfSlot[Int(rows.slots[row])] }

  /// The tokens of a row's text so far.
  @_lifetime(borrow self)
  private func text(ofRow row: Int) -> Span<TokenID> {
    let start = Int(rows.slots[row]) * capacity
    return tokens.span.extracting(start..<start + position(ofRow: row))
  }

  private mutating func randomNumber(of slot: Int32) -> Float {
    Float(randomOfSlot[Int(slot)].next() >> 40) * 0x1p-24
  }

  /// The cached prefix that a row's text has become, if it is one.
  private mutating func prefix(ofRow row: Int, _ cumulative: CumulativeWeights) -> Int? {
    let (token, slot) = (rows.tokens[row], Int(rows.slots[row]))
    guard let shorter = prefixOfSlot[slot] else { return nil }
    if let known = prefixes.extending(shorter, by: token) { return known }
    guard let new = prefixes.note(shorter, extendedBy: token, cumulative, column: row) else { return nil }
    forwardPass.copy(Int(rows.positions[row]) + 1, from: slot, to: self.slot(ofPrefix: new))
    return new
  }

  private func slot(ofPrefix prefix: Int) -> Int { slotCount + prefix }

  /// Adds a token to the text of a slot and schedules the text's next step.
  ///
  /// Position p of the text is position p + 1 of the network, which reads the boundary first.
  /// - Parameters:
  ///   - prefix: The cached prefix that the text was before, if it was one.
  ///   - isInSlot: True if the slot has the keys and values of the text before this token.
  private mutating func append(
    _ token: TokenID, toSlot slot: Int32, at position: Int, after prefix: Int?, isInSlot: Bool
  ) {
    if position == capacity { widen() }
    let start = Int(slot) * capacity
    if token != boundary { tokens[start + position] = token }
    let count = token == boundary ? position : position + 1
    if let ending = ending(of: tokens.span.extracting(start..<start + count), after: token) {
      finished.set(
        numberOfSlot[Int(slot)] - numbers.lowerBound, to: tokens[start..<start + count], ending: ending)
      freeSlots.append(slot)
    } else if let prefix, let longer = prefixes.extending(prefix, by: token) {
      cachedTexts.append(CachedText(slot: slot, position: position + 1, prefix: longer))
    } else {
      if let prefix, !isInSlot {
        forwardPass.copy(position + 1, from: self.slot(ofPrefix: prefix), to: Int(slot))
      }
      prefixOfSlot[Int(slot)] = prefix
      if position + 1 - windowOfSlot[Int(slot)] == context { beginWindow(slot: slot, at: position + 1) }
      nextRows.append(token, slot: slot, position: position + 1 - windowOfSlot[Int(slot)])
    }
  }

  /// Reads the half of a full context before `position` again, as the beginning of a new window.
  private mutating func beginWindow(slot: Int32, at position: Int) {
    let first = position - context / 2
    windowOfSlot[Int(slot)] = first
    prefixOfSlot[Int(slot)] = nil
    var rows = CachedForwardPass.Rows()
    for index in first..<position {
      // Position p of the text has the token before it.
      rows.append(tokens[Int(slot) * capacity + index - 1], slot: slot, position: index - first)
      if rows.count == CachedForwardPass.maximumRows || index == position - 1 {
        forwardPass.read(rows)
        rows.removeAll()
      }
    }
  }

  /// Doubles the room for the tokens of each text.
  private mutating func widen() {
    var wider = Array(repeating: TokenID(0), count: 2 * tokens.count)
    for slot in 0..<slotCount {
      for index in 0..<capacity { wider[2 * slot * capacity + index] = tokens[slot * capacity + index] }
    }
    (tokens, capacity) = (wider, 2 * capacity)
  }

  private func ending(of text: Span<TokenID>, after token: TokenID) -> Ending? {
    if token == boundary { return .boundary }
    if let shouldStop = request.shouldStop, shouldStop(text) { return .stop }
    if let limit = request.options.maxTokens, text.count - request.prompt.count >= limit { return .limit }
    return request.options.maxTokens == nil && text.count == context ? .context : nil
  }
}
