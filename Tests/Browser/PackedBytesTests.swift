import Export
import Foundation
import Support
import Testing

extension BrowserTests {
  /// If these fail, a page is damaged by the browser that opens or saves it.
  struct PackedBytesTests {
    private static let script = URL(filePath: #filePath).appending(path: "../../../Sources/Export/Web/packed.js")
      .standardized

    /// Opens a page that has these bytes inside.
    private func open(_ all: [[UInt8]]) throws -> OpenPage {
      var html = Array("<!DOCTYPE html><meta charset=utf-8><body>".utf8)
      for bytes in all {
        html += Array("<script type=\"application/octet-stream\">".utf8) + denseText(bytes) + Array("</script>".utf8)
      }
      html += Array("<script>".utf8) + [UInt8](try Data(contentsOf: Self.script)) + Array("</script>".utf8)
      return try OpenPage(html)
    }

    private var examples: [[UInt8]] {
      var random = RandomSource(seed: 3, stream: 0)
      var examples: [[UInt8]] = []
      for count in 0..<100 { examples.append((0..<37 * count).map { _ in UInt8(truncatingIfNeeded: random.next()) }) }
      var pairs: [UInt8] = []
      for one in UInt8.min...UInt8.max {
        examples.append(Array(repeating: one, count: 14))
        for other in UInt8.min...UInt8.max { pairs += [one, other] }
      }
      return examples + [pairs]
    }

    @Test(arguments: ["document", "new DOMParser().parseFromString(document.documentElement.outerHTML, 'text/html')"])
    func `all bytes survive parsing, also of the page that the browser saves`(_ document: String) throws {
      let examples = examples
      let read: [[Int]] = try open(examples).apply(
        """
        () => Array.from(\(document).querySelectorAll("[type='application/octet-stream']"),
          element => [...bytesOf(element.textContent)])
        """)
      #expect(read == examples.map { $0.map(Int.init) })
    }

    /// A download that was cut off.
    @Test func `compressed bytes without their end are refused`() throws {
      let sentence: String = try open([[0x5d] + Array(repeating: 0, count: 40)]).apply(
        """
        () => {
          try {
            return String(new Unpacker(bytesOf(document.querySelector("script").textContent)).result());
          } catch ({ message }) { return message }
        }
        """)
      #expect(sentence == "the page is damaged.")
    }
  }
}
