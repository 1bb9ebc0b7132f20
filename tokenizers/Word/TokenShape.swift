import Tokenization

/// The properties of a token that predict the spaces around it.
struct TokenShape: OptionSet, Sendable {
  let rawValue: UInt16

  init(rawValue: UInt16) { self.rawValue = rawValue }

  /// A space may precede the token; may follow it.
  static let before = TokenShape(rawValue: 1)
  static let after = TokenShape(rawValue: 2)
  static let startsWithDigit = TokenShape(rawValue: 4)
  static let endsWithDigit = TokenShape(rawValue: 8)
  /// Two equal tokens have no space between them, as in `==`.
  static let repeats = TokenShape(rawValue: 16)
  static let emoji = TokenShape(rawValue: 32)
  /// The token has no space around it between two numbers, as in `10:30`.
  static let tightBetweenNumbers = TokenShape(rawValue: 64)
  /// An explicit token for white space or its absence; not text.
  static let gap = TokenShape(rawValue: 128)

  /// The kinds of quotation marks that open and close alternately, one bit each.
  static let quotes = TokenShape(rawValue: 0x7f00)
  static let doubleQuote = TokenShape(rawValue: 0x0100)  // "
  static let highDoubleQuote = TokenShape(rawValue: 0x0200)  // “ ” „
  static let guillemet = TokenShape(rawValue: 0x0400)  // « »
  static let singleGuillemet = TokenShape(rawValue: 0x0800)  // ‹ ›
  static let apostrophe = TokenShape(rawValue: 0x1000)  // '
  static let highSingleQuote = TokenShape(rawValue: 0x2000)  // ‘ ‚
  static let backtick = TokenShape(rawValue: 0x4000)
  /// ’ is an apostrophe, or closes what ‘ or ‚ opened.
  static let closesSingleQuote = TokenShape(rawValue: 0x8000)

  static let word: TokenShape = [.before, .after]
  static let closing: TokenShape = .after
  static let opening: TokenShape = .before
  static let joining: TokenShape = []
  static let symbol: TokenShape = [.before, .after, .repeats]

  /// The shape of the token `text`.
  init(of text: Span<UInt8>) {
    guard !WhiteSpace.fills(text) else {
      self = .gap
      return
    }
    let seen =
      text.isASCII
      ? text.indices.map { UInt32(text[$0]) }
      : String(decoding: Array(copying: text), as: UTF8.self).unicodeScalars.map { $0.value }.filter {
        !isInvisible($0)
      }
    guard let first = seen.first.map(Self.init(of:)), let last = seen.last.map(Self.init(of:)) else {
      self = .word
      return
    }
    if seen.count == 1 {
      self = first
    } else {
      self = Self.sides(first).intersection([.before, .startsWithDigit])
      formUnion(Self.sides(last).intersection([.after, .endsWithDigit]))
      formUnion(first.intersection(last).intersection(.emoji))
    }
  }

  /// Returns the shape of a character at an end of a longer token, where a quotation mark neither opens nor closes.
  private static func sides(_ shape: TokenShape) -> TokenShape {
    shape.isDisjoint(with: .quotes) ? shape : .word
  }
}

/// Returns true for scalars without a width: combining marks, variation selectors, joiners and directional controls.
private func isInvisible(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0xad, 0x0300...0x036f, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x2069, 0x20d0...0x20ff, 0xfe00...0xfe0f,
    0xfeff,
    0x1f3fb...0x1f3ff, 0xe0000...0xe01ef:
    true
  default: false
  }
}

extension TokenShape {
  /// True for scripts that are written without spaces between words.
  static func isWrittenWithoutSpaces(_ scalar: UInt32) -> Bool {
    switch scalar {
    // Thai to Tibetan, Burmese, Khmer, Tai scripts
    case 0x0e00...0x0fff, 0x1000...0x109f, 0x1780...0x17ff, 0x1950...0x19ff, 0x1a20...0x1aaf, 0xa9e0...0xa9ff,
      0xaa60...0xaadf:
      true
    // Han, Kana, Bopomofo, Yi, their punctuation and their full-width forms
    case 0x2e80...0x312f, 0x3190...0x4dbf, 0x4e00...0xa4cf, 0xf900...0xfaff, 0xfe10...0xfe1f, 0xfe30...0xfe6f,
      0xff00...0xff9f, 0xffe0...0xffe6, 0x1aff0...0x1b2ff, 0x20000...0x3ffff:
      true
    default: false
    }
  }

  /// The shape of one character. Stored models depend on this table: a change needs a new format version of the word
  /// tokenizer.
  fileprivate init(of scalar: UInt32) {
    self =
      switch scalar {
      case 0x30...0x39, 0x0660...0x0669, 0x06f0...0x06f9, 0x0966...0x096f: [.word, .startsWithDigit, .endsWithDigit]

      case 0x22: .doubleQuote
      case 0x27: .apostrophe
      case 0x60: .backtick
      case 0xab, 0xbb: .guillemet
      case 0x2018, 0x201a: .highSingleQuote
      case 0x2019: [.closing, .closesSingleQuote]
      case 0x201c...0x201f: .highDoubleQuote
      case 0x2039, 0x203a: .singleGuillemet

      // : and –
      case 0x3a: [.closing, .tightBetweenNumbers]
      case 0x2013: [.symbol, .tightBetweenNumbers]
      // ! % ) , . ; ? ] } ® ² ³ ¹ † ‡ … ‰ ′ ″ ‼ ⁇ ⁈ ⁉ ™
      case 0x21, 0x25, 0x29, 0x2c, 0x2e, 0x3b, 0x3f, 0x5d, 0x7d, 0xae, 0xb2, 0xb3, 0xb9, 0x2020, 0x2021, 0x2026,
        0x2030...0x2034, 0x203c, 0x2047...0x2049, 0x2070...0x208e, 0x2122:
        .closing
      // Armenian, Hebrew, Arabic, Indic and Ethiopic full stops, commas, question marks
      case 0x0589, 0x05c3, 0x060c, 0x061b, 0x061f, 0x066a, 0x06d4, 0x0964, 0x0965, 0x1362...0x1368: .closing
      // # $ ( @ [ { ¡ £ ¤ ¥ ¿ and the other currencies
      case 0x23, 0x24, 0x28, 0x40, 0x5b, 0x7b, 0xa1, 0xa3...0xa5, 0xbf, 0x20a0...0x20cf: .opening
      // - / \ _ ° · Hebrew maqaf, Ethiopic word space, hyphens, — and ―, ⁄
      case 0x2d, 0x2f, 0x5c, 0x5f, 0xb0, 0xb7, 0x05be, 0x1361, 0x2010...0x2012, 0x2014, 0x2015, 0x2044: .joining
      // & * + < = > ^ | ~ ¬ ± × ÷, arrows, operators
      case 0x26, 0x2a, 0x2b, 0x3c...0x3e, 0x5e, 0x7c, 0x7e, 0xac, 0xb1, 0xd7, 0xf7, 0x2190...0x23ff: .symbol

      case _ where Self.isWrittenWithoutSpaces(scalar): .joining
      case 0x2600...0x27bf, 0x2b00...0x2bff, 0x1f000...0x1faff: [.word, .emoji]
      default: .word
      }
  }
}
