import Support
import Synchronization
import Tokenization
import UnicodeRules

/// The rules by which text is cut, loaded when the first text is: a model that only writes needs none, and starts faster.
final class WordRules: Sendable {
  private let locale: String
  private let keep: ProtectedPattern?
  private let loaded = AtomicLazyReference<WordSegmenter>()

  init(_ settings: TokenizerSettings) throws(TokenizerError) {
    locale = settings["locale"]
    keep = settings["keep"].isEmpty ? nil : try ProtectedPattern(settings["keep"])
    guard locale.utf8.count <= 100 && !locale.utf8.contains(0) else {
      throw .badSetting(name: "locale", value: locale, remedy: "write a locale's name, such as ja or de_CH")
    }
  }

  func segmenter() throws(TokenizerError) -> WordSegmenter {
    if let segmenter = loaded.load() { return segmenter }
    return loaded.storeIfNil(try WordSegmenter(locale: locale, keep: keep))
  }

  /// A text that has something of everything on which ICU's versions differ.
  static let sample = """
    can’t don't 3.50 1,000 a:b a@b @user #tag x_y U.S.A. C++ "a" «b» e.g. k:a 10:30 https://a.b/c \u{202f}\u{a0}é \r\n \t
    👩‍👩‍👧👍🏽🇩🇪🇫🇷1️⃣ ฉันรักแมวสีดำ ສະບາຍດີ ភាសាខ្មែរ မြန်မာဘာသာ 我爱北京天安门。私は猫が好きです。カタカナ 한국어 שלום צה״ל سلام नमस्ते ⁠a\u{ad}b
    """

  /// A short sign of how ICU cuts the sample.
  func fingerprint() throws(TokenizerError) -> String {
    let text = Array(Self.sample.utf8)
    var ends: [String] = []
    try WordBreaker(locale: locale).forEachSegment(of: text.span) { segment throws(TokenizerError) in
      ends.append("\(segment.upperBound)")
    }
    var hash = StableHash()
    hash.combine(ends.joined(separator: " "))
    return hash.digits
  }

  /// What differs from the rules of training, and whether the locale is made up.
  func warnings(trainedWith stored: [String: String]) -> [String] {
    var warnings: [String] = []
    if !ICU.knows(locale: locale) {
      warnings.append(
        "ICU \(ICU.version) does not know the locale “\(locale.escapingInvisibles)” and cuts words by its general rules; "
          + "use a language's code, such as th, ja or pt_BR, or leave the locale out")
    }
    if let print = stored["fingerprint"], !print.isEmpty, (try? fingerprint()) != print {
      warnings.append(
        "this model's text was cut by ICU \((stored["icu"] ?? "").escapingInvisibles), and ICU \(ICU.version) here cuts some text otherwise; "
          + "words may be unknown that should be known")
    }
    return warnings
  }
}
