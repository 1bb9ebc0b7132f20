import HTML
import StrictJSON
import Testing

/// If these fail, a page does not run in browsers, or runs scripts from the data.
@Suite("A page runs nothing but its own script")
struct PageTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// With a wrong hash the browser would refuse the page's own script. The answers are those of FIPS 180-4 and of
  /// `sha256sum`.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (String(repeating: "a", count: 1000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
  ])
  func `hashes are those of FIPS 180`(_ message: String, _ digest: String) {
    #expect(hex(SHA256.digest(of: Array(message.utf8))) == digest)
  }

  /// The name of a corpus or a model may contain markup.
  @Test func `titles and data stay text`() {
    let page = Page(
      template: Array("<h1>{{title}}</h1>{{data}}{{policy}}".utf8), title: "<b>\"&", styles: [], scripts: [],
      data: ["token": "</script><script>alert(1)</script>{{title}}"])
    let html = text(page.html)
    #expect(html.hasPrefix("<h1>&lt;b&gt;&quot;&amp;</h1>"))
    #expect(!html.contains("</script>"))
    #expect(html.contains("{{title}}"), "placeholders in parts are not replaced")
    #expect(html.contains("default-src 'none'") && !html.contains("unsafe"))
  }

  /// A page is sent by e-mail; what it says to programmers need not be.
  @Test func `comment lines and indentation of scripts are left out, and nothing else`() {
    let script = "// one\nlet a = 4 // 2;\n  // two\n    let b = \"//\";\n"
    let page = Page(template: Array("{{script}}".utf8), title: "", styles: [], scripts: [Array(script.utf8)])
    #expect(text(page.html) == "\nlet a = 4 // 2;\nlet b = \"//\";\n")
  }
}
