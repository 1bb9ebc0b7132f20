import Kernels
import NGrams
import Tokenization

/// Mixes the probabilities of an n-gram memory into those of the network while texts are generated.
final class MemoryMixer {
  private let memory: NGramMemory
  private let share: Float
  private let factorMemory: FloatBuffer
  private let factors: Lanes
  /// What the memory knows of each slot's text, and the number of tokens that it has read, the boundary included.
  private var pasts: [(past: NGramMemory.Past, length: Int)]

  init(_ mixed: MixedMemory, slots: Int) {
    memory = mixed.memory
    share = Float(mixed.share)
    factorMemory = FloatBuffer(count: CachedForwardPass.maximumRows)
    factors = factorMemory.lanes(count: CachedForwardPass.maximumRows)
    pasts = Array(repeating: (NGramMemory.Past(), 0), count: slots)
  }

  /// Forgets the text of a slot, where a new one begins.
  func clear(slot: Int) { pasts[slot] = (NGramMemory.Past(), 0) }

  /// Reads the text of a slot, which follows `predecessor`, as far as it is new, for column `row` of the logits.
  func read(_ text: Span<TokenID>, after predecessor: TokenID, slot: Int, row: Int) {
    while pasts[slot].length <= text.count {
      let length = pasts[slot].length
      memory.append(length == 0 ? predecessor : text[length - 1], to: &pasts[slot].past)
      pasts[slot].length += 1
    }
    factors[row] = share * memory.factorOfUnigrams(after: pasts[slot].past)
  }

  /// Returns the logits of the mixture after the texts that were read, each of which is in a slot.
  func mix(into logits: Logits, slots: Span<Int32>) -> Logits {
    let unigrams = memory.unigrams
    let probabilities = TokenProbabilities(logits, share: 1 - share, unigrams.span, factors: factors)
    for row in slots.indices {
      memory.forEachShare(after: pasts[Int(slots[row])].past) { token, probability in
        probabilities.add(share * probability, to: Int(token), in: row)
      }
    }
    return probabilities.logits()
  }
}
