import CICU
import Support
import Tokenization

/// Splits text into words and the segments between them, by ICU's rules for a locale. Any number of threads may use it
/// at once.
package final class WordBreaker: Sendable {
  package let locale: String
  private let pool: Pool<Iterator>

  package init(locale: String) throws(TokenizerError) {
    let original = try Iterator(locale: locale)
    self.locale = locale
    pool = Pool(try Iterator(copying: original)) { () throws(TokenizerError) in try Iterator(copying: original) }
  }

  /// Calls `body` with each segment of `text`, in order. Together they cover the whole text.
  package func forEachSegment(
    of text: Span<UInt8>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    guard text.count <= Int32.max else { throw .unusableText("a text of \(text.count) bytes is too long; split it") }
    let iterator = try pool.take()
    defer { pool.put(iterator) }
    try iterator.forEachEnd(of: text) { start, end throws(TokenizerError) in try body(start..<end) }
  }
}

/// ICU's break iterator, behind the pointer by which C code refers to it.
///
/// `@unchecked Sendable`: the object is mutable, but only one thread uses it at a time. An iterator is either in a
/// `Pool`, which hands it to one thread, or the `original` that the pool copies, of which only `ubrk_clone` reads.
private final class Iterator: @unchecked Sendable {
  private let breaker: OpaquePointer
  private var ends = [Int32](repeating: 0, count: 512)

  init(locale: String) throws(TokenizerError) {
    var error: Int32 = 0
    let opened = cicu_breaker_open(locale, &error)
    try check(error, doing: "finding word rules for the locale \(locale.escapingInvisibles)")
    guard let opened else { throw .unusableText("there are no word rules for the locale \(locale.escapingInvisibles)") }
    breaker = opened
  }

  init(copying original: Iterator) throws(TokenizerError) {
    var error: Int32 = 0
    let clone = cicu_breaker_clone(original.breaker, &error)
    try check(error, doing: "copying word rules")
    guard let clone else { throw .unusableText("the word rules could not be copied") }
    breaker = clone
  }

  deinit { cicu_breaker_close(breaker) }

  func forEachEnd(
    of text: Span<UInt8>, _ body: (_ start: Int, _ end: Int) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    // ICU keeps the address until the next text is set, but does not read from it after this closure.
    try text.withUnsafeBufferPointer { buffer throws(TokenizerError) in
      var error: Int32 = 0
      cicu_breaker_set_text(breaker, buffer.baseAddress, Int32(buffer.count), &error)
      try check(error, doing: "splitting text into words")
      var start = 0
      while true {
        let count = Int(cicu_breaker_next(breaker, &ends, Int32(ends.count)))
        for index in 0..<count {
          let end = Int(ends[index])
          try body(start, end)
          start = end
        }
        if count < ends.count { return }
      }
    }
  }
}
