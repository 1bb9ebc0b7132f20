import SwiftletKit

/// A tokenizer defined outside of the package: characters, in capitals.
struct LoudTokenizer: Tokenizer {
  static let name = "loud"
  static let summary = "Characters in capitals."
  static let settings: [TokenizerSetting] = []

  private let characters: CharacterTokenizer

  init(training documents: Documents, settings: [String: String]) throws(TokenizerError) {
    let texts = (0..<documents.count).map { documents.text($0).uppercased() }
    characters = try CharacterTokenizer(training: Documents(texts), settings: settings)
  }

  init(_ description: TokenizerDescription) throws(TokenizerError) {
    var description = description
    description.name = CharacterTokenizer.name
    characters = try CharacterTokenizer(description)
  }

  var description: TokenizerDescription {
    var description = characters.description
    description.name = Self.name
    return description
  }

  var vocabulary: Vocabulary { characters.vocabulary }

  func normalized(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    Array(String(decoding: text.indices.map { text[$0] }, as: UTF8.self).uppercased().utf8)
  }

  func encodeNormalized(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    try characters.encode(text, into: &tokens)
  }

  func decode(_ tokens: Span<TokenID>) -> [UInt8] { characters.decode(tokens) }
}
