import GPT
import Kernels
import ModelMemory
import NGrams
import Tokenization

/// Scores documents on one thread: reads their tokens one after the other, as many at once as fit a forward pass,
/// whatever the documents' lengths.
struct DocumentScorer: ~Copyable {
  private let forwardPass: ModelPass
  private let context: Int
  private let boundary: TokenID
  private let keepsEach: Bool
  private let memory: MixedMemory?
  private let lossMemory: FloatBuffer
  private let losses: Lanes
  private var results: [DocumentNats] = []

  // The rows of the next forward pass, with the token and the document of each prediction. The document is `nil` for
  // rows that are only read.
  private var rows = CachedForwardPass.Rows()
  private var targets: [TokenID] = []
  private var documents: [Int?] = []
  /// The probability that the memory gives to each target; empty without a memory.
  private var remembered: [Float] = []
  /// The windows so far, each in the next slot in turn, and those with rows in the next forward pass.
  private var windowCount = 0
  private var waitingWindowCount = 0

  init(_ members: [FrozenParameters], _ memory: MixedMemory?, keepingEach: Bool) {
    self.memory = memory
    forwardPass = ModelPass(members, slots: ModelPass.affordableSlots(members))
    context = members[0].configuration.context
    boundary = members[0].configuration.boundary
    keepsEach = keepingEach
    lossMemory = FloatBuffer(count: CachedForwardPass.maximumRows)
    losses = lossMemory.lanes(count: CachedForwardPass.maximumRows)
  }

  /// Adds a document in windows that overlap by half, none longer than the context. Each prediction is scored once, in
  /// the first window that makes it, where its past is the longest.
  mutating func add(_ document: Span<TokenID>) {
    results.append(DocumentNats())
    let predictions = document.count + 1
    var scored = 0
    var past = NGramMemory.Past()
    while scored < predictions {
      if waitingWindowCount == forwardPass.slots { scoreRows() }
      windowCount += 1
      waitingWindowCount += 1
      let end = min(predictions, scored == 0 ? context : scored + context / 2)
      let first = max(0, end - context)
      for prediction in first..<end {
        let token = prediction == 0 ? boundary : document[prediction - 1]
        let target = prediction == document.count ? boundary : document[prediction]
        rows.append(token, slot: Int32(windowCount % forwardPass.slots), position: prediction - first)
        targets.append(target)
        if let memory = memory?.memory {
          if prediction >= scored { memory.append(token, to: &past) }
          remembered.append(prediction < scored ? 0 : memory.probability(of: target, after: past))
        }
        documents.append(prediction < scored ? nil : results.count - 1)
        if rows.count == CachedForwardPass.maximumRows {
          scoreRows()
          waitingWindowCount = 1
        }
      }
      scored = end
    }
  }

  /// The scores of the documents, in the order in which they were added.
  consuming func finish() -> [DocumentNats] {
    scoreRows()
    return results
  }

  private mutating func scoreRows() {
    waitingWindowCount = 0
    guard rows.count > 0 else { return }
    forwardPass.read(rows)
    let losses = losses[rows: 0..<rows.count]
    crossEntropy(forwardPass.logits(count: rows.count), targets: targets.span, losses: losses)
    for case (let row, let document?) in documents.enumerated() {
      let nats = memory?.nats(network: losses[row], memory: remembered[row]) ?? Double(losses[row])
      results[document].total += nats
      if keepsEach { results[document].each.append(Float(nats)) }
    }
    rows.removeAll()
    targets.removeAll(keepingCapacity: true)
    documents.removeAll(keepingCapacity: true)
    remembered.removeAll(keepingCapacity: true)
  }
}
