import Files
import GPT
import Inference
import ModelFiles
import StrictJSON
import Support
import Tokenization

/// A model to write with.
final class TrainedModel {
  let file: ModelFile
  private let tokenizer: KnownTokenizer
  private let network: LanguageModel

  init(_ file: ModelFile, _ tokenizer: KnownTokenizer) {
    self.file = file
    self.tokenizer = tokenizer
    network = LanguageModel(file.weights, file.memory)
  }

  /// Reads a model file whose bytes are in memory.
  convenience init(_ bytes: [UInt8], named name: String) throws(PageError) {
    let file: ModelFile
    do throws(ModelError) { file = try ModelFile(InputFile(bytes, named: name)) } catch { throw PageError(error) }
    do throws(TokenizerError) { self.init(file, try KnownTokenizer(file.tokenizer)) } catch { throw PageError(error) }
  }

  var description: JSON {
    [
      "parameters": .integer(file.configuration.parameterCount),
      "vocabulary": .integer(file.configuration.vocabulary - 1), "tokenizer": .string(file.tokenizer.name),
    ]
  }

  /// Generates the texts that the tool generates with these options: `prompt`, `count`, `temperature` and `seed`.
  func samples(_ options: JSON.Object) throws(PageError) -> JSON {
    let prompt: String
    let count: Int
    let sampling: SamplingOptions
    do throws(JSONError) {
      prompt = try options.string("prompt")
      count = try options.integer("count")
      sampling = SamplingOptions(
        temperature: try options.double("temperature"), seed: try options.integer("seed", as: UInt64.self))
    } catch {
      throw PageError(error)
    }
    let tokens = try encode(prompt)
    let sequences: GeneratedSequences
    do throws(SamplingError) {
      sequences = try network.generate(
        0..<count,
        GenerationRequest(
          sampling, after: file.lineBreakBeforeTexts, prompt: tokens, forbidden: tokenizer.unsampled))
    } catch {
      throw PageError(error)
    }
    return .array(
      (0..<count).map { index in
        let bytes = text(index, of: sequences)
        let isNew = file.documents.map { !$0.contains(bytes.span) } ?? true
        return [
          "text": .string(String(decoding: bytes, as: UTF8.self)), "isNew": .bool(isNew),
          "isComplete": .bool(sequences.ending(of: index).isComplete),
        ]
      })
  }

  private func text(_ index: Int, of sequences: GeneratedSequences) -> [UInt8] {
    var tokens: [TokenID] = []
    let sequence = sequences[index]
    for position in sequence.indices { tokens.append(sequence[position]) }
    return tokenizer.decode(tokens)
  }

  /// Scores a text: each token with its loss in nats, the end of the text last.
  func score(_ text: String) throws(PageError) -> JSON {
    let tokens = try encode(text)
    let nats = network.nats(of: [tokens])[0]
    let pieces = tokens.map { String(decoding: tokenizer.decode([$0]), as: UTF8.self) } + [""]
    return [
      "total": .real(nats.total),
      "tokens": .array(zip(pieces, nats.each).map { ["text": .string($0), "nats": .real(Double($1))] }),
    ]
  }

  private func encode(_ text: String) throws(PageError) -> [TokenID] {
    do throws(TokenizerError) { return try tokenizer.encode(text) } catch { throw PageError(error) }
  }
}
