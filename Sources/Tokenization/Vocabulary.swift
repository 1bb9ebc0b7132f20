/// An ordered list of distinct byte strings, with constant-time lookup by number and by bytes.
///
/// Entries are bytes rather than `String`s: Swift compares strings by canonical equivalence, so `à` equals `a` +
/// U+0300.
public struct Vocabulary: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// A hash table with open addressing and linear probing. Its size is a power of two, at least twice the count.
  private var slots: [Slot] = [.free, .free]
  /// Differs between processes, so that no model file can be crafted whose entries all collide.
  private let seed = UInt64.random(in: .min ... .max)

  private struct Slot {
    var key: Key
    var id: TokenID
    static let free = Slot(key: Key(word: 0, count: 0), id: -1)
  }

  /// The bytes of an entry of at most eight bytes, or the hash of a longer one.
  private struct Key: Equatable {
    var word: UInt64
    var count: UInt32

    var isWhole: Bool { count <= 8 }
  }

  /// No entries.
  public init() {}

  /// Returns `nil` if an entry occurs twice.
  public init?(_ entries: some Sequence<[UInt8]>) {
    for entry in entries where append(entry.span) == nil { return nil }
  }

  /// The number of entries.
  public var count: Int { ends.count }
  /// The token IDs of all entries.
  public var indices: Range<TokenID> { 0..<TokenID(count) }

  /// The bytes of token `id`.
  public subscript(id: TokenID) -> Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(range(Int(id))) }
  }

  /// Returns token `id` as a string. Invalid UTF-8 becomes U+FFFD.
  public func text(_ id: TokenID) -> String {
    String(decoding: bytes[range(Int(id))], as: UTF8.self)
  }

  /// Returns the token whose bytes are `entry`.
  public func id(of entry: Span<UInt8>) -> TokenID? {
    id(of: 0..<entry.count, in: entry)
  }

  /// Returns the token whose bytes are those at `range` of `text`. Slightly faster than extracting the range first.
  public func id(of range: Range<Int>, in text: Span<UInt8>) -> TokenID? {
    let id = slots[slot(of: range, in: text, key(range, in: text))].id
    return id < 0 ? nil : id
  }

  /// Returns the token whose bytes are those of `text`.
  public func id(of text: String) -> TokenID? {
    let bytes = Array(text.utf8)
    return id(of: bytes.span)
  }

  /// Appends `entry` and returns its number, or `nil` if the vocabulary has it already.
  @discardableResult
  public mutating func append(_ entry: Span<UInt8>) -> TokenID? {
    let before = count
    let id = insert(0..<entry.count, of: entry)
    return count > before ? id : nil
  }

  /// Returns the number of the entry at `range` of `text`, after appending it if it is new.
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

  /// Returns the number of the entry `text`, after appending it if it is new.
  public mutating func insert(_ text: String) -> TokenID {
    let bytes = Array(text.utf8)
    return insert(0..<bytes.count, of: bytes.span)
  }

  @inline(__always)
  private func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Returns the slot of an entry, or the free slot for it.
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

  /// Returns the first `count` bytes from `start` on, at most eight, as a little-endian number.
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

  /// Returns the exclusive or of the two halves of a 128-bit product.
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

  /// Returns true if token `one` precedes token `other` in the order of their bytes.
  package func precedes(_ one: TokenID, _ other: TokenID) -> Bool {
    bytes[range(Int(one))].lexicographicallyPrecedes(bytes[range(Int(other))])
  }
}

extension Vocabulary: Equatable {
  public static func == (one: Vocabulary, other: Vocabulary) -> Bool {
    one.ends == other.ends && one.bytes == other.bytes
  }
}
