import GPT
import Kernels
import NGrams
import Support
import Tokenization

extension LanguageModel {
  /// The mixture of the networks' probabilities with those of `memory` that predicts `passages` best, none of which is
  /// longer than the context.
  package func bestMixture(with memory: NGramMemory, on passages: [Passage]) -> Mixture {
    let forwardPass = ModelPass(members, slots: 1)
    let mixer = MemoryMixer(MixedMemory(memory, .typical), slots: 1)
    var examples: [MixtureExample] = []
    for passage in passages {
      precondition(passage.tokens.count <= configuration.context + 1, "a passage of \(passage.tokens.count) tokens")
      mixer.clear(slot: 0)
      for start in stride(from: 0, to: passage.tokens.count - 1, by: CachedForwardPass.maximumRows) {
        let range = start..<min(start + CachedForwardPass.maximumRows, passage.tokens.count - 1)
        var rows = CachedForwardPass.Rows()
        for position in range {
          mixer.read(passage.tokens[position], slot: 0)
          mixer.predict(row: rows.count, slot: 0)
          rows.append(passage.tokens[position], slot: 0, position: position)
        }
        forwardPass.read(rows)
        examples.append(
          MixtureExample(
            forwardPass.logits(count: rows.count), mixer.probabilities(count: rows.count),
            targets: range.map { passage.tokens[$0 + 1] }, unscored: passage.unscored - start))
      }
    }
    return Mixture(fittedTo: examples)
  }
}

/// What a network and a memory predict after some tokens of a text.
private final class MixtureExample {
  private let logits: Logits
  private let probabilities: TokenProbabilities
  private let mixed: Logits
  private let targets: [TokenID]
  private let unscored: Int
  private let losses: Lanes
  private let buffers: [FloatBuffer]

  init(_ logits: Logits, _ probabilities: TokenProbabilities, targets: [TokenID], unscored: Int) {
    let columns = wholeVectors(targets.count)
    let buffers = (0..<3).map { _ in FloatBuffer(count: logits.vocabulary * rowStride(columns)) }
    let matrices = buffers.map { $0.matrix(rows: logits.vocabulary, columns: columns) }
    let lossMemory = FloatBuffer(count: columns)
    self.logits = logits.copy(to: matrices[0])
    self.probabilities = probabilities.copy(to: matrices[1])
    mixed = Logits(matrices[2], sequences: targets.count)
    losses = lossMemory.lanes(count: targets.count)
    self.targets = targets
    self.unscored = unscored
    self.buffers = buffers + [lossMemory]
  }

  /// The loss of the tokens as `mixture` predicts them, in nats.
  func nats(_ mixture: Mixture) -> Double {
    logits.mix(probabilities, share: Float(mixture.share), sharpness: Float(mixture.sharpness), into: mixed)
    let targets = targets
    crossEntropy(mixed, targets: targets.span, losses: losses)
    var nats = 0.0
    for row in targets.indices where row >= unscored { nats += Double(losses[row]) }
    return nats
  }
}

extension Mixture {
  /// The mixture that predicts `examples` best, or one nearer to the typical mixture where they are few: what differs
  /// from it has a price.
  fileprivate init(fittedTo examples: [MixtureExample]) {
    let typical = MixturePoint(.typical)
    let deviations = MixturePoint(logOdds: 1.5, sharpness: 0.05)
    func cost(_ point: MixturePoint) -> Double {
      let (share, sharpness) = (
        (point.logOdds - typical.logOdds) / deviations.logOdds,
        (point.sharpness - typical.sharpness) / deviations.sharpness
      )
      return examples.reduce((share * share + sharpness * sharpness) / 2) { $0 + $1.nats(point.mixture) }
    }
    var best = (point: typical, cost: cost(typical))
    func consider(_ point: MixturePoint) -> Double {
      let cost = cost(point)
      if cost < best.cost { best = (point, cost) }
      return cost
    }
    // Each value in turn is moved to the lowest point of a parabola through three.
    for width in [1.0, 0.5, 0.25, 0.25] {
      for step in [
        MixturePoint(logOdds: width * deviations.logOdds, sharpness: 0),
        MixturePoint(logOdds: 0, sharpness: width * deviations.sharpness),
      ] {
        let middle = best
        let (before, after) = (
          consider(middle.point.moved(by: step, times: -1)), consider(middle.point.moved(by: step))
        )
        let curvature = before + after - 2 * middle.cost
        let move = curvature > 0 ? (before - after) / (2 * curvature) : before < after ? -2 : 2
        _ = consider(middle.point.moved(by: step, times: min(2, max(-2, move))))
      }
    }
    self = best.point.mixture
  }
}

/// A mixture among others, whose share is sought by the logarithm of its odds.
private struct MixturePoint {
  var logOdds: Double
  var sharpness: Double

  var mixture: Mixture { Mixture(share: 1 / (1 + exponential(-logOdds)), sharpness: sharpness) }

  func moved(by step: MixturePoint, times factor: Double = 1) -> MixturePoint {
    MixturePoint(logOdds: logOdds + factor * step.logOdds, sharpness: sharpness + factor * step.sharpness)
  }
}

extension MixturePoint {
  init(_ mixture: Mixture) {
    self.init(logOdds: naturalLogarithm(mixture.share / (1 - mixture.share)), sharpness: mixture.sharpness)
  }
}
