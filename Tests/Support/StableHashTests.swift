import Support
import Testing

/// Model files, checkpoints and sweeps store these hashes: if one changes, old files no longer match their texts.
@Suite("A stable hash never changes")
struct StableHashTests {
  /// Computed by a few lines of Python from the definition.
  @Test func `the hashes of some texts`() {
    let digits = ["", "a", "12345678", "123456789"].map { text in
      var hash = StableHash()
      hash.combine(text)
      return hash.digits
    }
    #expect(digits == ["1eedff78255ce591", "3051435f25a04c7f", "36b3da5e4ce63c56", "9029bba942fc056c"])
  }

  @Test func `the hash depends on the seed and the boundaries between calls`() {
    var hashes: [UInt64] = []
    for (seed, parts) in [(0, ["ab"]), (1, ["ab"]), (0, ["a", "b"]), (0, ["b", "a"])] as [(UInt64, [String])] {
      var hash = StableHash(seed: seed)
      for part in parts { hash.combine(part) }
      hashes.append(hash.value)
    }
    #expect(Set(hashes).count == 4)
  }

  @Test func `numbers are hashed by their bits`() {
    func hash(_ numbers: [Float]) -> UInt64 {
      var hash = StableHash()
      hash.combine(numbers)
      return hash.value
    }
    var words = StableHash()
    for bits in [0x3F80_0000, 0x8000_0000] as [UInt64] { words.combine(bits) }
    #expect(hash([1, -0.0]) == words.value)
    #expect(hash([1, 0]) != hash([1, -0.0]))
  }
}
