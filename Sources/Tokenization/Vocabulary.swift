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

  /// A token with half of its hash, so that looking up a wrong token's bytes is rare.
  private struct Slot {
    var id: TokenID
    var tag: UInt32
    static let free = Slot(id: -1, tag: 0)
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
    let id = slots[slot(of: entry, hash(entry))].id
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
    let id = insert(entry)
    return count > before ? id : nil
  }

  /// The number of `entry`, which is added as the last token if it does not stand here yet.
  public mutating func insert(_ entry: Span<UInt8>) -> TokenID {
    let hash = hash(entry)
    let slot = slot(of: entry, hash)
    guard slots[slot].id < 0 else { return slots[slot].id }
    let id = TokenID(count)
    bytes.append(copying: entry)
    ends.append(bytes.count)
    slots[slot] = Slot(id: id, tag: UInt32(truncatingIfNeeded: hash >> 32))
    if 2 * count > slots.count { grow() }
    return id
  }

  private func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Where `entry` is, or the free slot where it would go.
  private func slot(of entry: Span<UInt8>, _ hash: UInt64) -> Int {
    let mask = slots.count - 1
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].id >= 0 {
      if slots[slot].tag == tag && Self.equal(self[slots[slot].id], entry) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: .free, count: 2 * slots.count)
    for id in 0..<TokenID(count) {
      let hash = hash(self[id])
      slots[slot(of: self[id], hash)] = Slot(id: id, tag: UInt32(truncatingIfNeeded: hash >> 32))
    }
  }

  /// Eight bytes at a time: each is mixed in by the two halves of a 128-bit product.
  private func hash(_ entry: Span<UInt8>) -> UInt64 {
    let bytes = entry.bytes
    var hash = seed ^ UInt64(entry.count)
    var offset = 0
    while offset + 8 <= entry.count {
      hash = Self.mix(hash ^ bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < entry.count {
      rest = rest << 8 | UInt64(entry[offset])
      offset += 1
    }
    return Self.mix(hash ^ rest)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: 0xd1b5_4a32_d192_ed03)
    return product.high ^ product.low
  }

  private static func equal(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    for index in one.indices where one[index] != other[index] { return false }
    return true
  }
}

extension Vocabulary {
  /// The tokens in the order of their bytes.
  public var sortedIndices: [TokenID] {
    indices.sorted { precedes($0, $1) }
  }

  /// Whether token `one` comes before token `other` in the order of their bytes.
  public func precedes(_ one: TokenID, _ other: TokenID) -> Bool {
    bytes[range(Int(one))].lexicographicallyPrecedes(bytes[range(Int(other))])
  }
}

extension Vocabulary: Equatable {
  public static func == (one: Vocabulary, other: Vocabulary) -> Bool {
    one.ends == other.ends && one.bytes == other.bytes
  }
}
