import ModelMemory
import Parallelism

/// Writes the texts of one series on several threads, each of which remembers from one call to the next what texts begin with.
///
/// It is for one caller at a time.
package final class Generator {
  private let team: Team
  private let workers: [Worker]

  /// One member's generation, which no other touches.
  private final class Worker: @unchecked Sendable {
    var generation: Generation

    init(_ generation: consuming Generation) { self.generation = generation }
  }

  /// For `texts` in all, or more.
  init(_ parameters: FrozenParameters, _ request: GenerationRequest, texts: Int, threads: Int) {
    team = Team(count: threads)
    workers = (0..<threads).map { _ in Worker(Generation(parameters, request, texts: texts)) }
  }

  /// The texts of those numbers, in any order of ranges.
  package func generate(_ samples: Range<Int>) throws(SamplingError) -> GeneratedTexts {
    let pieces = team.inPieces(samples, of: 1024) { member, piece in
      Result { () throws(SamplingError) in try workers[member].generation.write(piece) }
    }
    var texts = GeneratedTexts(count: 0)
    for piece in pieces { texts.append(try piece.get()) }
    return texts
  }
}
