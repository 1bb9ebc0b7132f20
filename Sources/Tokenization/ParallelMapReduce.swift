import Dispatch
import Support
import Synchronization

extension Documents {
  /// Maps chunks of about 100 kB of these documents on `threads` threads, and combines the results in document order.
  ///
  /// If the caller gives up the documents (`consume`), each block is freed once its chunks are mapped. Memory then
  /// holds little more than the larger of the input and the output.
  ///
  /// - Throws: The error of the first document that `map` fails on, whichever thread found it.
  package consuming func mapReduce<Output: Sendable, Part: Sendable>(
    into output: Output, threads: Int = 1, _ map: @Sendable (DocumentChunk) throws(TokenizerError) -> Part,
    combine: @escaping @Sendable (inout Output, Part) -> Void
  ) throws(TokenizerError) -> Output {
    let queue = ChunkQueue(self, into: output, combine)
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      while let (number, chunk) = queue.nextChunk() {
        let part = Result { () throws(TokenizerError) in try map(chunk) }
        queue.finish(number, part)
        if Cancellation.isRequested { queue.stop() }
      }
    }
    return try queue.result()
  }
}

/// Hands out chunks of documents to threads, and combines their results in order.
private final class ChunkQueue<Output: Sendable, Part: Sendable>: Sendable {
  private let combine: @Sendable (inout Output, Part) -> Void
  private let state: Mutex<State>

  private struct State {
    var documents: Documents
    /// The start of the next chunk.
    var block = 0
    var index = 0
    var chunksGiven = 0
    var chunksCombined = 0
    /// Results that wait for those of earlier chunks.
    var waiting: [Int: Result<Part, TokenizerError>] = [:]
    var output: Output?
    var failure: TokenizerError?
  }

  init(
    _ documents: consuming Documents, into output: Output, _ combine: @escaping @Sendable (inout Output, Part) -> Void
  ) {
    self.combine = combine
    state = Mutex(State(documents: documents, output: output))
  }

  /// Returns the next chunk and its number, or `nil` at the end and after a failure.
  func nextChunk() -> (number: Int, chunk: DocumentChunk)? {
    state.withLock { state in
      while state.block < state.documents.blocks.count && state.failure == nil {
        let ends = state.documents.blocks[state.block].ends
        if state.index < ends.count {
          let first = state.index
          let limit = (first == 0 ? 0 : UInt64(ends[first - 1])) + 100_000
          var end = first + 1
          while end < ends.count && ends[end] <= limit { end += 1 }
          state.index = end
          state.chunksGiven += 1
          return (state.chunksGiven - 1, state.documents.chunk(first..<end, of: state.block))
        }
        state.documents.freeBlock(state.block)
        (state.block, state.index) = (state.block + 1, 0)
      }
      return nil
    }
  }

  /// Gives out no more chunks.
  func stop() {
    state.withLock { state in state.block = state.documents.blocks.count }
  }

  func finish(_ number: Int, _ part: Result<Part, TokenizerError>) {
    state.withLock { state in
      state.waiting[number] = part
      while state.failure == nil, let next = state.waiting.removeValue(forKey: state.chunksCombined) {
        switch next {
        case .success(let part):
          if var output = state.output.take() {
            combine(&output, part)
            state.output = output
          }
        case .failure(let error): state.failure = error
        }
        state.chunksCombined += 1
      }
    }
  }

  func result() throws(TokenizerError) -> Output {
    let (output, failure) = state.withLock { state in (state.output.take(), state.failure) }
    if let failure { throw failure }
    guard let output else { preconditionFailure("the result was taken twice") }
    return output
  }
}
