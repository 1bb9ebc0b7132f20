import Support
import Synchronization
import Tokenization
import UnicodeRules

/// The rules that find words. They are loaded with the first text to encode, so that a model that only generates text
/// starts faster.
final class WordRules: Sendable {
  private let locale: String
  private let keep: RegularExpression?
  private let loaded = AtomicLazyReference<WordSegmenter>()

  init(_ settings: TokenizerSettings) throws(TokenizerError) {
    locale = settings["locale"]
    keep =
      settings["keep"].isEmpty
      ? nil : try RegularExpression(settings["keep"], for: "keep", example: #"[A-Za-z]\+\+|[#@]\w+"#)
    guard locale.utf8.count <= 100 && !locale.utf8.contains(0) else {
      throw .badSetting(name: "locale", value: locale, remedy: "write the name of a locale, such as ja or de_CH")
    }
  }

  func segmenter() throws(TokenizerError) -> WordSegmenter {
    if let segmenter = loaded.load() { return segmenter }
    return loaded.storeIfNil(try WordSegmenter(locale: locale, keep: keep))
  }

  /// A text with examples of everything that versions of ICU split differently.
  static let sample = """
    can’t don't 3.50 1,000 a:b a@b @user #tag x_y U.S.A. C++ "a" «b» e.g. k:a 10:30 https://a.b/c \u{202f}\u{a0}é \r\n \t
    👩‍👩‍👧👍🏽🇩🇪🇫🇷1️⃣ ฉันรักแมวสีดำ ສະບາຍດີ ភាសាខ្មែរ မြန်မာဘာသာ 我爱北京天安门。私は猫が好きです。カタカナ 한국어 שלום צה״ל سلام नमस्ते ⁠a\u{ad}b
    """

  /// Returns the hash of the places at which ICU splits the sample.
  func fingerprint() throws(TokenizerError) -> String {
    let text = Array(Self.sample.utf8)
    var hash = StableHash()
    try WordBreaker(locale: locale).forEachSegment(of: text.span) { segment throws(TokenizerError) in
      hash.combine(UInt64(segment.upperBound))
    }
    return hash.digits
  }

  /// Returns warnings about a locale that does not exist, and about rules that differ from those of training.
  func warnings(for settings: TokenizerSettings, version: Int) -> [String] {
    var warnings: [String] = []
    if !ICU.knows(locale: locale) {
      warnings.append(
        "ICU \(ICU.version) does not know the locale “\(locale.escapingInvisibles)” and uses its general rules for "
          + "words; use a language's code, such as th, ja or pt_BR, or leave the locale out")
    }
    if usesOtherRules(settings, version: version) {
      warnings.append(
        "this model was trained with the word rules of ICU \(settings["icu"].escapingInvisibles), and ICU \(ICU.version) here "
          + "splits some text differently; words may be unknown that should be known")
    }
    return warnings
  }

  private func usesOtherRules(_ settings: TokenizerSettings, version: Int) -> Bool {
    let stored = settings["fingerprint"]
    if stored.isEmpty { return false }
    // Version 1 stored another hash, so that only the versions of ICU can be compared.
    if version == 1 { return !isEqual(settings["icu"], ICU.version) }
    guard let fingerprint = try? fingerprint() else { return true }
    return !isEqual(fingerprint, stored)
  }
}
