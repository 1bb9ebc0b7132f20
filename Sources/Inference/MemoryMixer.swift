import GPT
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

  /// Returns the logits of the mixture after each of `rows`.
  ///
  /// - Parameters:
  ///   - texts: The tokens of each slot's text (slots, context), without the boundary at its start.
  func mix(
    into logits: Logits, after rows: CachedForwardPass.Rows, in texts: Span<TokenID>, _ configuration: Configuration
  ) -> Logits {
    for row in 0..<rows.count {
      let slot = Int(rows.slots[row])
      let text = texts.extracting(slot * configuration.context..<(slot + 1) * configuration.context)
      while pasts[slot].length <= Int(rows.positions[row]) {
        let position = pasts[slot].length
        memory.append(position == 0 ? configuration.boundary : text[position - 1], to: &pasts[slot].past)
        pasts[slot].length += 1
      }
      factors[row] = share * memory.factorOfUnigrams(after: pasts[slot].past)
    }
    let unigrams = memory.unigrams
    let probabilities = TokenProbabilities(logits, share: 1 - share, unigrams.span, factors: factors)
    for row in 0..<rows.count {
      memory.forEachShare(after: pasts[Int(rows.slots[row])].past) { token, probability in
        probabilities.add(share * probability, to: Int(token), in: row)
      }
    }
    return probabilities.logits()
  }
}
