import GPT
import Kernels
import ModelMemory
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
  private var rows = Reader.Rows()
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
        rows.append(
          prediction == 0 ? boundary : document[prediction - 1], slot: Int32(windows % reader.slots),
          position: prediction - first)
        targets.append(prediction == document.count ? boundary : document[prediction])
        if rows.count == Reader.rowsAtOnce {
          readWaiting()
          windowsWaiting = 1
        }
      }
    }
  }

  /// Reads what still waits; called at the end.
  mutating func readWaiting() {
    windowsWaiting = 0
    guard rows.count > 0 else { return }
    reader.read(rows)
    reader.score(rows.count)
    let losses = losses[rows: 0..<rows.count]
    lose(reader.scores, targets: targets.span, losses: losses)
    for row in 0..<rows.count { receive(losses[row]) }
    rows.removeAll()
    targets.removeAll(keepingCapacity: true)
  }
}
