import Datasets
import Files
import StrictJSON
import SwiftletKit

@testable import Inference
@testable import ModelFiles
@testable import Support
@testable import Tokenization
@testable import TrainingEngine

extension Fuzz {
  /// A JSON text must be refused, or have the same value after it is written and parsed again.
  static func json(_ input: [UInt8]) {
    guard let value = try? JSON(parsing: input.span) else { return }
    for pretty in [false, true] {
      let text = value.bytes(pretty: pretty, safeInHTML: pretty)
      require((try? JSON(parsing: text.span)) == value, "\(value) is not \(String(decoding: text, as: UTF8.self))")
    }
    require((try? UTF8Span(validating: input.span)) != nil, "text that is not UTF-8 was accepted")
  }

  /// The input is the description of a tokenizer, a NUL and a text. The description must be refused, or its tokenizer
  /// must keep its promises on the text.
  static func tokenizer(_ input: [UInt8]) {
    let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
    let description = parts[0]
    guard let object = (try? JSON(parsing: description.span))?.object else { return }
    let tokenizer: any Tokenizer
    do {
      tokenizer = try TokenizerRegistry.standard.restore(try TokenizerDescription(object))
    } catch {
      require(error is ModelProblem || error is TokenizerError, "\(error)")
      return
    }
    let again = try? TokenizerDescription(tokenizer.description.json.object ?? JSON.Object())
    require(again == tokenizer.description, "a description that is not read as it was written")
    _ = tokenizer.warnings
    let all = tokenizer.decode(Array(tokenizer.vocabulary.indices))
    require(all.count <= 2 * input.count + 2 * tokenizer.vocabulary.count, "tokens out of nothing")
    if parts.count > 1 { checkPromises(of: tokenizer, on: String(decoding: parts[1], as: UTF8.self), isTrained: false) }
  }

  /// The first byte selects a tokenizer, which is trained on the rest and must restore it.
  static func roundTrip(_ input: [UInt8]) {
    guard let choice = input.first else { return }
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    let (kind, settings) = tokenizers[Int(choice) % tokenizers.count]
    do {
      let tokenizer = try TokenizerRegistry.standard.train(kind, on: Documents([text]), settings: settings)
      checkPromises(of: tokenizer, on: text, isTrained: true)
    } catch {
      guard case .emptyVocabulary = error else { fatalError("\(error)") }
    }
  }

  private static let tokenizers: [(kind: String, settings: [String: String])] = [
    ("character", [:]), ("character", ["unit": "scalar"]), ("character", ["unit": "byte"]),
    ("character", ["normalize": "none"]), ("character", ["normalize": "nfkc"]),
    ("word", [:]), ("word", ["spaces": "attached"]), ("word", ["locale": "th"]),
    ("word", ["locale": "sv", "lowercase": "true"]),
    ("word", ["normalize": "none"]), ("word", ["normalize": "nfkc", "keep": "[A-Za-z]\\+\\+|[#@]\\w+"]),
    ("bpe", [:]), ("bpe", ["merges": "3", "normalize": "none"]),
  ]

  private static func checkPromises(of tokenizer: any Tokenizer, on text: String, isTrained: Bool) {
    do {
      let tokens = try tokenizer.encode(text)
      let normal = try tokenizer.normalized(text)
      require(tokens.allSatisfy(tokenizer.vocabulary.indices.contains), "a token that is none")
      require(try tokenizer.normalized(normal).utf8.elementsEqual(normal.utf8), "a normal form that is none")
      if tokenizer.unknown.map(tokens.contains) != true {
        require(tokenizer.decode(tokens) == Array(normal.utf8), "\(text.debugDescription) does not come back")
      }
    } catch {
      require(!isTrained, "\(error)")
    }
  }

  /// Texts, with NUL between them: written as the second column of a table, they come back. The input itself, as a
  /// table, is refused with the error for that, or read.
  static func table(_ input: [UInt8]) {
    for (separator, form) in [(UInt8(ascii: ","), DocumentForm.csv(column: "2")), (0x09, .tsv(column: "2"))] {
      scratch.write(input)
      do {
        let corpus = try Corpus(contentsOf: [scratch.path], as: form)
        require(corpus.notes.documents <= input.count, "documents out of nothing")
      } catch {
        require(error is CorpusError || (error as? FileError)?.kind == .damaged, "\(error)")
      }
      let texts = String(decoding: input, as: UTF8.self).split(separator: "\0").map { Array($0.utf8) }
      // A table has carriage returns at the ends of lines, where they are dropped.
      let kept = texts.filter { !$0.allSatisfy(isBlank) && !$0.contains(UInt8(ascii: "\r")) }
      var file: [UInt8] = []
      for text in kept {
        file += [UInt8(ascii: "1"), separator, UInt8(ascii: "\"")]
        for byte in text { file += byte == UInt8(ascii: "\"") ? [byte, byte] : [byte] }
        file += Array("\"\n".utf8)
      }
      scratch.write(file)
      guard !kept.isEmpty else { continue }
      do {
        let documents = try Corpus(contentsOf: [scratch.path], as: form).documents
        require((0..<documents.count).map { Array(documents[$0]) } == kept, "other texts")
      } catch {
        require(false, "a table that was not read: \(error)")
      }
    }
  }

  /// The first byte selects a form of documents; the rest is a file, perhaps compressed. It must be refused with its
  /// own error, or read as by the simple rule.
  static func corpus(_ input: [UInt8]) {
    guard let choice = input.first else { return }
    let form = forms[Int(choice & 7 | choice >> 1 & 8) % forms.count]
    let isLossy = choice & 8 != 0
    let bytes = Array(input.dropFirst())
    let isCompressed = bytes.starts(with: [0x1F, 0x8B])
    do {
      scratch.write(bytes)
      let documents = try Corpus(contentsOf: [scratch.path], as: form, isLossy: isLossy).documents
      for index in 0..<documents.count {
        let text = Array(documents[index])
        require((try? UTF8Span(validating: text.span)) != nil, "a document that is not UTF-8")
        require(text.contains { !isBlank($0) }, "a document of nothing")
      }
      if form == .lines && !isCompressed {
        require((0..<documents.count).map { Array(copying: documents[$0].span) } == lines(of: bytes), "other lines")
      }
    } catch {
      require(error is CorpusError || (error as? FileError)?.kind == .damaged, "\(error)")
      let isText =
        !isCompressed && BinaryFormat(head: bytes) == nil && BinaryFormat.safetensorsHeaderLength(bytes) == nil
      if form == .lines && isText && (isLossy || (try? UTF8Span(validating: bytes.span)) != nil) {
        require(lines(of: bytes).isEmpty, "lines that were not read: \(error)")
      }
    }
  }

  private static let forms: [DocumentForm] = [
    .lines, .paragraphs, .whole, .json(field: nil), .json(field: "text"), .json(field: "é[].t"), .csv(column: "text"),
    .tsv(column: "2"), .chat(.whatsapp, answersBy: nil), .chat(.whatsapp, answersBy: "Ana"),
    .chat(.telegram, answersBy: "Ana"), .chat(.discord, answersBy: nil), .csv(column: "1,2"),
  ]

  /// The documents of a file of lines, by the simplest implementation.
  private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    if lines[0].starts(with: [0xEF, 0xBB, 0xBF]) { lines[0].removeFirst(3) }
    for index in lines.indices where lines[index].last == UInt8(ascii: "\r") { lines[index].removeLast() }
    return lines.filter { !$0.allSatisfy(isBlank) }.map { Array(String(decoding: $0, as: UTF8.self).utf8) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  private static let scratch = Scratch()
}
