import CICU
import Tokenization

/// A normalization of text: a Unicode normal form and, optionally, lower case.
package struct TextForm: Sendable {
  package let normalization: Normalization
  package let lowercases: Bool
  private let locale: String
  /// Is `false` in Turkish and similar locales, whose lower case of ASCII letters is not ASCII; then ICU does all the
  /// work.
  private let lowersASCIIPlainly: Bool

  package init(
    _ normalization: Normalization, lowercase: Bool = false, locale: String = "root"
  ) throws(TokenizerError) {
    self.normalization = normalization
    lowercases = lowercase
    self.locale = locale
    let letters: [UInt8] = Array(0x41...0x5a)
    let lower = try lowercased(letters.span, locale)
    lowersASCIIPlainly = lower == Array(0x61...0x7a)
  }

  /// Returns the form of `text`, or `nil` if `text` is in that form already.
  package func normalized(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    guard lowercases else { return try normalization.normalized(text) }
    if lowersASCIIPlainly && text.isASCII { return lowercasedASCII(text) }
    // Lower case can undo a normal form, and NFKC can turn symbols into capitals.
    let normal = try normalization.normalized(text) ?? Array(copying: text)
    let lower = try lowercased(normal.span, locale)
    return try normalization.normalized(lower.span) ?? lower
  }
}

private func lowercasedASCII(_ text: Span<UInt8>) -> [UInt8]? {
  let isCapital = { (byte: UInt8) in byte &- 0x41 < 26 }
  guard text.indices.contains(where: { isCapital(text[$0]) }) else { return nil }
  return Array(capacity: text.count) { output in
    for index in text.indices { output.append(isCapital(text[index]) ? text[index] + 0x20 : text[index]) }
  }
}

private func lowercased(_ text: Span<UInt8>, _ locale: String) throws(TokenizerError) -> [UInt8] {
  guard text.count <= Int32.max / 4 else { throw .unusableText("a text of \(text.count) bytes is too long; split it") }
  return try filled(atLeast: text.count + 16, doing: "converting text to lower case") { output, capacity, error in
    // ICU reads the text through a pointer, for the duration of the call.
    text.withUnsafeBufferPointer {
      cicu_lowercase(locale, $0.baseAddress, Int32($0.count), output, capacity, &error)
    }
  } ?? []
}
