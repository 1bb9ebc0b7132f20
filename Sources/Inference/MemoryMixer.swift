import Kernels
import NGrams
import Tokenization

/// Mixes the probabilities of an n-gram memory into those of the network.
final class MemoryMixer {
  private let memory: NGramMemory
  private let mixture: Mixture
  private let buffer: FloatBuffer
  private let factorMemory: FloatBuffer
  private let factors: Lanes
  /// What the memory knows of each slot's text, and the number of tokens that it has read, the one before the text
  /// included.
  private var pasts: [(past: NGramMemory.Past, length: Int)]
  /// What it knew of the text of each row, when the row was read.
  private var rows = Array(repeating: NGramMemory.Past(), count: CachedForwardPass.maximumRows)

  init(_ mixed: MixedMemory, slots: Int) {
    memory = mixed.memory
    mixture = mixed.mixture
    buffer = FloatBuffer(count: mixed.memory.vocabulary * rowStride(CachedForwardPass.maximumRows))
    factorMemory = FloatBuffer(count: CachedForwardPass.maximumRows)
    factors = factorMemory.lanes(count: CachedForwardPass.maximumRows)
    pasts = Array(repeating: (NGramMemory.Past(), 0), count: slots)
  }

  /// Forgets the text of a slot, where a new one begins.
  func clear(slot: Int) { pasts[slot] = (NGramMemory.Past(), 0) }

  /// Reads the next token of a slot's text.
  func read(_ token: TokenID, slot: Int) {
    memory.append(token, to: &pasts[slot].past)
    pasts[slot].length += 1
  }

  /// Reads the text of a slot, which follows `predecessor`, as far as it is new.
  func read(_ text: Span<TokenID>, after predecessor: TokenID, slot: Int) {
    while pasts[slot].length <= text.count {
      let length = pasts[slot].length
      read(length == 0 ? predecessor : text[length - 1], slot: slot)
    }
  }

  /// Lets `row` of the next mixture follow the text of a slot, as far as it was read.
  func predict(row: Int, slot: Int) {
    rows[row] = pasts[slot].past
    factors[row] = memory.factorOfUnigrams(after: rows[row])
  }

  /// Replaces the logits of the network by those of the mixture.
  func mix(into logits: Logits) {
    logits.mix(
      probabilities(count: logits.sequences), share: Float(mixture.share), sharpness: Float(mixture.sharpness),
      into: logits)
  }

  /// Returns the probabilities that the memory gives after the texts of the first `count` rows.
  func probabilities(count: Int) -> TokenProbabilities {
    let unigrams = memory.unigrams
    let probabilities = TokenProbabilities(
      buffer.matrix(rows: memory.vocabulary, columns: CachedForwardPass.maximumRows), sequences: count,
      unigrams.span, factors: factors)
    for row in 0..<count {
      memory.forEachShare(after: rows[row]) { token, probability in
        probabilities.add(probability, to: Int(token), in: row)
      }
    }
    return probabilities
  }
}
