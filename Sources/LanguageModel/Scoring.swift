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

  // The rows that wait to be read together.
  private var tokens: [TokenID] = []
  private var slots: [Int32] = []
  private var positions: [Int32] = []
  private var targets: [TokenID] = []
  /// How many windows were begun; each takes the next slot in turn.
  private var windows = 0
  private var windowsWaiting = 0
  private var nats: [Float] = []

  init(_ parameters: FrozenParameters) {
    let slots = Reader.affordableSlots(parameters.layout)
    reader = Reader(parameters, slots: slots)
    context = parameters.configuration.context
    boundary = parameters.configuration.boundary
    lossMemory = FloatBuffer(count: Reader.rowsAtOnce)
    losses = lossMemory.lanes(count: Reader.rowsAtOnce)
  }

  mutating func nats(of documents: ArraySlice<[TokenID]>) -> [[Float]] {
    for document in documents { add(document) }
    readWaiting()
    var first = 0
    return documents.map { document in
      defer { first += document.count + 1 }
      return Array(nats[first...first + document.count])
    }
  }

  private mutating func add(_ document: [TokenID]) {
    let predictions = document.count + 1
    let windowCount = (predictions + context - 1) / context
    for window in 0..<windowCount {
      let range = predictions * window / windowCount..<predictions * (window + 1) / windowCount
      windows += 1
      windowsWaiting += 1
      if windowsWaiting > reader.slots { readWaiting(keepingWindow: true) }
      for prediction in range {
        if tokens.count == Reader.rowsAtOnce { readWaiting(keepingWindow: true) }
        tokens.append(prediction == 0 ? boundary : document[prediction - 1])
        targets.append(prediction == document.count ? boundary : document[prediction])
        slots.append(Int32(windows % reader.slots))
        positions.append(Int32(prediction - range.lowerBound))
      }
    }
  }

  private mutating func readWaiting(keepingWindow: Bool = false) {
    if !tokens.isEmpty {
      reader.read(tokens.span, slots: slots.span, positions: positions.span)
      reader.score(tokens.count)
      let losses = losses[rows: 0..<tokens.count]
      lose(reader.scores, targets: targets.span, losses: losses)
      for row in 0..<tokens.count { nats.append(losses[row]) }
    }
    tokens.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    windowsWaiting = keepingWindow ? 1 : 0
  }
}
