import CICU
import Tokenization

/// What happens to a text before it is cut: its normal form, and lower case where that is wanted.
package struct TextForm: Sendable {
  private let normalization: Normalization
  private let lowercase: Bool
  private let locale: String
  /// In Turkish an ASCII letter becomes another one: there the short way is closed.
  private let lowersASCIIPlainly: Bool

  package init(_ normalization: Normalization, lowercase: Bool = false, locale: String = "root") throws(TokenizerError)
  {
    self.normalization = normalization
    self.lowercase = lowercase
    self.locale = locale
    let letters: [UInt8] = Array(0x41...0x5a)
    let lower = try lowercased(letters.span, locale)
    lowersASCIIPlainly = lower == Array(0x61...0x7a)
  }

  /// The form of `text`, or `nil` when that is `text` itself.
  package func changed(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    guard lowercase else { return try normalization.changed(text) }
    if lowersASCIIPlainly && text.isASCII { return lowercasedASCII(text) }
    // Lower case can undo a normal form, and form KC can make capitals of other signs.
    let normal = try normalization.changed(text) ?? Array(copying: text)
    let lower = try lowercased(normal.span, locale)
    return try normalization.changed(lower.span) ?? lower
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
  return try filled(atLeast: text.count + 16, doing: "lower case") { output, capacity, error in
    text.withUnsafeBufferPointer {
      cicu_lowercase(locale, $0.baseAddress, Int32($0.count), output, capacity, &error)
    }
  } ?? []
}
