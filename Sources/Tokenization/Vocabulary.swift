/// An ordered list of distinct byte strings, found by number and by bytes in constant time.
///
/// Keys are bytes, never `String`: by canonical equivalence Swift takes `à` and `a` + U+0300 for the same string.
public struct Vocabulary: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Open addressing with linear probing; the size is a power of two, at least twice the count.
  private var slots: [Slot] = [.free, .free]
  /// Differs from run to run, so that no model file can be made whose entries all share one slot.
  private let seed = UInt64.random(in: .min ... .max)

  private struct Slot {
    var key: Key
    var id: TokenID
    static let free = Slot(key: Key(word: 0, count: 0), id: -1)
  }

  /// The bytes of an entry of up to eight bytes, or the hash of a longer one.
  private struct Key: Equatable {
    var word: UInt64
    var count: UInt32

    var isWhole: Bool { count <= 8 }
  }

  public init() {}

  /// `nil` when an entry occurs twice.
  public init?(_ entries: some Sequence<[UInt8]>) {
    for entry in entries where append(entry.span) == nil { return nil }
  }

  public var count: Int { ends.count }
  public var indices: Range<TokenID> { 0..<TokenID(count) }

  /// The bytes of token `id`.
  public subscript(id: TokenID) -> Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(range(Int(id))) }
  }

  /// The token as a string, for people to read.
  public func text(_ id: TokenID) -> String {
    String(decoding: bytes[range(Int(id))], as: UTF8.self)
  }

  /// The token whose bytes are `entry`.
  public func id(of entry: Span<UInt8>) -> TokenID? {
    id(of: 0..<entry.count, in: entry)
  }

  /// The token whose bytes stand at `range` of `text`; a little faster than the same for a part of `text`.
  public func id(of range: Range<Int>, in text: Span<UInt8>) -> TokenID? {
    let id = slots[slot(of: range, in: text, key(range, in: text))].id
    return id < 0 ? nil : id
  }

  /// The token whose bytes are those of `text`.
  public func id(of text: String) -> TokenID? {
    let bytes = Array(text.utf8)
    return id(of: bytes.span)
  }

  /// Adds `entry` as the last token and returns its number, or `nil` when it stands here already.
  @discardableResult
  public mutating func append(_ entry: Span<UInt8>) -> TokenID? {
    let before = count
    let id = insert(0..<entry.count, of: entry)
    return count > before ? id : nil
  }

  /// The number of the entry at `range` of `text`, which is added as the last token if it does not stand here yet.
  public mutating func insert(_ range: Range<Int>, of text: Span<UInt8>) -> TokenID {
    let key = key(range, in: text)
    let slot = slot(of: range, in: text, key)
    guard slots[slot].id < 0 else { return slots[slot].id }
    let id = TokenID(count)
    bytes.append(copying: text.extracting(range))
    ends.append(bytes.count)
    slots[slot] = Slot(key: key, id: id)
    if 2 * count > slots.count { grow() }
    return id
  }

  /// The number of the entry `text`, which is added as the last token if it does not stand here yet.
  public mutating func insert(_ text: String) -> TokenID {
    let bytes = Array(text.utf8)
    return insert(0..<bytes.count, of: bytes.span)
  }

  @inline(__always)
  private func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Where the entry is, or the free slot where it would go.
  @inline(__always)
  private func slot(of range: Range<Int>, in text: Span<UInt8>, _ key: Key) -> Int {
    let slots = slots.span
    let mask = slots.count - 1
    var slot = home(of: key) & mask
    while slots[slot].id >= 0 {
      if slots[slot].key == key && (key.isWhole || self[slots[slot].id].isEqual(to: text.extracting(range))) {
        return slot
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: .free, count: 2 * old.count)
    let mask = slots.count - 1
    for entry in old where entry.id >= 0 {
      var slot = home(of: entry.key) & mask
      while slots[slot].id >= 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }

  @inline(__always)
  private func home(of key: Key) -> Int {
    Int(truncatingIfNeeded: Self.mix(key.word ^ seed ^ UInt64(key.count)))
  }

  @inline(__always)
  private func key(_ range: Range<Int>, in text: Span<UInt8>) -> Key {
    let bytes = text.bytes
    let word = Self.word(at: range.lowerBound, range.count, of: bytes)
    return Key(
      word: range.count <= 8 ? word : hash(range, of: bytes), count: UInt32(truncatingIfNeeded: range.count))
  }

  private func hash(_ range: Range<Int>, of bytes: RawSpan) -> UInt64 {
    var hash = seed
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      hash = Self.mix(hash ^ Self.word(at: start, range.upperBound - start, of: bytes))
    }
    return hash
  }

  /// Up to eight bytes, of the `count` from `start` on, as one number.
  @inline(__always)
  private static func word(at start: Int, _ count: Int, of bytes: RawSpan) -> UInt64 {
    if start + 8 <= bytes.byteCount {
      let eight = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
      return count >= 8 ? eight : eight & ((1 &<< (8 &* UInt64(count))) &- 1)
    }
    var word: UInt64 = 0
    for index in 0..<min(count, 8) {
      word |= UInt64(bytes.unsafeLoad(fromByteOffset: start + index, as: UInt8.self)) << UInt64(8 * index)
    }
    return word
  }

  /// The two halves of a 128-bit product.
  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: 0xd1b5_4a32_d192_ed03)
    return product.high ^ product.low
  }
}

extension Vocabulary {
  /// The tokens in the order of their bytes.
  package var sortedIndices: [TokenID] {
    indices.sorted { precedes($0, $1) }
  }

  /// Whether token `one` comes before token `other` in the order of their bytes.
  package func precedes(_ one: TokenID, _ other: TokenID) -> Bool {
    bytes[range(Int(one))].lexicographicallyPrecedes(bytes[range(Int(other))])
  }
}

extension Vocabulary: Equatable {
  public static func == (one: Vocabulary, other: Vocabulary) -> Bool {
    one.ends == other.ends && one.bytes == other.bytes
  }
}
