import GPT
import Testing

struct ConfigurationTests {
  /// The numbers of parameters that are published for these networks.
  @Test func `published models have their published sizes`() throws {
    #expect(try Configuration(layers: 1, embedding: 16, heads: 4, context: 16, vocabulary: 27).parameterCount == 4_192)
    #expect(
      try Configuration(layers: 2, embedding: 32, heads: 4, context: 16, vocabulary: 597).parameterCount == 63_296)
  }

  @Test func `an invalid configuration is refused with the numbers involved`() {
    #expect(throws: ConfigurationError("3 heads do not divide an embedding of 16: use 2 heads, or an embedding of 18."))
    {
      try Configuration(layers: 1, embedding: 16, heads: 3, context: 16, vocabulary: 27)
    }
    #expect(throws: ConfigurationError("layers is 0; it must be from 1 to 64.")) {
      try Configuration(layers: 0, embedding: 16, heads: 4, context: 16, vocabulary: 27)
    }
  }

  @Test func `rotary positions have no weights and need heads of an even size`() throws {
    func network(_ embedding: Int, _ heads: Int) throws -> Configuration {
      try Configuration(
        layers: 1, embedding: embedding, heads: heads, context: 16, vocabulary: 27, positions: .rotary, finalNorm: true)
    }
    #expect(try network(16, 4).parameterCount == 4_192 - 16 * 16)
    #expect(try !network(16, 4).tensors.contains { $0.name == "wpe" })
    #expect(
      throws: ConfigurationError(
        "rotary positions need heads of an even size, and 4 of an embedding of 20 have 5: use 2 heads, an embedding of "
          + "24, or learned positions.")
    ) { try network(20, 4) }
    #expect(
      throws: ConfigurationError(
        "rotary positions need heads of an even size, and 3 of an embedding of 9 have 3: use an embedding of 12, or "
          + "learned positions.")
    ) { try network(9, 3) }
  }

  /// The number is computed in 64 bits, because a 32-bit `Int` would trap on an untrusted file.
  @Test func `more parameters than memory can hold are refused`() {
    #expect(throws: ConfigurationError("these sizes make 1306743799808 parameters; the limit is 4294967296.")) {
      try Configuration(
        layers: 64, embedding: 16_384, heads: 1, context: 65_536, vocabulary: 16_777_216, bigrams: 16_777_216,
        trigrams: 16_777_216)
    }
  }

  /// The sizes may come from an untrusted file. The third power of the largest vocabulary overflows an `Int`.
  @Test func `n-gram tables are accepted in every size`() throws {
    func tables(_ vocabulary: Int, _ rows: Int) throws -> [Bool] {
      try Configuration(
        layers: 1, embedding: 1, heads: 1, context: 2, vocabulary: vocabulary, bigrams: rows, trigrams: rows
      ).ngramTables.map(\.hasRowForEach)
    }
    #expect(try tables(16_777_216, 16_777_216) == [false, false])
    #expect(try tables(10, 99) == [false, false])
    #expect(try tables(10, 100) == [true, false])
    #expect(try tables(10, 999) == [true, false])
    #expect(try tables(10, 1000) == [true, true])
  }

  @Test func `initial weights are normally distributed and determined by the seed`() throws {
    let configuration = try Configuration(layers: 2, embedding: 32, heads: 4, context: 16, vocabulary: 597)
    let weights = Weights(configuration, seed: 1)
    #expect(weights == Weights(configuration, seed: 1))
    #expect(weights != Weights(configuration, seed: 2))
    for (width, deviation) in [(4, 0.08), (32, 0.08), (64, 0.08), (256, 0.04)] {
      let configuration = try Configuration(layers: 2, embedding: width, heads: 4, context: 16, vocabulary: 597)
      let all = Weights(configuration, seed: 1).tensors.joined()
      let variance = all.reduce(0) { $0 + Double($1) * Double($1) } / Double(all.count)
      #expect(abs(variance.squareRoot() - deviation) < 0.002, "width \(width)")
    }
  }
}
