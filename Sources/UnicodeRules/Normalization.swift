import CICU
import Tokenization

/// A Unicode normal form: the spelling that equivalent texts share.
package enum Normalization: String, CaseIterable, Sendable {
  /// Canonical composition: `e` + U+0301 becomes `é`.
  case nfc
  /// Compatibility composition: in addition, `ﬁ` becomes `fi` and `２` becomes `2`.
  case nfkc
  /// Text stays as it is.
  case none

  /// The setting with which tokenizers offer this choice.
  package static let setting = TokenizerSetting(
    "normalize", default: nfc.rawValue, .choice(allCases.map { $0.rawValue }),
    help: "The Unicode normal form of the text: nfc (é as one scalar), nfkc (also ﬁ to fi), none (unchanged).")

  /// This form in the terms of an `ExportRule`.
  package var exportForm: ExportRule.NormalForm? {
    switch self {
    case .nfc: .nfc
    case .nfkc: .nfkc
    case .none: nil
    }
  }

  /// Returns the normal form of `text`, or `nil` if `text` is in that form already.
  package func normalized(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    guard let form, !holdsOnlyStableBytes(text) else { return nil }
    var result: [UInt8]?
    var start = 0
    while start < text.count {
      let end = try chunkEnd(from: start, in: text, form)
      let chunk = text.extracting(start..<end)
      if let normal = try Self.normalizedByICU(chunk, form) {
        if result == nil { result = Array(copying: text.extracting(0..<start)) }
        result?.append(contentsOf: normal)
      } else {
        result?.append(copying: chunk)
      }
      start = end
    }
    return result
  }

  private var form: Int32? {
    switch self {
    case .nfc: Int32(cicu_nfc)
    case .nfkc: Int32(cicu_nfkc)
    case .none: nil
    }
  }

  /// Returns true for text that is certainly normal: NFC below U+0300 (bytes below 0xCC), NFKC below U+0080.
  private func holdsOnlyStableBytes(_ text: Span<UInt8>) -> Bool {
    let limit: UInt8 = self == .nfc ? 0xcc : 0x80
    // Added to the low seven bits of a byte, this carries into the high bit if the byte is at or above the limit.
    let carry = UInt64(0x100 - UInt64(limit)) &* 0x0101_0101_0101_0101
    let bytes = text.bytes
    var start = 0
    while start + 8 <= text.count {
      let eight = bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
      let reached = (eight & 0x7f7f_7f7f_7f7f_7f7f) &+ carry
      if reached & eight & 0x8080_8080_8080_8080 != 0 { return false }
      start += 8
    }
    while start < text.count {
      if text[start] >= limit { return false }
      start += 1
    }
    return true
  }

  /// Returns the end of the chunk of about 4 kB that begins at `start`. Normalization never joins text across it.
  private func chunkEnd(from start: Int, in text: Span<UInt8>, _ form: Int32) throws(TokenizerError) -> Int {
    var end = start + 4096
    while end < text.count {
      if text[end] < 0x80 { return end }
      if let scalar = scalar(at: end, in: text) {
        var error: Int32 = 0
        let isBoundary = cicu_has_boundary_before(form, scalar, &error)
        try check(error, doing: "normalizing text")
        if isBoundary { return end }
      }
      end += 1
    }
    guard text.count - start <= Int32.max / 8 else {
      throw .unusableText("the text has \(text.count - start) bytes of combining characters in a row; shorten it")
    }
    return text.count
  }

  private static func normalizedByICU(_ chunk: Span<UInt8>, _ form: Int32) throws(TokenizerError) -> [UInt8]? {
    try filled(atLeast: chunk.count + 64, doing: "normalizing text") { output, capacity, error in
      // ICU reads the text through a pointer, for the duration of the call.
      chunk.withUnsafeBufferPointer {
        cicu_normalize(form, $0.baseAddress, Int32($0.count), output, capacity, &error)
      }
    }
  }
}

/// Returns the scalar that begins at `offset`, or `nil` if none begins there.
private func scalar(at offset: Int, in text: Span<UInt8>) -> UInt32? {
  let lead = text[offset]
  let count = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  guard count > 0 && offset + count <= text.count else { return nil }
  var value = count == 1 ? UInt32(lead) : UInt32(lead) & (0x7f >> UInt32(count))
  for index in 1..<max(1, count) { value = value << 6 | UInt32(text[offset + index] & 0x3f) }
  return value
}
