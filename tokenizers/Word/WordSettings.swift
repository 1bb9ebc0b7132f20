import Tokenization
import UnicodeRules

extension WordTokenizer {
  /// Version 2 hashes the fingerprint differently; version 1 can still be read.
  static let version = 2

  public static let settings: [TokenizerSetting] = [
    TokenizerSetting(
      "locale", default: "root", .text("ID"),
      help:
        "The locale whose rules find words and convert to lower case, such as sv or pt_BR; "
        + "root has the general rules and all dictionaries."),
    TokenizerSetting("lowercase", default: "false", .flag, help: "Convert all text to lower case."),
    Normalization.setting,
    spaces,
    TokenizerSetting(
      "min-count", default: "1", .number(atLeast: 1),
      help: "The number of times that a word must occur to get a token; rarer words become <unk>."),
    TokenizerSetting(
      "max-vocabulary", default: "0", .number(atLeast: 0),
      help: "The maximum number of tokens, 0 for no limit; the rarest words become <unk>."),
    TokenizerSetting(
      "keep", default: "", .text("REGEX"),
      help: "A pattern whose matches are not split, such as [A-Za-z]\\+\\+|[#@]\\w+ for C++, #tag and @user."),
  ]

  /// The settings without those that files leave out where they have their default value. `spaces` is one of them: it
  /// is newer than many models.
  static func stored(_ values: [String: String]) -> [String: String] {
    values.filter { $0.key != spaces.name || $0.value != spaces.defaultValue }
  }

  private static let spaces = TokenizerSetting(
    "spaces", default: WordSpaces.predicted.rawValue, .choice(WordSpaces.allCases.map { $0.rawValue }),
    help:
      "The tokens of spaces: none where they can be predicted, or attached to the word that follows, as other programs "
      + "can read them.")

  /// The values that a model file stores beside the settings.
  package static let storedSettings: [TokenizerSetting] = [
    TokenizerSetting("unknown", default: "none", .text("none or a token"), help: "The token of unknown words."),
    TokenizerSetting("icu", default: "", .text("a version"), help: "The version of ICU that split the corpus."),
    TokenizerSetting(
      "fingerprint", default: "", .text("16 digits"),
      help: "The hash of the places at which that ICU split a fixed text."),
  ]
}

/// The way in which the tokens of words say where spaces are.
enum WordSpaces: String, CaseIterable {
  /// A space that `Spacing` predicts has no token.
  case predicted
  /// A word has the space before it in its token, so that texts are their tokens one after the other.
  case attached
}

extension TextForm {
  init(_ settings: TokenizerSettings) throws(TokenizerError) {
    try self.init(
      settings.choice("normalize"), lowercase: settings.flag("lowercase"), locale: settings["locale"])
  }
}
