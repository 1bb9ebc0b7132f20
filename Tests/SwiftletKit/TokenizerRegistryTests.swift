import Support
import SwiftletKit
import Testing
import Tokenization

struct TokenizerRegistryTests {
  @Test func `the error for a misspelled name suggests the nearest`() {
    let error = #expect(throws: TokenizerError.self) { try TokenizerRegistry.standard.kind(named: "wrod") }
    #expect(
      error?.description
        == "there is no tokenizer called “wrod”; did you mean word? (choose from \(names.joined(separator: ", ")))")
  }

  @Test(arguments: names) func `every kind is restored from its description`(name: String) throws {
    let tokenizer = try TokenizerRegistry.standard.train(name, on: Documents(["one two", "three"]))
    let restored = try TokenizerRegistry.standard.restore(tokenizer.description)
    #expect(type(of: restored).name == name)
    #expect(try restored.encode("three two one") == tokenizer.encode("three two one"))
  }

  /// The command line has one option for a setting that several tokenizers share, so it must mean the same in all.
  @Test func `names are unique and shared settings agree`() {
    #expect(Set(Self.names).count == Self.names.count)
    var known: [String: TokenizerSetting] = [:]
    for setting in TokenizerRegistry.standard.kinds.flatMap({ $0.settings }) {
      #expect(known[setting.name] == nil || known[setting.name] == setting)
      known[setting.name] = setting
    }
  }

  @Test(arguments: names) func `default values are allowed values`(name: String) throws {
    let kind = try TokenizerRegistry.standard.kind(named: name)
    #expect(throws: Never.self) { try TokenizerSettings([:], declared: kind.settings) }
  }

  private static let names = TokenizerRegistry.standard.kinds.map { $0.name }
  private var names: [String] { Self.names }
}
