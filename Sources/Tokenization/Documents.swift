/// The texts of a corpus, one after another in memory, as valid UTF-8.
///
///     let documents = Documents(["emma", "olivia"])
///     print(documents.count, documents.text(1))  // 2 olivia
///
/// The texts lie in blocks of about 32 MB, so that a large corpus can be freed block by block while it is encoded.
public struct Documents: Sendable, Equatable {
  /// Consecutive texts in one array.
  struct Block: Sendable, Equatable {
    var bytes: [UInt8] = []
    /// The end of each text in `bytes`.
    var ends: [UInt32] = []

    func range(_ index: Int) -> Range<Int> {
      (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }
  }

  private(set) var blocks: [Block] = []
  /// The index of each block's first text.
  private var firsts: [Int] = []
  /// The number of texts.
  public private(set) var count = 0
  /// The number of bytes of all texts.
  public private(set) var byteCount = 0

  /// The C library returns allocations of at least this size to the system as soon as they are freed.
  private static let blockSize = 1 << 25

  /// No texts.
  public init() {}

  /// The texts in their order; empty ones are kept.
  public init(_ texts: some Sequence<String>) {
    for text in texts { append(Array(text.utf8).span) }
  }

  /// A Boolean value that is true if there is no text.
  public var isEmpty: Bool { count == 0 }

  /// The bytes of text `index`.
  public subscript(index: Int) -> ArraySlice<UInt8> {
    let (block, place) = place(index)
    return blocks[block].bytes[blocks[block].range(place)]
  }

  /// Returns the number of bytes of text `index`.
  public func byteCount(of index: Int) -> Int {
    let (block, place) = place(index)
    return blocks[block].range(place).count
  }

  /// Returns text `index` as a string.
  public func text(_ index: Int) -> String {
    String(decoding: self[index], as: UTF8.self)
  }

  /// Calls `body` with each text in order. An error that it throws gets the number of the text.
  public func forEachText(_ body: (Span<UInt8>) throws(TokenizerError) -> Void) throws(TokenizerError) {
    for block in blocks.indices { try chunk(blocks[block].ends.indices, of: block).forEachText(body) }
  }

  /// Calls `body` with the normal form of each text in order: the result of `normalize`, or the text itself if that is
  /// `nil`.
  package func forEachText(
    normalizedBy normalize: (Span<UInt8>) throws(TokenizerError) -> [UInt8]?,
    _ body: (Span<UInt8>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    for block in blocks.indices {
      try chunk(blocks[block].ends.indices, of: block).forEachText(normalizedBy: normalize, body)
    }
  }

  /// Calls `body` with each text in order.
  package func forEachSpan(_ body: (Span<UInt8>) -> Void) {
    for block in blocks {
      let bytes = block.bytes.span
      for index in block.ends.indices { body(bytes.extracting(block.range(index))) }
    }
  }

  /// Appends a text of less than 4 GB.
  public mutating func append(_ text: Span<UInt8>) {
    if blocks.isEmpty || blocks[blocks.count - 1].bytes.count + text.count > Self.blockSize {
      // After the first block, many more may follow. Reserved memory that is never written costs nothing.
      begin(reserving: blocks.isEmpty ? text.count : max(Self.blockSize, text.count))
    }
    let last = blocks.count - 1
    blocks[last].bytes.append(copying: text)
    blocks[last].ends.append(UInt32(blocks[last].bytes.count))
    count += 1
    byteCount += text.count
  }

  /// Reserves memory for the first `byteCount` bytes, at most for one block.
  package mutating func reserve(bytes byteCount: Int) {
    if blocks.isEmpty { begin(reserving: min(byteCount, Self.blockSize)) }
  }

  private mutating func begin(reserving capacity: Int) {
    var block = Block()
    block.bytes.reserveCapacity(capacity)
    blocks.append(block)
    firsts.append(count)
  }

  /// Returns the block of text `index`, and the index of the text within it.
  private func place(_ index: Int) -> (block: Int, index: Int) {
    precondition(index >= 0 && index < count, "text \(index) of \(count)")
    var (block, end) = (0, firsts.count)
    while end - block > 1 {
      let middle = (block + end) / 2
      if firsts[middle] <= index { block = middle } else { end = middle }
    }
    return (block, index - firsts[block])
  }

  /// Returns consecutive texts of a block.
  func chunk(_ range: Range<Int>, of block: Int) -> DocumentChunk {
    DocumentChunk(first: firsts[block] + range.lowerBound, block: blocks[block], range: range)
  }

  /// Frees the text of a block, which must not be read again.
  mutating func freeBlock(_ block: Int) { blocks[block] = Block() }

  public static func == (one: Documents, other: Documents) -> Bool {
    guard one.count == other.count && one.byteCount == other.byteCount else { return false }
    return one.blocks == other.blocks || (0..<one.count).allSatisfy { one[$0] == other[$0] }
  }
}
