import Files
import GPT
import ModelFiles
import StrictJSON
import Support
import TestSupport
import Testing
import Tokenization

/// A model so small that every byte of its file can be tested, with tokens that are not valid UTF-8.
func sampleModel(isCheckpoint: Bool = false) throws -> ModelFile {
  let configuration = try Configuration(layers: 1, embedding: 2, heads: 1, context: 3, vocabulary: 6)
  let vocabulary = try #require(
    Vocabulary([[0x61], Array("é".utf8), Array("e\u{301}".utf8), [0xFF, 0x80], Array("</\n\"".utf8)]))
  var moments = Moments(first: Weights(configuration, seed: 2), second: Weights(configuration, seed: 3))
  for tensor in moments.second.tensors.indices {
    moments.second.tensors[tensor] = moments.second.tensors[tensor].map(\.magnitude)
  }
  return ModelFile(
    weights: Weights(configuration, seed: 1),
    tokenizer: TokenizerDescription(
      name: "character", version: 1, settings: ["unit": "grapheme", "normalize": "none", "größe": "1"],
      vocabulary: vocabulary),
    training: ["seed": .integer(UInt64.max), "loss": 2.5, "corpus": ["names.txt"]],
    moments: isCheckpoint ? moments : nil, best: isCheckpoint ? Weights(configuration, seed: 4) : nil)
}
