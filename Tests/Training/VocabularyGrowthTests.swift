import BytePairTokenization
import CharacterTokenization
import Datasets
import GPT
import ModelFiles
import Support
import Testing
import Tokenization
import Training
import TrainingEngine
import WordTokenization

@Suite struct VocabularyGrowthTests {
  private func texts(_ pieces: [[UInt8]]) -> [String] { pieces.map { String(decoding: $0, as: UTF8.self) } }

  @Test func `new characters and words are found`() throws {
    let old = Documents(["the cat", "a dog"])
    let characters = try CharacterTokenizer(training: old)
    #expect(
      try texts(characters.unknownPieces(in: Documents(["the dog", "a 猫, naïve!"])))
        == ["!", ",", "n", "v", "ï", "猫"])
    #expect(try characters.unknownPieces(in: old).isEmpty)
    let words = try WordTokenizer(training: old)
    #expect(
      try Set(texts(words.unknownPieces(in: Documents(["the dog sat", "a cat sat  down"])))) == ["sat", "down", " "])
    let capped = try WordTokenizer(training: Documents(["a a a b"]), settings: ["min-count": "2"])
    #expect(try capped.unknownPieces(in: Documents(["x y z"])).isEmpty, "there is a token for unknown words")
  }

  /// After growing, every text can be encoded, and old texts have the same tokens as before.
  @Test func `grown tokenizers encode old and new text`() throws {
    let old = ["the cat's hat", "a dog", "“so,” he said"]
    let new = ["the dog\tsat.", "  we (all)  like 猫 and ฉันรักแมว", "cat-dog", "a", "\n", "naïve café 👩‍👩‍👧"]
    func check<Kind: Tokenizer>(_ kind: Kind.Type, _ settings: [String: String] = [:]) throws {
      let tokenizer = try Kind(training: Documents(old), settings: settings)
      let pieces = try tokenizer.unknownPieces(in: Documents(new))
      #expect(!pieces.isEmpty)
      let grown = try tokenizer.grown(by: pieces)
      #expect(grown.vocabulary.count == tokenizer.vocabulary.count + pieces.count)
      for text in old { #expect(try grown.encode(text) == tokenizer.encode(text), "\(Kind.name): \(text)") }
      for text in new {
        #expect(try grown.text(of: grown.encode(text)) == grown.normalized(text), "\(Kind.name): \(text)")
      }
    }
    try check(CharacterTokenizer.self)
    try check(CharacterTokenizer.self, ["unit": "byte"])
    try check(CharacterTokenizer.self, ["unit": "scalar"])
    try check(WordTokenizer.self)
    try check(BytePairTokenizer.self, ["merges": "10"])
  }

  /// Without n-gram tables; with a row for every n-gram before and after growing, or only before; and with shared rows.
  @Test(arguments: [(0, 0), (64, 512), (30, 130), (20, 30)], Positions.allCases)
  func `grown weights give old tokens the same logits`(tables: (bigrams: Int, trigrams: Int), positions: Positions)
    throws
  {
    let old = Weights(
      try Configuration(
        layers: 1, embedding: 8, heads: 2, context: 6, vocabulary: 5, activation: .squaredRelu, positions: positions,
        bigrams: tables.bigrams, trigrams: tables.trigrams), seed: 1)
    let new = try old.grown(by: 3, seed: 2)
    #expect(new.configuration.vocabulary == 8)
    #expect(try new == old.grown(by: 3, seed: 2))
    let (oldEngine, newEngine) = (FastEngine(weights: old), FastEngine(weights: new))
    var batch = Batch()
    batch.append([4, 0, 3, 2, 4], weight: 1)
    var grownBatch = Batch()
    grownBatch.append([7, 0, 3, 2, 7], weight: 1)
    let logits = oldEngine.logits(of: batch)
    let grownLogits = newEngine.logits(of: grownBatch)
    for row in 0..<4 {
      for token in 0..<5 {
        #expect(grownLogits[row * 8 + (token == 4 ? 7 : token)] == logits[row * 5 + token])
      }
    }
    #expect(try old.grown(by: 0, seed: 3) == old)
  }

  /// New tokens join the rarest. A share of the old tokens' probability is theirs.
  @Test func `a grown adaptive softmax keeps the shares of old tokens`() throws {
    let old = Weights(
      try Configuration(layers: 1, embedding: 8, heads: 2, context: 6, vocabulary: 9, cutoffs: [3, 5]), seed: 1)
    let new = try old.grown(by: 3, seed: 2)
    var (batch, grownBatch) = (Batch(), Batch())
    batch.append([8, 0, 7, 2, 8], weight: 1)
    grownBatch.append([11, 0, 7, 2, 11], weight: 1)
    let logits = FastEngine(weights: old).logits(of: batch)
    let grown = FastEngine(weights: new).logits(of: grownBatch)
    for row in 0..<4 {
      // Classes 0 to 4, and those of the rarest cluster against each other.
      #expect(abs(grown[row * 12 + 11] - logits[row * 9 + 8]) < 1e-6)
      for token in 0..<4 { #expect(abs(grown[row * 12 + token] - logits[row * 9 + token]) < 1e-6) }
      for token in 5..<8 {
        let (now, before) = (
          grown[row * 12 + token] - grown[row * 12 + 4], logits[row * 9 + token] - logits[row * 9 + 4]
        )
        #expect(abs(now - before) < 1e-5)
      }
    }
  }
}
