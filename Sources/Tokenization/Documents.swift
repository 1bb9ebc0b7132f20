/// Many texts, one behind the other: valid UTF-8.
///
///     let documents = Documents(["emma", "olivia"])
///     print(documents.count, documents.text(1))  // 2 olivia
///
/// They lie in blocks of some 32 MB, so that a large corpus can be let go of bit by bit while it becomes tokens (`gather`).
public struct Documents: Sendable, Equatable {
  /// Texts side by side in memory.
  struct Block: Sendable, Equatable {
    var bytes: [UInt8] = []
    /// Where each text ends in `bytes`.
    var ends: [UInt32] = []

    func range(_ index: Int) -> Range<Int> {
      (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }
  }

  private(set) var blocks: [Block] = []
  /// The number of each block's first text.
  private var firsts: [Int] = []
  public private(set) var count = 0
  /// How many bytes all texts have.
  public private(set) var byteCount = 0

  /// From this size on, the C library gives memory back to the system as soon as it is free.
  private static let blockSize = 1 << 25

  public init() {}

  public init(_ texts: some Sequence<String>) {
    for text in texts { append(Array(text.utf8).span) }
  }

  public var isEmpty: Bool { count == 0 }

  /// The bytes of text `index`.
  public subscript(index: Int) -> ArraySlice<UInt8> {
    let (block, place) = place(index)
    return blocks[block].bytes[blocks[block].range(place)]
  }

  /// How many bytes text `index` has.
  public func byteCount(of index: Int) -> Int {
    let (block, place) = place(index)
    return blocks[block].range(place).count
  }

  /// Text `index` as a string, for people to read.
  public func text(_ index: Int) -> String {
    String(decoding: self[index], as: UTF8.self)
  }

  /// Calls `body` with each text in order; its errors will say which text it was.
  public func forEachText(_ body: (Span<UInt8>) throws(TokenizerError) -> Void) throws(TokenizerError) {
    for block in blocks.indices { try piece(blocks[block].ends.indices, of: block).forEachText(body) }
  }

  /// The same with what `change` makes of each text, or with the text as it is where that is `nil`.
  package func forEachText(
    changedBy change: (Span<UInt8>) throws(TokenizerError) -> [UInt8]?,
    _ body: (Span<UInt8>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    for block in blocks.indices {
      try piece(blocks[block].ends.indices, of: block).forEachText(changedBy: change, body)
    }
  }

  /// Calls `body` with each text in order.
  package func forEachSpan(_ body: (Span<UInt8>) -> Void) {
    for block in blocks {
      let bytes = block.bytes.span
      for index in block.ends.indices { body(bytes.extracting(block.range(index))) }
    }
  }

  /// Adds a text, of less than 4 GB.
  public mutating func append(_ text: Span<UInt8>) {
    if blocks.isEmpty || blocks[blocks.count - 1].bytes.count + text.count > Self.blockSize {
      // Where one block was not enough, many more may follow; what is reserved of the last and never used costs nothing.
      begin(reserving: blocks.isEmpty ? text.count : max(Self.blockSize, text.count))
    }
    let last = blocks.count - 1
    blocks[last].bytes.append(copying: text)
    blocks[last].ends.append(UInt32(blocks[last].bytes.count))
    count += 1
    byteCount += text.count
  }

  /// Makes room at once for the first `byteCount` bytes, or for a block of them.
  package mutating func reserve(bytes byteCount: Int) {
    if blocks.isEmpty { begin(reserving: min(byteCount, Self.blockSize)) }
  }

  private mutating func begin(reserving capacity: Int) {
    var block = Block()
    block.bytes.reserveCapacity(capacity)
    blocks.append(block)
    firsts.append(count)
  }

  /// Which text of which block has the number `index`.
  private func place(_ index: Int) -> (block: Int, index: Int) {
    precondition(index >= 0 && index < count, "text \(index) of \(count)")
    var (block, end) = (0, firsts.count)
    while end - block > 1 {
      let middle = (block + end) / 2
      if firsts[middle] <= index { block = middle } else { end = middle }
    }
    return (block, index - firsts[block])
  }

  /// Some texts of a block.
  func piece(_ range: Range<Int>, of block: Int) -> DocumentPiece {
    DocumentPiece(first: firsts[block] + range.lowerBound, block: blocks[block], range: range)
  }

  /// Forgets the text of a block, which is not to be asked for again.
  mutating func letGo(_ block: Int) { blocks[block] = Block() }

  public static func == (one: Documents, other: Documents) -> Bool {
    guard one.count == other.count && one.byteCount == other.byteCount else { return false }
    return one.blocks == other.blocks || (0..<one.count).allSatisfy { one[$0] == other[$0] }
  }
}

/// Some neighbouring documents.
package struct DocumentPiece: Sendable {
  /// The number of the first.
  package let first: Int
  let block: Documents.Block
  let range: Range<Int>

  package var count: Int { range.count }
  package var byteCount: Int {
    range.isEmpty ? 0 : block.range(range.upperBound - 1).upperBound - block.range(range.lowerBound).lowerBound
  }
  /// How many bytes each text has.
  package var byteCounts: [UInt32] { range.map { UInt32(block.range($0).count) } }

  /// Calls `body` with each text in order; its errors will say which text it was.
  package func forEachText(_ body: (Span<UInt8>) throws(TokenizerError) -> Void) throws(TokenizerError) {
    let bytes = block.bytes.span
    for index in range {
      do {
        try body(bytes.extracting(block.range(index)))
      } catch {
        throw .inDocument(first + index - range.lowerBound, error)
      }
    }
  }

  /// The same with what `change` makes of each text, or with the text as it is where that is `nil`.
  package func forEachText(
    changedBy change: (Span<UInt8>) throws(TokenizerError) -> [UInt8]?,
    _ body: (Span<UInt8>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    try forEachText { text throws(TokenizerError) in
      if let changed = try change(text) { try body(changed.span) } else { try body(text) }
    }
  }
}

extension [UInt8] {
  /// Appends the bytes of `span`.
  package mutating func append(copying span: Span<UInt8>) {
    // An empty array would have its length written, which all empty arrays of the process share.
    guard !span.isEmpty else { return }
    append(addingCapacity: span.count) { output in
      for index in span.indices { output.append(span[index]) }
    }
  }

  /// An array of the bytes of `span`.
  package init(copying span: Span<UInt8>) {
    self = []
    append(copying: span)
  }
}

extension Span<UInt8> {
  package var isASCII: Bool {
    let bytes = bytes
    var union: UInt64 = 0
    let whole = count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      union |= bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
    }
    for index in whole..<count { union |= UInt64(self[index]) }
    return union & 0x8080_8080_8080_8080 == 0
  }

  package func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
