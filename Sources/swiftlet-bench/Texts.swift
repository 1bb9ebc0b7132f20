import Files
import GPT
import Support
import SwiftletKit
import Tokenization

/// The corpora that workloads train on.
struct Texts: Sendable {
  enum Source: Sendable {
    case names
    case sentences
    /// A megabyte of sentences, tokenized by character and split into windows as long as the context.
    case characters
  }

  let folder: String

  func documents(_ file: String) throws -> Documents {
    var lines = try LineReader(folder + "/" + file)
    var documents = Documents()
    while try lines.next() { documents.append(lines.line) }
    return documents
  }

  func tokens(_ source: Source, context: Int) throws -> TokenizedText {
    switch source {
    case .names: return try TokenizedText(documents("names.txt"), by: "character", context: context)
    case .sentences: return try TokenizedText(documents("sentences.txt"), by: "word", context: context)
    case .characters:
      let whole = try InputFile.contents(of: folder + "/sentences.txt", upTo: 1 << 30).prefix(1 << 20)
      var documents = Documents()
      documents.append(Array(whole).span)
      return try TokenizedText(documents, by: "character", context: context)
    }
  }
}

/// Sequences of tokens, boundaries included, none longer than a context can predict.
struct TokenizedText {
  let tokenizer: any Tokenizer
  private var sequences: [[TokenID]] = []

  init(_ documents: Documents, by name: String, context: Int) throws {
    tokenizer = try TokenizerRegistry.standard.train(name, on: documents)
    let boundary = TokenID(vocabulary - 1)
    for document in 0..<documents.count {
      var tokens = [boundary]
      try tokenizer.encode(documents[document].span, into: &tokens)
      tokens.append(boundary)
      for first in stride(from: 0, to: tokens.count - 1, by: context) {
        sequences.append(Array(tokens[first..<min(first + context + 1, tokens.count)]))
      }
    }
  }

  var vocabulary: Int { tokenizer.vocabulary.count + 1 }

  /// Returns `count` batches of `size` sequences, picked in a fixed order that spreads over the whole text.
  func batches(of size: Int, count: Int) -> [Batch] {
    (0..<count).map { index in
      var batch = Batch()
      for place in 0..<size {
        batch.append(sequences[(index * size + place) * 7919 % sequences.count], weight: 1 / Float(size))
      }
      return batch
    }
  }
}
