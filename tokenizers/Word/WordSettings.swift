import Tokenization
import UnicodeRules

extension WordTokenizer {
  static let version = 1

  public static let settings: [TokenizerSetting] = [
    TokenizerSetting(
      "locale", standard: "root", .text("ID"),
      help:
        "The locale, such as sv or pt_BR, whose rules cut words and make lower case; root has the general rules and all dictionaries."
    ),
    TokenizerSetting("lowercase", standard: "false", .flag, help: "Whether all text becomes lower case."),
    Normalization.setting,
    TokenizerSetting(
      "min-count", standard: "1", .number(atLeast: 1),
      help: "How often a word must stand in the corpus to be known; rarer ones become <unk>."),
    TokenizerSetting(
      "max-vocabulary", standard: "0", .number(atLeast: 0),
      help: "The most tokens that there may be, 0 for any number; the rarest words become <unk>."),
    TokenizerSetting(
      "keep", standard: "", .text("REGEX"),
      help: "What stays in one piece, such as [A-Za-z]\\+\\+|[#@]\\w+ for C++, #tag and @user."),
  ]

  /// What a model file stores beside the choices.
  static let storedSettings: [TokenizerSetting] = [
    TokenizerSetting("unknown", standard: "none", .text("none or a token"), help: "The token of unknown words."),
    TokenizerSetting("icu", standard: "", .text("a version"), help: "The ICU that cut the corpus."),
    TokenizerSetting("fingerprint", standard: "", .text("16 digits"), help: "How that ICU cut a fixed text."),
  ]
}

extension TextForm {
  init(_ settings: TokenizerSettings) throws(TokenizerError) {
    try self.init(
      settings.choice("normalize"), lowercase: settings.flag("lowercase"), locale: settings["locale"])
  }
}
