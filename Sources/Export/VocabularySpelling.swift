import Tokenization

extension Vocabulary {
  /// The first token that is not valid UTF-8; `nil` if there is none. Two such tokens may have the same spelling.
  var firstTokenWithoutText: TokenID? { indices.first { id(of: text($0)) != $0 } }

  /// Returns a spelling of the boundary for other programs, `name` or one like it, which no token has.
  func boundarySpelling(like name: String) -> String {
    var spelling = "<|\(name)|>"
    while id(of: spelling) != nil { spelling = "<\(spelling)>" }
    return spelling
  }

  /// The pairs of tokens that together spell a token of a byte-pair vocabulary, by the rank of that token: the merges
  /// that the tokenizer makes.
  var merges: [(left: TokenID, right: TokenID)] {
    var merges: [(left: TokenID, right: TokenID)] = []
    for token in indices where self[token].count > 1 {
      let bytes = self[token]
      for split in (1..<bytes.count).reversed() {
        guard let left = id(of: 0..<split, in: bytes), let right = id(of: split..<bytes.count, in: bytes) else {
          continue
        }
        merges.append((left, right))
      }
    }
    return merges
  }
}

/// The spelling of bytes as characters that GPT-2 gave them: printable Latin-1 bytes as themselves, the others as
/// U+0100 and up.
enum PrintableBytes {
  static func text(_ bytes: Span<UInt8>) -> String {
    var text = ""
    for index in bytes.indices { text.unicodeScalars.append(scalars[Int(bytes[index])]) }
    return text
  }

  private static let scalars: [Unicode.Scalar] = {
    var next: UInt8 = 0
    return (UInt8.min...UInt8.max).map { byte in
      switch byte {
      case 0x21...0x7e, 0xa1...0xac, 0xae...0xff: return Unicode.Scalar(byte)
      default:
        defer { next += 1 }
        return Unicode.Scalar(Unicode.Scalar(next).value + 0x100) ?? "?"
      }
    }
  }()
}
