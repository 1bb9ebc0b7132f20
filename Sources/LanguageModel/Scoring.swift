import Architecture
import Kernels
import Tokenization

/// One thread's scoring of documents: their tokens are read one after the other, as many at once as the reader takes, whatever their
/// lengths.
struct Scoring: ~Copyable {
  private let reader: Reader
  private let context: Int
  private let boundary: TokenID
  private let losses: Lanes
  private let lossMemory: FloatBuffer
  /// Hears the nats of every prediction, in the order of the documents.
  private let receive: (Float) -> Void

  // The rows that wait to be read together.
  private var tokens: [TokenID] = []
  private var slots: [Int32] = []
  private var positions: [Int32] = []
  private var targets: [TokenID] = []
  /// How many windows were begun, each in the next slot in turn, and how many of them have rows that wait.
  private var windows = 0
  private var windowsWaiting = 0

  init(_ parameters: FrozenParameters, _ receive: @escaping (Float) -> Void) {
    reader = Reader(parameters, slots: Reader.affordableSlots(parameters.layout))
    context = parameters.configuration.context
    boundary = parameters.configuration.boundary
    lossMemory = FloatBuffer(count: Reader.rowsAtOnce)
    losses = lossMemory.lanes(count: Reader.rowsAtOnce)
    self.receive = receive
  }

  /// Reads a document in windows of nearly the same length, none longer than the context.
  mutating func add(_ document: Span<TokenID>) {
    let predictions = document.count + 1
    let windowCount = (predictions + context - 1) / context
    for window in 0..<windowCount {
      if windowsWaiting == reader.slots { readWaiting() }
      windows += 1
      windowsWaiting += 1
      let first = predictions * window / windowCount
      for prediction in first..<predictions * (window + 1) / windowCount {
        tokens.append(prediction == 0 ? boundary : document[prediction - 1])
        targets.append(prediction == document.count ? boundary : document[prediction])
        slots.append(Int32(windows % reader.slots))
        positions.append(Int32(prediction - first))
        if tokens.count == Reader.rowsAtOnce {
          readWaiting()
          windowsWaiting = 1
        }
      }
    }
  }

  /// Reads what still waits; called at the end.
  mutating func readWaiting() {
    windowsWaiting = 0
    guard !tokens.isEmpty else { return }
    reader.read(tokens.span, slots: slots.span, positions: positions.span)
    reader.score(tokens.count)
    let losses = losses[rows: 0..<tokens.count]
    lose(reader.scores, targets: targets.span, losses: losses)
    for row in 0..<tokens.count { receive(losses[row]) }
    tokens.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
  }
}
