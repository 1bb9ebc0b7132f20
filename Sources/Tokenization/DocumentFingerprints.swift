import Support

/// The training texts of a model, each as a 64-bit hash. With them a model file tells memorized texts from new ones,
/// without the corpus.
///
/// A new text is mistaken for a training text with probability `count` / 2⁶⁴. A training text is never mistaken for
/// new.
package struct DocumentFingerprints: Sendable, Equatable {
  /// The hashes in strictly ascending order.
  package let hashes: [Int64]

  /// Creates fingerprints from `hashes` in any order, duplicates included.
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

  /// Returns `nil` if `hashes` do not ascend strictly.
  package init?(hashes: [Int64]) {
    guard zip(hashes, hashes.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    self.hashes = hashes
  }

  /// The number of distinct texts.
  package var count: Int { hashes.count }

  /// The upper 32 bits of each hash, ascending. They need half the space, but mistake one new text in 2³² / `count`
  /// for a training text.
  package var upperHalves: [UInt32] {
    hashes.map { UInt32(truncatingIfNeeded: $0 >> 32) }.sorted()
  }

  /// Returns true if `text`, in normal form, is a training text.
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

  /// Returns the fingerprints of the texts of both.
  package func union(_ other: DocumentFingerprints) -> DocumentFingerprints {
    DocumentFingerprints(unsorted: hashes + other.hashes)
  }

  /// Returns the hash of a text in the normal form of its tokenizer, in which a model generates text.
  package static func hash(_ text: Span<UInt8>) -> Int64 {
    var hash = StableHash()
    hash.combine(text)
    return Int64(bitPattern: hash.value)
  }
}
