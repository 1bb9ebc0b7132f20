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

  /// The values that a model file stores beside the settings.
  static let storedSettings: [TokenizerSetting] = [
    TokenizerSetting("unknown", default: "none", .text("none or a token"), help: "The token of unknown words."),
    TokenizerSetting("icu", default: "", .text("a version"), help: "The version of ICU that split the corpus."),
    TokenizerSetting(
      "fingerprint", default: "", .text("16 digits"),
      help: "The hash of the places at which that ICU split a fixed text."),
  ]
}

extension TextForm {
  init(_ settings: TokenizerSettings) throws(TokenizerError) {
    try self.init(
      settings.choice("normalize"), lowercase: settings.flag("lowercase"), locale: settings["locale"])
  }
}
