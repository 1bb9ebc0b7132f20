import Dispatch
import Synchronization

extension Documents {
  /// Adds to `result`, in the order of the documents, what `work` makes of each piece of some 100 kB, on `threads` threads.
  ///
  /// Text that nobody else holds is let go of as soon as it has been worked on: of the text and what it becomes, there is never much more
  /// in memory than the larger of the two. `progress` hears now and then how many bytes are done.
  package consuming func gather<Output: Sendable, Part: Sendable>(
    into output: Output, threads: Int = 1, progress: (@Sendable (Int) -> Void)? = nil,
    _ work: @Sendable (DocumentPiece) throws(TokenizerError) -> Part,
    join: @escaping @Sendable (inout Output, Part) -> Void
  ) throws(TokenizerError) -> Output {
    let gathering = Gathering(self, into: output, join)
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      while let (number, piece) = gathering.nextPiece() {
        let part = Result { () throws(TokenizerError) in (part: try work(piece), byteCount: piece.byteCount) }
        gathering.finish(number, part, progress)
      }
    }
    return try gathering.result()
  }
}

/// Hands out pieces of documents to threads and puts together what becomes of them.
private final class Gathering<Output: Sendable, Part: Sendable>: Sendable {
  typealias Finished = Result<(part: Part, byteCount: Int), TokenizerError>

  private let join: @Sendable (inout Output, Part) -> Void
  private let state: Mutex<State>

  private struct State {
    var documents: Documents
    /// Where the next piece begins.
    var block = 0
    var index = 0
    var piecesGiven = 0
    var piecesJoined = 0
    var bytesJoined = 0
    /// Pieces that were finished before one that stands before them.
    var waiting: [Int: Finished] = [:]
    var output: Output?
    var failure: TokenizerError?
  }

  init(
    _ documents: consuming Documents, into output: Output, _ join: @escaping @Sendable (inout Output, Part) -> Void
  ) {
    self.join = join
    state = Mutex(State(documents: documents, output: output))
  }

  /// The next documents that nobody has begun; none after a failure.
  func nextPiece() -> (number: Int, piece: DocumentPiece)? {
    state.withLock { state in
      while state.block < state.documents.blocks.count && state.failure == nil {
        let ends = state.documents.blocks[state.block].ends
        if state.index < ends.count {
          let first = state.index
          let limit = (first == 0 ? 0 : ends[first - 1]) + 100_000
          var end = first + 1
          while end < ends.count && ends[end] <= limit { end += 1 }
          state.index = end
          state.piecesGiven += 1
          return (state.piecesGiven - 1, state.documents.piece(first..<end, of: state.block))
        }
        state.documents.letGo(state.block)
        (state.block, state.index) = (state.block + 1, 0)
      }
      return nil
    }
  }

  func finish(_ number: Int, _ piece: Finished, _ progress: (@Sendable (Int) -> Void)?) {
    let bytesDone = state.withLock { state in
      state.waiting[number] = piece
      while state.failure == nil, let next = state.waiting.removeValue(forKey: state.piecesJoined) {
        switch next {
        case .success(let (part, byteCount)):
          if var output = state.output.take() {
            join(&output, part)
            state.output = output
          }
          state.bytesJoined += byteCount
        case .failure(let error): state.failure = error
        }
        state.piecesJoined += 1
      }
      return state.bytesJoined
    }
    progress?(bytesDone)
  }

  func result() throws(TokenizerError) -> Output {
    let (output, failure) = state.withLock { state in (state.output.take(), state.failure) }
    if let failure { throw failure }
    guard let output else { preconditionFailure("the result was taken twice") }
    return output
  }
}
