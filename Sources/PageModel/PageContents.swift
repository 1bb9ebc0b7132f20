import GPT
import ModelFiles
import NGrams
import Support
import Tokenization

/// The parts of a model that a page computes with.
///
/// In a page they are bytes without names, not the model's file: the code that reads a file of whatever origin, and
/// explains what is wrong with it, would be a third of the page.
package struct PageContents {
  package let weights: Weights
  package let memory: MixedMemory?
  package let tokenizer: Tokenizer
  /// See `ModelFile.lineBreakBeforeTexts`.
  package let lineBreakBeforeTexts: TokenID?
  package let known: KnownTexts?

  /// The parts of a `TokenizerDescription`.
  package struct Tokenizer {
    package let name: String
    package let version: Int
    package let settings: [TokenizerSettings.Entry]
    package let vocabulary: Vocabulary
  }
}

// MARK: Writing

extension PageModel {
  /// The parts of the model that the page computes with, for `PageContents`.
  package var contents: [UInt8] {
    var writer = PageWriter()
    let configuration = file.configuration
    for field in ModelShape.fields {
      let numbers = field.numbers(of: configuration.shape)
      writer.write(numbers.count)
      for number in numbers { writer.write(number) }
    }
    writer.write(configuration.vocabulary)
    writer.write(precision.rawValue / 8)
    for number in file.weights.tensors.joined() {
      writer.write(
        Int(truncatingIfNeeded: precision == .half ? UInt32(Float16(number).bitPattern) : number.bitPattern),
        width: precision.rawValue / 8)
    }
    writer.write(file.memory)
    writer.write(file.tokenizer)
    writer.write(file.lineBreakBeforeTexts.map { Int($0) + 1 } ?? 0)
    writer.write(known == nil ? 0 : 1)
    if let code = known?.code {
      writer.write(code.count)
      writer.write(code.bits)
      writer.write(code.bytes)
    }
    return writer.bytes
  }
}

extension PageWriter {
  fileprivate mutating func write(_ memory: MixedMemory?) {
    write(memory == nil ? 0 : 1)
    guard let memory else { return }
    let (tables, width) = (memory.memory.tables, tokenWidth(memory.memory.vocabulary))
    write(memory.mixture.share)
    write(memory.mixture.sharpness)
    write(tables.tokens.count)
    for token in tables.tokens { write(Int(token), width: width) }
    write(tables.followerCounts.count)
    for count in tables.followerCounts { write(Int(truncatingIfNeeded: count), width: width) }
    write(tables.shares)
    write(tables.backoffs)
  }

  fileprivate mutating func write(_ tokenizer: TokenizerDescription) {
    write(tokenizer.name.utf8)
    write(tokenizer.version)
    write(tokenizer.settings.count)
    for (name, value) in tokenizer.settings.sorted(by: { $0.key < $1.key }) {
      write(name.utf8)
      write(value.utf8)
    }
    write(tokenizer.vocabulary.count)
    for token in tokenizer.vocabulary.indices { write(Array(copying: tokenizer.vocabulary[token])) }
  }
}

/// The bytes of a token, and of a number of followers.
private func tokenWidth(_ vocabulary: Int) -> Int { vocabulary < 1 << 8 ? 1 : vocabulary < 1 << 16 ? 2 : 4 }

// MARK: Reading

extension PageContents {
  /// Reads what `PageModel.contents` wrote.
  package init(_ bytes: [UInt8]) throws(PageModelError) {
    var reader = PageReader(bytes)
    var shape = ModelShape()
    for field in ModelShape.fields {
      let count = try reader.number()
      field.set(try reader.numbers(count).map { Int(truncatingIfNeeded: $0) }, in: &shape)
    }
    let configuration = Configuration(unchecked: shape, vocabulary: try reader.number())
    let width = try reader.number()
    var tensors: [[Float]] = []
    for tensor in configuration.tensors {
      let numbers = try reader.numbers(tensor.count, width: width)
      tensors.append(
        numbers.map { width == 2 ? Float(Float16(bitPattern: UInt16($0))) : Float(bitPattern: $0) })
    }
    weights = Weights(configuration, tensors: tensors)
    memory = try reader.number() == 0 ? nil : try reader.memory(configuration.vocabulary)
    tokenizer = try reader.tokenizer()
    let lineBreak = try reader.number()
    lineBreakBeforeTexts = lineBreak == 0 ? nil : TokenID(truncatingIfNeeded: lineBreak - 1)
    known = try reader.number() == 0 ? nil : try reader.knownTexts()
  }
}

extension PageReader {
  fileprivate mutating func memory(_ vocabulary: Int) throws(PageModelError) -> MixedMemory? {
    let mixture = Mixture(share: try double(), sharpness: try double())
    let width = tokenWidth(vocabulary)
    var tables = NGramMemory.Tables()
    tables.tokens = try numbers(try number(), width: width).map { TokenID(truncatingIfNeeded: $0) }
    tables.followerCounts = try numbers(try number(), width: width)
    tables.shares = try text()
    tables.backoffs = try text()
    return NGramMemory(tables, vocabulary: vocabulary).map { MixedMemory($0, mixture) }
  }

  fileprivate mutating func tokenizer() throws(PageModelError) -> PageContents.Tokenizer {
    let name = try string()
    let version = try number()
    var settings: [TokenizerSettings.Entry] = []
    for _ in 0..<(try number()) {
      settings.append(TokenizerSettings.Entry(name: try string(), value: try string()))
    }
    var vocabulary = Vocabulary()
    for _ in 0..<(try number()) {
      let token = try text()
      vocabulary.append(token.span)
    }
    return PageContents.Tokenizer(name: name, version: version, settings: settings, vocabulary: vocabulary)
  }

  fileprivate mutating func knownTexts() throws(PageModelError) -> KnownTexts? {
    KnownTexts(KnownTexts.Code(count: try number(), bits: try number(), bytes: try text()))
  }

  private mutating func string() throws(PageModelError) -> String { String(decoding: try text(), as: UTF8.self) }
}

// MARK: The fields of a network's shape as numbers

extension ModelShape.Field {
  fileprivate func numbers(of shape: ModelShape) -> [Int] {
    switch kind {
    case .size(let access, _): [value(of: shape, access)]
    case .activation(let access): [Activation.allCases.firstIndex(of: value(of: shape, access)) ?? 0]
    case .positions(let access): [Positions.allCases.firstIndex(of: value(of: shape, access)) ?? 0]
    case .flag(let access): [value(of: shape, access) ? 1 : 0]
    case .ascending(let access): value(of: shape, access)
    }
  }

  fileprivate func set(_ numbers: [Int], in shape: inout ModelShape) {
    let first = numbers.first ?? 0
    switch kind {
    case .size(let access, _): access(&shape) { $0 = first }
    case .activation(let access): access(&shape) { $0 = Activation.allCases[first] }
    case .positions(let access): access(&shape) { $0 = Positions.allCases[first] }
    case .flag(let access): access(&shape) { $0 = first == 1 }
    case .ascending(let access): access(&shape) { $0 = numbers }
    }
  }
}
