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
    /// Random tokens of a vocabulary of this size, which are as frequent as words in a book.
    case words(vocabulary: Int)
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
    case .words(let vocabulary): return TokenizedText(words: vocabulary, context: context)
    }
  }
}

/// Sequences of tokens, boundaries included, none longer than a context can predict.
struct TokenizedText {
  /// `nil` for random tokens.
  let tokenizer: (any Tokenizer)?
  let vocabulary: Int
  private var sequences: [[TokenID]] = []

  init(_ documents: Documents, by name: String, context: Int) throws {
    let tokenizer = try TokenizerRegistry.standard.train(name, on: documents)
    self.tokenizer = tokenizer
    vocabulary = tokenizer.vocabulary.count + 1
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

  /// Random sequences that fill the context. The frequency of token t is proportional to 1 / (t + 3.7)^1.2: 512 of
  /// 13,607 tokens are four fifths of the text, as in a book by word.
  init(words vocabulary: Int, context: Int) {
    self.vocabulary = vocabulary
    tokenizer = nil
    var cumulative: [Double] = []
    for token in 0..<vocabulary - 1 {
      cumulative.append((cumulative.last ?? 0) + exponential(-1.2 * naturalLogarithm(Double(token) + 3.7)))
    }
    let total = cumulative[vocabulary - 2]
    var random = RandomSource(seed: 42)
    let boundary = TokenID(vocabulary - 1)
    for _ in 0..<4096 {
      let tokens = (0..<context - 1).map { _ in
        TokenID(cumulative.firstIndexAbove(total * random.uniform()))
      }
      sequences.append([boundary] + tokens + [boundary])
    }
  }

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

extension [Double] {
  /// The index of the first element above `number`, which is below the last; the elements ascend.
  fileprivate func firstIndexAbove(_ number: Double) -> Int {
    var range = 0..<count - 1
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = self[middle] > number ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }
}
