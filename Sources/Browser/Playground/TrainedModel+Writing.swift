import GPT
import Inference
import NGrams
import StrictJSON
import Support
import Tokenization

extension TrainedModel {
  /// Reads a text: its tokens with their surprisals, and the likeliest next tokens.
  func read(_ request: WritingRequest) throws(PageError) -> JSON {
    let tokens = try tokens(of: request)
    let reading: TextReading
    let room = configuration.context - 1
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
        zip(tokens + [configuration.boundary], nats.each).map { token, nats in
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
    GenerationRequest(options, after: lineBreakBeforeTexts, prompt: tokens, forbidden: tokenizer.unsampled)
  }

  private func tokens(_ index: Int, of sequences: GeneratedSequences) -> [TokenID] {
    let sequence = sequences[index]
    return sequence.indices.map { sequence[$0] }
  }

  private func tokens(of request: WritingRequest) throws(PageError) -> [TokenID] {
    if let text = request.text {
      do throws(TokenizerError) { return try tokenizer.encode(text) } catch { throw PageError(error) }
    }
    for token in request.tokens where token < 0 || token >= configuration.boundary {
      throw PageError("The vocabulary has no token \(token).")
    }
    return request.tokens
  }
}
