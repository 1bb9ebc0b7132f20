import Support
import Testing

/// If these fail, a page is damaged on its way, or larger than it must be. The browser tests read the text.
@Suite("Bytes become dense text")
struct DenseTextTests {
  /// What browsers, mail programs and editors leave as it is, and what ends no element.
  private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "<" && (0x21...0x7e).contains(scalar.value) || (0xa1...0x7ff).contains(scalar.value)
      || (0x3400...0xd7ff).contains(scalar.value)
  }

  @Test func `all characters are harmless`() {
    var random = RandomSource(seed: 1, stream: 0)
    for count in 0..<1000 {
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      for text in [denseText(bytes), denseText(Array(repeating: UInt8(count % 256), count: count))] {
        let string = String(validating: text, as: UTF8.self)
        #expect(string?.unicodeScalars.allSatisfy(isHarmless) == true, "\(bytes)")
      }
    }
  }

  @Test func `the text is less than a fifth longer than the bytes`() {
    var random = RandomSource(seed: 2, stream: 0)
    let bytes = (0..<100_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    #expect(denseText(bytes).count < 118_200)
  }

  @Test func `each text has its own bytes`() {
    var texts: Set<[UInt8]> = [denseText([])]
    for first in UInt8.min...UInt8.max {
      texts.insert(denseText([first]))
      for second in UInt8.min...UInt8.max { texts.insert(denseText([first, second])) }
    }
    #expect(texts.count == 1 + 256 + 256 * 256)
  }
}
