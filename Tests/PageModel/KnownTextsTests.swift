import PageModel
import Testing
import Tokenization

/// If these fail, a page calls texts of the corpus new, or stops at a damaged list.
@Suite("A page knows the training texts")
struct KnownTextsTests {
  private let texts = (0..<3000).map { "text number \($0)" }

  private var known: KnownTexts {
    KnownTexts(DocumentFingerprints(unsorted: texts.map { DocumentFingerprints.hash(Array($0.utf8).span) }))
  }

  private func isKnown(_ text: String, to known: KnownTexts) -> Bool { known.contains(Array(text.utf8).span) }

  @Test func `the list that is read is the one that was written`() throws {
    let read = try #require(KnownTexts(known.code))
    #expect(read == known && read.count == texts.count)
    for text in texts { #expect(isKnown(text, to: read)) }
    #expect(!isKnown("another text", to: read))
  }

  @Test func `a list of no texts knows none`() throws {
    let none = KnownTexts(DocumentFingerprints(unsorted: []))
    let read = try #require(KnownTexts(none.code))
    #expect(!isKnown("", to: read))
  }

  @Test func `a damaged list is refused`() {
    var code = known.code
    code.count = 4000
    #expect(KnownTexts(code) == nil)
    code = known.code
    code.bits = 60
    #expect(KnownTexts(code) == nil)
    code = known.code
    code.bytes.removeLast()
    #expect(KnownTexts(code) == nil)
  }
}
