import Inference
import ModelFiles
import StrictJSON
import Support
import SwiftletKit
import Tokenization

extension Playground {
  /// What the page's tokenizer of the same kind is made of.
  static func tokenizer(of model: Model) throws(PlaygroundError) -> JSON {
    guard var description = model.file.tokenizer.json.object else { preconditionFailure("a description is an object") }
    switch model.tokenizer {
    case is CharacterTokenizer, is BytePairTokenizer: break
    case let words as WordTokenizer:
      // Worked out here, so that the page needs no table of characters.
      description["shapes"] = .array(words.shapeBits.map { .integer($0) })
      description["cuttingSample"] = .string(WordTokenizer.cuttingSample)
    default:
      throw PlaygroundError("a page cannot cut text as the tokenizer \(JSON.quoted(model.file.tokenizer.name)) does.")
    }
    return .object(description)
  }
}
