import CICU
import Tokenization

/// A regular expression in ICU's syntax. Any number of threads may use it at once.
///
/// It may come from an untrusted model file, so a match that takes too much time or memory is an error.
package final class RegularExpression: Sendable {
  package let expression: String
  private let setting: String
  private let pool: Pool<Matcher>

  /// - Parameters:
  ///   - setting: The setting or option that has the expression, for error messages.
  ///   - example: An expression as it could be.
  package init(_ expression: String, for setting: String, example: String) throws(TokenizerError) {
    let original = try Matcher(expression, for: setting, example: example)
    self.expression = expression
    self.setting = setting
    pool = Pool(try Matcher(copying: original)) { () throws(TokenizerError) in try Matcher(copying: original) }
  }

  /// Calls `body` with each nonempty match in `text`, in order.
  package func forEachMatch(
    in text: Span<UInt8>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    guard text.count <= Int32.max else { throw .unusableText("a text of \(text.count) bytes is too long; split it") }
    let matcher = try pool.take()
    defer { pool.put(matcher) }
    let error = try matcher.forEachMatch(in: text) { (match) throws(TokenizerError) -> Bool in
      if !match.isEmpty { try body(match) }
      return true
    }
    try checkMatching(error)
  }

  /// Returns true if there is a match in `text`, which may be empty.
  package func matches(_ text: Span<UInt8>) throws(TokenizerError) -> Bool {
    let matcher = try pool.take()
    defer { pool.put(matcher) }
    var isFound = false
    let error = try matcher.forEachMatch(in: text) { (_) throws(TokenizerError) -> Bool in
      isFound = true
      return false
    }
    try checkMatching(error)
    return isFound
  }

  private func checkMatching(_ error: Int32) throws(TokenizerError) {
    try check(error, doing: "matching the pattern of --\(setting) (use a simpler one if it takes too long)")
  }
}

/// ICU's regular expression, behind the pointer by which C code refers to it.
///
/// `@unchecked Sendable`: the object is mutable, but only one thread uses it at a time. A matcher is either in a
/// `Pool`, which hands it to one thread, or the `original` that the pool copies, of which only `uregex_clone` reads.
private final class Matcher: @unchecked Sendable {
  private let pattern: OpaquePointer

  init(_ expression: String, for setting: String, example: String) throws(TokenizerError) {
    var error: Int32 = 0
    let bytes = Array(expression.utf8)
    let opened = bytes.count > 1000 ? nil : cicu_pattern_open(bytes, Int32(bytes.count), &error)
    guard let opened else {
      let reason = error == 0 ? "it has more than 1000 bytes" : String(cString: cicu_error_name(error))
      throw .badSetting(
        name: setting, value: expression,
        remedy: "write a regular expression in ICU's syntax, such as \(example) (\(reason))")
    }
    pattern = opened
  }

  init(copying original: Matcher) throws(TokenizerError) {
    var error: Int32 = 0
    let clone = cicu_pattern_clone(original.pattern, &error)
    try check(error, doing: "copying a pattern")
    guard let clone else { throw .unusableText("the pattern could not be copied") }
    pattern = clone
  }

  deinit { cicu_pattern_close(pattern) }

  /// Calls `body` with each match until it returns false. Returns ICU's error, or 0.
  func forEachMatch(
    in text: Span<UInt8>, _ body: (Range<Int>) throws(TokenizerError) -> Bool
  ) throws(TokenizerError) -> Int32 {
    // ICU keeps the address until the next text is set, but does not read from it after this closure.
    try text.withUnsafeBufferPointer { buffer throws(TokenizerError) -> Int32 in
      var error: Int32 = 0
      var start: Int32 = 0
      var end: Int32 = 0
      cicu_pattern_set_text(pattern, buffer.baseAddress, Int32(buffer.count), &error)
      while error == 0 && cicu_pattern_next(pattern, &start, &end, &error) {
        if try !body(Int(start)..<Int(end)) { break }
      }
      return error
    }
  }
}
