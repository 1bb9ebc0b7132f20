import CICU
import Support
import Tokenization

/// Cuts text into words, and everything between them, by ICU's rules for a locale; any number of threads may use it at once.
package final class WordBreaker: Sendable {
  package let locale: String
  private let pool: Pool<Iterator>

  package init(locale: String) throws(TokenizerError) {
    let original = try Iterator(locale: locale)
    self.locale = locale
    pool = Pool(try Iterator(copying: original)) { () throws(TokenizerError) in try Iterator(copying: original) }
  }

  /// Calls `body` with each segment of `text`, in order; together they are the whole text.
  package func forEachSegment(
    of text: Span<UInt8>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    guard text.count <= Int32.max else { throw .unusableText("a text of \(text.count) bytes is too long; split it") }
    let iterator = try pool.take()
    defer { pool.put(iterator) }
    try iterator.forEachEnd(of: text) { start, end throws(TokenizerError) in try body(start..<end) }
  }
}

/// ICU's iterator. It is mutable, so one thread at a time may use it: the pool sees to that.
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
    // ICU keeps the address until the next text is set; nothing is asked of it once `text` may be gone.
    try text.withUnsafeBufferPointer { buffer throws(TokenizerError) in
      var error: Int32 = 0
      cicu_breaker_set_text(breaker, buffer.baseAddress, Int32(buffer.count), &error)
      try check(error, doing: "cutting text into words")
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
