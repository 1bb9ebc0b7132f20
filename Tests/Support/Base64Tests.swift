import Support
import Testing

/// If these fail, a page with a model inside does not open.
@Suite("Bytes become text and bytes again")
struct Base64Tests {
  /// The test vectors of RFC 4648.
  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func `base64 is that of RFC 4648`(_ text: String, _ digits: String) {
    #expect(String(decoding: base64(text.utf8), as: UTF8.self) == digits)
    #expect(bytes(ofBase64: digits) == Array(text.utf8))
  }

  @Test(arguments: ["Zg=", "Zg", "Z===", "Zm9v!mFy", "Zg==Zg=="])
  func `a text that is not base64 is refused`(_ text: String) {
    #expect(bytes(ofBase64: text) == nil)
  }
}
