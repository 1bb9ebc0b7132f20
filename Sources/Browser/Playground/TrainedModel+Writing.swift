import GPT
import Inference
import ModelFiles
import NGrams
import StrictJSON
import Support
import Tokenization

/// What the page asks of a model when a person writes with it.
struct WritingRequest {
  /// The text so far; `nil` if `tokens` are given.
  var text: String?
  var tokens: [TokenID] = []
  var options = SamplingOptions()
  /// The number of texts to generate, or of likely tokens to show.
  var count = 1

  init(_ json: JSON.Object) throws(JSONError) {
    text = json["text"]?.string
    if text == nil {
      for element in try json.array("tokens") {
        guard let token = element.number?.integer(as: TokenID.self) else { throw JSONError("a token is no number") }
        tokens.append(token)
      }
    }
    options.temperature = try json.double("temperature")
    options.topK = json["topK"]?.number?.integer()
    options.topP = json["topP"]?.number?.double
    options.maxTokens = json["most"]?.number?.integer()
    if let seed = json["seed"]?.string {
      guard let number = UInt64(seed) else { throw JSONError("\"seed\" must be a number from 0 to \(UInt64.max)") }
      options.seed = number
    }
    count = json["count"]?.number?.integer() ?? 1
  }
}

extension TrainedModel {
  /// Reads a text: its tokens with their surprisals, and the likeliest next tokens.
  func read(_ request: WritingRequest) throws(PageError) -> JSON {
    let tokens = try tokens(of: request)
    let reading: TextReading
    let room = file.configuration.context - 1
    do throws(SamplingError) {
      reading = try network.reading(of: generation(request.options, after: Array(tokens.prefix(room))))
    } catch {
      throw PageError(error)
    }
    attention = reading.attention
    let nats = network.nats(of: [tokens])[0]
    let possible = reading.next.indices.filter { reading.next[$0] > 0 }
      .sorted { reading.next[$0] == reading.next[$1] ? $0 < $1 : reading.next[$0] > reading.next[$1] }
    let unknown = tokens.count { $0 == tokenizer.unknown }
    return [
      "text": .string(request.text ?? String(decoding: tokenizer.decode(tokens), as: UTF8.self)),
      "tokens": .array(
        zip(tokens + [file.configuration.boundary], nats.each).map { token, nats in
          ["id": .integer(token), "name": .string(name(of: token, boundary: "end")), "nats": .real(Double(nats))]
        }),
      "total": .real(nats.total), "isFull": .bool(tokens.count > room), "possible": .integer(possible.count),
      "next": .array(
        possible.prefix(request.count).map { token in
          [
            "id": .integer(token), "name": .string(name(of: TokenID(token), boundary: "end")),
            "probability": .real(Double(reading.next[token])),
          ]
        }),
      "note": .string(
        unknown == 0 ? "" : "The text has \(unknown.of("token")) that the model does not know."),
    ]
  }

  /// Continues a text.
  func extend(_ request: WritingRequest) throws(PageError) -> JSON {
    let sequences = try generate(request, count: 1)
    return [
      "tokens": .array(tokens(0, of: sequences).map { .integer($0) }),
      "isComplete": .bool(sequences.ending(of: 0).isComplete),
    ]
  }

  /// Generates the texts that the tool generates with the same options.
  func samples(_ request: WritingRequest) throws(PageError) -> JSON {
    let sequences = try generate(request, count: request.count)
    return .array(
      (0..<request.count).map { index in
        let bytes = tokenizer.decode(tokens(index, of: sequences))
        return [
          "text": .string(String(decoding: bytes, as: UTF8.self)), "isNew": .bool(isNew(bytes)),
          "isComplete": .bool(sequences.ending(of: index).isComplete),
        ]
      })
  }

  private func generate(_ request: WritingRequest, count: Int) throws(PageError) -> GeneratedSequences {
    let tokens = try tokens(of: request)
    do throws(SamplingError) {
      return try network.generate(0..<count, generation(request.options, after: tokens))
    } catch {
      throw PageError(error)
    }
  }

  private func generation(_ options: SamplingOptions, after tokens: [TokenID]) -> GenerationRequest {
    GenerationRequest(options, after: file.lineBreakBeforeTexts, prompt: tokens, forbidden: tokenizer.unsampled)
  }

  private func tokens(_ index: Int, of sequences: GeneratedSequences) -> [TokenID] {
    let sequence = sequences[index]
    return sequence.indices.map { sequence[$0] }
  }

  private func tokens(of request: WritingRequest) throws(PageError) -> [TokenID] {
    if let text = request.text {
      do throws(TokenizerError) { return try tokenizer.encode(text) } catch { throw PageError(error) }
    }
    for token in request.tokens where token < 0 || token >= file.configuration.boundary {
      throw PageError("The vocabulary has no token \(token).")
    }
    return request.tokens
  }
}
