import GPT
import Kernels
import ModelMemory
import NGrams
import Tokenization

/// A text to score: a document with the boundary before and after it, or a part of one.
package struct Passage: Sendable {
  /// The tokens, from the first that is read to the last that is predicted.
  package var tokens: [TokenID]
  /// The number of predictions at the start that are not scored.
  package var unscored: Int

  package init(_ tokens: [TokenID], unscored: Int = 0) {
    self.tokens = tokens
    self.unscored = unscored
  }
}

/// Scores passages on one thread: reads their tokens one after the other, as many at once as fit a forward pass,
/// whatever the passages' lengths.
struct PassageScorer: ~Copyable {
  private let forwardPass: ModelPass
  private let context: Int
  private let keepsEach: Bool
  /// `nil` without a memory. Its only slot has the passage that is read.
  private let mixer: MemoryMixer?
  private let lossMemory: FloatBuffer
  private let losses: Lanes
  private var results: [TextNats] = []

  // The rows of the next forward pass, with the token and the passage of each prediction. The passage is `nil` for rows
  // that are only read.
  private var rows = CachedForwardPass.Rows()
  private var targets: [TokenID] = []
  private var passages: [Int?] = []
  /// The windows so far, each in the next slot in turn, and those with rows in the next forward pass.
  private var windowCount = 0
  private var waitingWindowCount = 0

  init(_ members: [FrozenParameters], _ memory: MixedMemory?, keepingEach: Bool) {
    forwardPass = ModelPass(members, slots: ModelPass.affordableSlots(members))
    mixer = memory.map { MemoryMixer($0, slots: 1) }
    context = members[0].configuration.context
    keepsEach = keepingEach
    lossMemory = FloatBuffer(count: CachedForwardPass.maximumRows)
    losses = lossMemory.lanes(count: CachedForwardPass.maximumRows)
  }

  /// Adds a passage in windows that overlap by half, none longer than the context. Each prediction is made once, in the
  /// first window that can make it, where its past is the longest.
  mutating func add(_ passage: Passage) {
    results.append(TextNats())
    mixer?.clear(slot: 0)
    let predictions = passage.tokens.count - 1
    var scored = 0
    while scored < predictions {
      if waitingWindowCount == forwardPass.slots { scoreRows() }
      windowCount += 1
      waitingWindowCount += 1
      let end = min(predictions, scored == 0 ? context : scored + context / 2)
      let first = max(0, end - context)
      for prediction in first..<end {
        let token = passage.tokens[prediction]
        if prediction >= scored { mixer?.read(token, slot: 0) }
        mixer?.predict(row: rows.count, slot: 0)
        rows.append(token, slot: Int32(windowCount % forwardPass.slots), position: prediction - first)
        targets.append(passage.tokens[prediction + 1])
        passages.append(prediction < max(scored, passage.unscored) ? nil : results.count - 1)
        if rows.count == CachedForwardPass.maximumRows {
          scoreRows()
          waitingWindowCount = 1
        }
      }
      scored = end
    }
  }

  /// The scores of the passages, in the order in which they were added.
  consuming func finish() -> [TextNats] {
    scoreRows()
    return results
  }

  private mutating func scoreRows() {
    waitingWindowCount = 0
    guard rows.count > 0 else { return }
    forwardPass.read(rows)
    let logits = forwardPass.logits(count: rows.count)
    mixer?.mix(into: logits)
    let losses = losses[rows: 0..<rows.count]
    crossEntropy(logits, targets: targets.span, losses: losses)
    for case (let row, let passage?) in passages.enumerated() {
      results[passage].total += Double(losses[row])
      if keepsEach { results[passage].each.append(losses[row]) }
    }
    rows.removeAll()
    targets.removeAll(keepingCapacity: true)
    passages.removeAll(keepingCapacity: true)
  }
}
