/// An ordered list of distinct byte strings, found by number and by bytes in constant time.
///
/// Keys are bytes, never `String`: by canonical equivalence Swift takes `à` and `a` + U+0300 for the same string.
public struct Vocabulary: Sendable, Equatable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Open addressing with linear probing; -1 marks a free slot. Its size is a power of two, at least twice the count.
  private var slots: [TokenID] = [-1, -1]

  public init() {}

  /// `nil` when an entry occurs twice.
  public init?(_ entries: some Sequence<[UInt8]>) {
    for entry in entries where append(entry.span) == nil { return nil }
  }

  public var count: Int { ends.count }

  /// The bytes of token `id`.
  public subscript(id: TokenID) -> Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(range(Int(id))) }
  }

  /// The token whose bytes are `entry`.
  public func id(of entry: Span<UInt8>) -> TokenID? {
    let id = slots[slot(of: entry)]
    return id < 0 ? nil : id
  }

  /// Adds `entry` as the last token and returns its number, or `nil` when it stands here already.
  @discardableResult
  public mutating func append(_ entry: Span<UInt8>) -> TokenID? {
    let slot = slot(of: entry)
    guard slots[slot] < 0 else { return nil }
    let id = TokenID(count)
    for index in entry.indices { bytes.append(entry[index]) }
    ends.append(bytes.count)
    slots[slot] = id
    if 2 * count > slots.count { grow() }
    return id
  }

  private func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Where `entry` is, or the free slot where it would go.
  private func slot(of entry: Span<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: Self.hash(entry)) & mask
    while slots[slot] >= 0 {
      if Self.equal(self[slots[slot]], entry) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    for id in 0..<TokenID(count) { slots[slot(of: self[id])] = id }
  }

  private static func hash(_ entry: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in entry.indices { hash = (hash ^ UInt64(entry[index])) &* 0x0000_0100_0000_01b3 }
    return hash ^ (hash >> 32)
  }

  private static func equal(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    for index in one.indices where one[index] != other[index] { return false }
    return true
  }
}
