/// Many texts in one array: valid UTF-8 bytes end to end, and where each text ends.
public struct Documents: Sendable, Equatable {
  public private(set) var bytes: [UInt8]
  public private(set) var ends: [Int]

  public init() {
    bytes = []
    ends = []
  }

  public init(_ texts: some Sequence<String>) {
    self.init()
    for text in texts { append(Array(text.utf8).span) }
  }

  public var count: Int { ends.count }
  public var isEmpty: Bool { ends.isEmpty }

  /// Where document `index` lies in `bytes`.
  public func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  public subscript(index: Int) -> Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(range(index)) }
  }

  /// Calls `body` with each text in order; its errors will say which text it was.
  public func forEachText(_ body: (Span<UInt8>) throws(TokenizerError) -> Void) throws(TokenizerError) {
    for index in 0..<count {
      do {
        try body(self[index])
      } catch {
        throw .inDocument(index, error)
      }
    }
  }

  /// Document `index` as a string, for people to read.
  public func text(_ index: Int) -> String {
    String(decoding: bytes[range(index)], as: UTF8.self)
  }

  public mutating func append(_ text: Span<UInt8>) {
    bytes.append(copying: text)
    ends.append(bytes.count)
  }

  /// Makes room at once for `byteCount` more bytes in `documentCount` more texts.
  public mutating func reserve(bytes byteCount: Int, documents documentCount: Int) {
    bytes.reserveCapacity(bytes.count + byteCount)
    ends.reserveCapacity(ends.count + documentCount)
  }
}

extension [UInt8] {
  /// Appends the bytes of `span`.
  package mutating func append(copying span: Span<UInt8>) {
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
