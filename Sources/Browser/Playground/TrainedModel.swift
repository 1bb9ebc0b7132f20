import Files
import GPT
import Inference
import NGrams
import PageModel
import StrictJSON
import Tokenization

/// A model to write with.
package final class TrainedModel {
  package let tokenizer: KnownTokenizer
  let network: LanguageModel
  private let weights: Weights
  /// The token that generated texts follow, if it is not the boundary.
  let lineBreakBeforeTexts: TokenID?
  /// Returns true for one of the training texts.
  private let isKnown: (Span<UInt8>) -> Bool
  /// The attention of the text that was read last.
  var attention: AttentionLog?

  package init(
    _ weights: Weights, _ memory: MixedMemory?, _ tokenizer: KnownTokenizer, lineBreakBeforeTexts: TokenID?,
    isKnown: @escaping (Span<UInt8>) -> Bool
  ) {
    self.tokenizer = tokenizer
    self.weights = weights
    self.lineBreakBeforeTexts = lineBreakBeforeTexts
    self.isKnown = isKnown
    network = LanguageModel(weights, memory)
  }

  /// Reads the model that a page has inside.
  convenience init(page bytes: [UInt8]) throws(PageError) {
    let contents: PageContents
    do throws(PageModelError) { contents = try PageContents(bytes) } catch { throw PageError(error) }
    let tokenizer: KnownTokenizer
    do throws(TokenizerError) { tokenizer = try KnownTokenizer(contents.tokenizer) } catch { throw PageError(error) }
    self.init(
      contents.weights, contents.memory, tokenizer, lineBreakBeforeTexts: contents.lineBreakBeforeTexts,
      isKnown: { contents.known?.contains($0) == true })
  }

  var configuration: Configuration { network.configuration }

  /// Returns false for one of the training texts.
  func isNew(_ text: [UInt8]) -> Bool { !isKnown(text.span) }

  /// Sentences about differences between this browser and the tool.
  package var notes: JSON { .array(tokenizer.warnings.map { .string($0) }) }

  /// The embeddings of the first `count` tokens (count, width), as 32-bit floats.
  func embeddings(of count: Int) throws(PageError) -> [UInt8] {
    let width = configuration.embedding
    // The first tensor of every model is that of the tokens.
    let values = weights.tensors[0]
    guard (0...values.count / width).contains(count) else {
      throw PageError("There are no embeddings of \(count) tokens.")
    }
    return floats(Array(values[..<(count * width)]))
  }

  /// The names of the first `count` tokens.
  func names(of count: Int) -> JSON {
    .array((0..<TokenID(min(count, configuration.vocabulary))).map { .string(name(of: $0, boundary: "boundary")) })
  }

  /// The name of a token; that of the boundary depends on its place.
  func name(of token: TokenID, boundary: String) -> String {
    token == configuration.boundary ? boundary : tokenizer.displayText(of: token)
  }
}

/// Returns the little-endian bytes of `numbers`.
func floats(_ numbers: [Float]) -> [UInt8] {
  let bytes = ByteArray(named: "")
  for number in numbers { bytes.append(number.bitPattern) }
  return bytes.bytes
}
