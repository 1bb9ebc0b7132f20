import CICU
import Tokenization

/// Which spelling of a text counts as the text, where Unicode knows several.
package enum Normalization: String, CaseIterable, Sendable {
  /// `e` + U+0301 becomes `é`.
  case nfc
  /// Also `ﬁ` becomes `fi` and `２` becomes `2`.
  case nfkc
  /// Every text stays as it is.
  case none

  /// The setting by which tokenizers offer this choice.
  package static let setting = TokenizerSetting(
    "normalize", standard: nfc.rawValue, .choice(allCases.map(\.rawValue)),
    help: "Unicode normal form of the text: nfc (é in one piece), nfkc (also ﬁ to fi), none (as it stands).")

  /// The normal form of `text`, or `nil` when that is `text` itself.
  package func changed(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    guard let form, !holdsOnlyStableBytes(text) else { return nil }
    var result: [UInt8]?
    var start = 0
    while start < text.count {
      let end = try pieceEnd(from: start, in: text, form)
      let piece = text.extracting(start..<end)
      if let normal = try Self.normalized(piece, form) {
        if result == nil { result = Array(copying: text.extracting(0..<start)) }
        result?.append(contentsOf: normal)
      } else {
        result?.append(copying: piece)
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

  /// Below U+0300 (bytes below 0xCC) every text is in form C, and below U+0080 in form KC.
  private func holdsOnlyStableBytes(_ text: Span<UInt8>) -> Bool {
    let limit: UInt8 = self == .nfc ? 0xcc : 0x80
    // In each byte with its eighth bit set, this carries into the eighth bit if the byte is not below the limit.
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

  /// Texts are normalised some kilobytes at a time, cut where normalisation never joins.
  private func pieceEnd(from start: Int, in text: Span<UInt8>, _ form: Int32) throws(TokenizerError) -> Int {
    var end = start + 4096
    while end < text.count {
      if text[end] < 0x80 { return end }
      if let scalar = scalar(at: end, in: text) {
        var error: Int32 = 0
        let isBoundary = cicu_has_boundary_before(form, scalar, &error)
        try check(error, doing: "normalising text")
        if isBoundary { return end }
      }
      end += 1
    }
    guard text.count - start <= Int32.max / 8 else {
      throw .unusableText("the text has a run of \(text.count - start) bytes of combining characters; shorten it")
    }
    return text.count
  }

  private static func normalized(_ piece: Span<UInt8>, _ form: Int32) throws(TokenizerError) -> [UInt8]? {
    try filled(atLeast: piece.count + 64, doing: "normalising text") { output, capacity, error in
      piece.withUnsafeBufferPointer {
        cicu_normalize(form, $0.baseAddress, Int32($0.count), output, capacity, &error)
      }
    }
  }
}

/// The scalar that begins at `offset`, or `nil` when none begins there.
private func scalar(at offset: Int, in text: Span<UInt8>) -> UInt32? {
  let lead = text[offset]
  let count = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  guard count > 0 && offset + count <= text.count else { return nil }
  var value = count == 1 ? UInt32(lead) : UInt32(lead) & (0x7f >> UInt32(count))
  for index in 1..<max(1, count) { value = value << 6 | UInt32(text[offset + index] & 0x3f) }
  return value
}
