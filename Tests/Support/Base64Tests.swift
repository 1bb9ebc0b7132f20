import Support
import Testing

/// If this fails, browsers refuse the scripts of a page, which its policy names by digests in base64.
@Suite("Bytes become text")
struct Base64Tests {
  /// The test vectors of RFC 4648.
  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func `base64 is that of RFC 4648`(_ text: String, _ digits: String) {
    #expect(String(decoding: base64(text.utf8), as: UTF8.self) == digits)
  }
}
