import ModelFiles
import StrictJSON
import Support
import SwiftletKit
import Tokenization

extension Playground {
  /// Returns the description of the model's tokenizer, with the rule by which the page's tokenizer gives the same
  /// tokens.
  static func tokenizer(of model: Model) throws(ExportError) -> JSON {
    guard var description = model.file.tokenizer.json.object else { preconditionFailure("a description is an object") }
    guard let rule = pageRule(of: model.tokenizer) else {
      throw ExportError(
        "the page cannot tokenize text as the tokenizer \(JSON.quoted(model.file.tokenizer.name)) does, "
          + "which declares no export rule for it; export the model with --format pytorch, or declare its exportRule.")
    }
    description["rule"] = .object(rule)
    return .object(description)
  }

  private static func pageRule(of tokenizer: some Tokenizer) -> JSON.Object? {
    let rule = tokenizer.exportRule
    var json = JSON.Object()
    switch (rule.pageTokenizer, rule.splitting) {
    case (.bytePairs, _):
      json["kind"] = "bytePairs"
    case (.words(let words), _):
      json["kind"] = "words"
      json["locale"] = .string(words.locale)
      json["keep"] = .string(words.keep)
      json["shapes"] = .array(words.shapes.map { .integer($0) })
      json["icuVersion"] = .string(words.icuVersion)
      json["sample"] = .string(words.sample)
      json["fingerprint"] = .string(words.fingerprint)
    case (nil, .graphemes?), (nil, .scalars?), (nil, .bytes?):
      json["kind"] = "characters"
    case (nil, .longest?):
      json["kind"] = "longest"
    case (nil, .spaces?), (nil, nil):
      return nil
    }
    json["splitting"] = rule.splitting.map { .string($0.rawValue) } ?? .null
    json["normalForm"] = rule.normalForm.map { .string($0.rawValue) } ?? .null
    json["lowercases"] = .bool(rule.lowercases)
    json["unknown"] = tokenizer.unknown.map { .integer($0) } ?? .null
    return json
  }
}
