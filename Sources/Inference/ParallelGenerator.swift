import ModelMemory
import NGrams
import Parallelism
import Synchronization

/// Generates the texts of one series on several threads, each of which keeps its prefix cache from one call to the
/// next.
package final class ParallelGenerator: Sendable {
  private let team: ThreadTeam
  private let workers: [Worker]

  /// The generator of one thread. Its lock is free whenever the thread takes it.
  private final class Worker: Sendable {
    let generator: Mutex<Generator>

    init(_ generator: consuming sending Generator) { self.generator = Mutex(generator) }
  }

  /// - Parameter expecting: The number of texts that will be generated in all, or more.
  init(
    _ members: [FrozenParameters], _ memory: MixedMemory?, _ request: GenerationRequest, expecting count: Int,
    threads: Int
  ) {
    team = ThreadTeam(count: threads)
    workers = (0..<threads).map { _ in Worker(Generator(members, memory, request, expecting: count)) }
  }

  /// The texts with these numbers. Ranges may come in any order.
  package func generate(_ numbers: Range<Int>) throws(SamplingError) -> GeneratedSequences {
    let pieces = team.mapChunks(of: numbers, size: 1024) { [workers] member, piece in
      workers[member].generator.withLock { generator in
        Result { () throws(SamplingError) in try generator.generate(piece) }
      }
    }
    var sequences = GeneratedSequences(count: 0)
    for piece in pieces { sequences.append(contentsOf: try piece.get()) }
    return sequences
  }
}
