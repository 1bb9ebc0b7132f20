import GPT
import Parallelism
import Support

/// An engine for several networks of the same sizes, each of which learns every batch. The probabilities of the model
/// are the means of theirs.
///
/// Where the threads divide among the networks, these compute at the same time; otherwise all threads compute one
/// network after the other. The results have the same bits.
package final class Ensemble: Engine {
  package let configuration: Configuration
  package let threads: Int
  private let members: [Member]
  /// Its threads compute a network each.
  private let team: ThreadTeam

  /// One of the networks, with its last results. Only one thread at a time uses it.
  private final class Member: @unchecked Sendable {
    let engine: any Engine
    var step: StepResult?
    var failure: NotFinite?
    var nats: [Float] = []

    init(_ engine: any Engine) { self.engine = engine }
  }

  /// - Parameters:
  ///   - threads: The number of threads in all.
  ///   - sharesThreads: True if networks may compute at the same time.
  ///   - engine: Makes the engine of a network for a number of threads.
  package init(
    _ weights: Weights, _ moments: Moments, threads: Int = 1, sharesThreads: Bool = true,
    engine: (Weights, Moments, _ threads: Int) -> any Engine
  ) {
    configuration = weights.configuration
    self.threads = threads
    let count = configuration.members
    let divides = sharesThreads && (threads.isMultiple(of: count) || count.isMultiple(of: threads))
    team = ThreadTeam(count: divides ? min(threads, count) : 1)
    let threadsOfMember = divides ? max(1, threads / count) : threads
    let (first, second) = (moments.first.members, moments.second.members)
    members = weights.members.enumerated().map { index, weights in
      Member(engine(weights, Moments(first: first[index], second: second[index]), threadsOfMember))
    }
  }

  package var weights: Weights { Weights(configuration, members: members.map(\.engine.weights)) }

  package var moments: Moments {
    let moments = members.map(\.engine.moments)
    return Moments(
      first: Weights(configuration, members: moments.map(\.first)),
      second: Weights(configuration, members: moments.map(\.second)))
  }

  /// Makes a step of each network. The loss is the mean of theirs, and the norm that of the longest gradient.
  ///
  /// - Throws: `NotFinite` for the first network of which the loss or the gradient is not finite. The weights of that
  ///   network stay unchanged.
  package func train(on batch: Batch, _ update: Update) throws(NotFinite) -> StepResult {
    team.run(tasks: members.count) { [members] _, index in
      let member = members[index]
      do throws(NotFinite) { member.step = try member.engine.train(on: batch, update) } catch { member.failure = error }
    }
    var result = StepResult(loss: 0, gradientNorm: nil)
    for member in members {
      if let failure = member.failure {
        member.failure = nil
        throw failure
      }
      guard let step = member.step else { continue }
      result.loss += step.loss / Float(members.count)
      if let norm = step.gradientNorm { result.gradientNorm = max(norm, result.gradientNorm ?? 0) }
    }
    return result
  }

  package func nats(of batch: Batch) -> [Float] {
    team.run(tasks: members.count) { [members] _, index in members[index].nats = members[index].engine.nats(of: batch) }
    return (0..<batch.rows).map { row in meanNats(members.map { $0.nats[row] }) }
  }

  /// Returns −ln of the mean of the probabilities with these losses. The largest probability is a factor, so that small
  /// ones do not vanish.
  private func meanNats(_ nats: [Float]) -> Float {
    let least = nats.reduce(.infinity, min)
    // NaN and infinity stay what they are.
    guard least.isFinite, !nats.contains(where: \.isNaN) else { return nats.reduce(0, +) }
    let sum = nats.reduce(0.0) { $0 + exponential(Double(least - $1)) }
    return least - Float(naturalLogarithm(sum / Double(nats.count)))
  }
}

/// Returns the fast engine of a model, for all of its networks.
package func fastEngine(
  _ weights: Weights, _ moments: Moments, threads: Int = 1, processes: any Communicator = SingleProcess()
) -> any Engine {
  guard weights.configuration.members > 1 else {
    return FastEngine(weights: weights, moments: moments, threads: threads, processes: processes)
  }
  // Processes exchange the gradients of one network after the other, in the same order everywhere.
  return Ensemble(weights, moments, threads: threads, sharesThreads: processes.count == 1) {
    FastEngine(weights: $0, moments: $1, threads: $2, processes: processes)
  }
}
