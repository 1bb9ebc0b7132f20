import Support

/// Which texts a model was trained on: a hash of 64 bits for each, so that the model's file can tell what is remembered from what is
/// new without the corpus.
///
/// A new text is taken for a known one with a probability of the number of texts in 2⁶⁴; a known one is never taken for new.
package struct DocumentFingerprints: Sendable, Equatable {
  /// Ascending, none twice.
  package let hashes: [Int64]

  /// Those of texts with these `hashes`, in any order.
  package init(unsorted hashes: consuming [Int64]) {
    hashes.sort()
    var kept = 0
    for index in hashes.indices where kept == 0 || hashes[index] != hashes[kept - 1] {
      hashes[kept] = hashes[index]
      kept += 1
    }
    hashes.removeLast(hashes.count - kept)
    self.hashes = hashes
  }

  /// `nil` when they do not ascend.
  package init?(hashes: [Int64]) {
    guard zip(hashes, hashes.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    self.hashes = hashes
  }

  /// How many texts there are, without repetitions.
  package var count: Int { hashes.count }

  /// The first 32 bits of each, ascending: half the room, for those who can live with one new text in 2³² / `count` being taken for known.
  package var upperHalves: [UInt32] {
    hashes.map { UInt32(truncatingIfNeeded: $0 >> 32) }.sorted()
  }

  package func contains(_ text: Span<UInt8>) -> Bool {
    let hash = Self.hash(text)
    var range = 0..<hashes.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if hashes[middle] == hash { return true }
      range = hashes[middle] < hash ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }

  package func contains(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return contains(bytes.span)
  }

  /// Those of both.
  package func union(_ other: DocumentFingerprints) -> DocumentFingerprints {
    DocumentFingerprints(unsorted: hashes + other.hashes)
  }

  /// The hash of a text as a model writes it, which is as its tokenizer changes it.
  package static func hash(_ text: Span<UInt8>) -> Int64 {
    var hash = StableHash()
    hash.combine(text)
    return Int64(bitPattern: hash.value)
  }
}
