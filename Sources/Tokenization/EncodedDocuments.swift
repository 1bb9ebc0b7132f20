import Dispatch
import Synchronization

/// Many encoded texts in one array: their tokens end to end, and where each text ends.
public struct EncodedDocuments: Sendable, Equatable {
  public private(set) var tokens: [TokenID] = []
  public private(set) var ends: [Int] = []
  /// How many of the tokens stand for a piece outside the vocabulary.
  public private(set) var unknownCount = 0

  public var count: Int { ends.count }

  /// Where document `index` lies in `tokens`.
  public func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  public subscript(index: Int) -> Span<TokenID> {
    @_lifetime(borrow self)
    get { tokens.span.extracting(range(index)) }
  }

  fileprivate init() {}

  /// Encodes the documents `range` one after another.
  fileprivate init(
    _ documents: Documents, _ range: Range<Int>, with tokenizer: some Tokenizer
  ) throws(TokenizerError) {
    tokens.reserveCapacity(
      documents.range(range.upperBound - 1).upperBound - documents.range(range.lowerBound).lowerBound)
    ends.reserveCapacity(range.count)
    for index in range {
      do {
        try tokenizer.encode(documents[index], into: &tokens)
      } catch {
        throw .inDocument(index, error)
      }
      ends.append(tokens.count)
    }
    if let unknown = tokenizer.unknown { unknownCount = tokens.count { $0 == unknown } }
  }

  fileprivate mutating func append(_ block: EncodedDocuments) {
    let start = tokens.count
    tokens.append(contentsOf: block.tokens)
    for end in block.ends { ends.append(start + end) }
    unknownCount += block.unknownCount
  }

  /// Makes room for all of `documents`, judging by those that are here.
  fileprivate mutating func reserve(for documents: Documents) {
    let done = count == 0 ? 0 : documents.range(count - 1).upperBound
    let share = Double(documents.bytes.count) / Double(max(1, done))
    let limit = Double(2 * documents.bytes.count)
    ends.reserveCapacity(documents.count)
    tokens.reserveCapacity(Int(min(limit, Double(tokens.count) * share * 1.05)))
  }
}

extension Tokenizer {
  /// Encodes every document, on `threads` threads, block by block, so that besides the text and the result
  /// little more is held than the longest documents. `progress` hears now and then how many bytes are done.
  public func encode(
    _ documents: Documents, threads: Int = 1, progress: (@Sendable (Int) -> Void)? = nil
  ) throws(TokenizerError) -> EncodedDocuments {
    try encode(documents, threads: threads, into: EncodedDocuments(), progress: progress) { joined, block in
      joined.append(block)
      if joined.count == block.count { joined.reserve(for: documents) }
    }
  }

  /// The same for a result of another form: `join` adds to it one block after the other, in the order of the text.
  public func encode<Joined: Sendable>(
    _ documents: Documents, threads: Int = 1, into joined: Joined, progress: (@Sendable (Int) -> Void)? = nil,
    _ join: @escaping @Sendable (inout Joined, EncodedDocuments) -> Void
  ) throws(TokenizerError) -> Joined {
    let joining = Joining(documents, into: joined, join)
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      while let (number, range) = joining.nextBlock() {
        let block = Result { () throws(TokenizerError) in try EncodedDocuments(documents, range, with: self) }
        joining.finish(number, block, progress)
      }
    }
    return try joining.result()
  }
}

/// Hands out blocks of documents to threads and puts their tokens together in the order of the text.
private final class Joining<Joined: Sendable>: Sendable {
  typealias Block = Result<EncodedDocuments, TokenizerError>

  private let documents: Documents
  private let join: @Sendable (inout Joined, EncodedDocuments) -> Void
  private let state: Mutex<State>

  private struct State {
    var nextDocument = 0
    var blocksGiven = 0
    var blocksJoined = 0
    var documentsJoined = 0
    /// Blocks that were finished before one that stands before them.
    var waiting: [Int: Block] = [:]
    var joined: Joined?
    var failure: TokenizerError?
  }

  init(
    _ documents: Documents, into joined: Joined, _ join: @escaping @Sendable (inout Joined, EncodedDocuments) -> Void
  ) {
    self.documents = documents
    self.join = join
    state = Mutex(State(joined: joined))
  }

  /// The next documents that nobody has begun, of about 100 kB together; none after a failure.
  func nextBlock() -> (number: Int, documents: Range<Int>)? {
    state.withLock { state in
      guard state.nextDocument < documents.count && state.failure == nil else { return nil }
      let first = state.nextDocument
      let limit = documents.range(first).lowerBound + 100_000
      var end = first + 1
      while end < documents.count && documents.ends[end] <= limit { end += 1 }
      state.nextDocument = end
      state.blocksGiven += 1
      return (state.blocksGiven - 1, first..<end)
    }
  }

  func finish(_ number: Int, _ block: Block, _ progress: (@Sendable (Int) -> Void)?) {
    let bytesDone = state.withLock { state in
      state.waiting[number] = block
      while state.failure == nil, let next = state.waiting.removeValue(forKey: state.blocksJoined) {
        switch next {
        case .success(let block):
          if var joined = state.joined.take() {
            join(&joined, block)
            state.joined = joined
          }
          state.documentsJoined += block.count
        case .failure(let error): state.failure = error
        }
        state.blocksJoined += 1
      }
      return state.documentsJoined == 0 ? 0 : documents.ends[state.documentsJoined - 1]
    }
    progress?(bytesDone)
  }

  func result() throws(TokenizerError) -> Joined {
    let (joined, failure) = state.withLock { state in (state.joined.take(), state.failure) }
    if let failure { throw failure }
    guard let joined else { preconditionFailure("the result was taken twice") }
    return joined
  }
}
