import CommandOptions
import Datasets
import Parallelism
import StrictJSON
import Support
import Synchronization
import Terminal
import Training

#if SWIFTLET_MPI
  import Glibc
  import MPICommunication
#endif

/// The processes that run this command: several under `mpirun` in a build with MPI, otherwise this one.
enum Processes {
  #if SWIFTLET_MPI
    /// Joins the others at the first use.
    static let all: any Communicator = {
      joined.store(true, ordering: .relaxed)
      return mpi
    }()
    private static let mpi = MPIProcesses()
    private static let joined = Atomic<Bool>(false)

    /// Ends MPI in this process; all of them call it.
    static func leave() {
      if joined.load(ordering: .relaxed) { mpi.leave() }
    }

    /// Prints the sentence with which this process ends. An interruption, which all of them share, is printed once; a
    /// failure ends the other processes too.
    static func end(with failure: Failure, _ printing: (String) -> Void) {
      guard joined.load(ordering: .relaxed) else { return printing(failure.sentence) }
      if failure.isInterruption {
        if mpi.isFirst { printing(failure.sentence) }
        return mpi.leave()
      }
      // The first process prints a failure that all of them share, and ends the others while they wait.
      if !mpi.isFirst { usleep(500_000) }
      printing((mpi.isFirst ? "" : "process \(mpi.rank): ") + failure.sentence)
      mpi.abort(failure.code.rawValue)
    }
  #else
    static let all: any Communicator = SingleProcess()

    static func leave() {}

    static func end(with failure: Failure, _ printing: (String) -> Void) { printing(failure.sentence) }
  #endif
}

extension Communicator {
  /// The interruption of any process, which all of them learn of between the same two steps.
  var interruption: Interruption? {
    if count == 1 { return Interruption.caught }
    return gather(UInt64(Interruption.caught?.rawValue ?? 0)).max().flatMap { Interruption(rawValue: Int32($0)) }
  }

  /// Refuses a recipe that these processes cannot share.
  func check(_ recipe: Recipe, _ engine: EngineKind, seconds: Double?) throws {
    if recipe.shards > 1 && engine != .fast { throw ValidationError("--shards needs --engine fast") }
    guard count > 1 else { return }
    if seconds != nil {
      throw ValidationError("several processes need --steps: with --seconds, each would measure its own speed")
    }
    guard ProcessPlace(rank: rank, count: count).canShare(recipe.shards) else {
      throw ValidationError(
        "\(count) processes cannot share --shards \(recipe.shards): their number must be 1, 2, 4, 8 … and divide the shards"
      )
    }
  }

  /// Refuses to train where another process has other texts, settings, code or another checkpoint: its gradients would
  /// be wrong.
  func checkAllHave(_ trainer: Trainer) throws {
    guard count > 1 else { return }
    var hash = StableHash()
    let provenance = JSON.object(trainer.provenance).bytes()
    hash.combine(provenance.span)
    let vocabulary = trainer.data.tokenizer.vocabulary
    for token in vocabulary.indices { hash.combine(vocabulary[token]) }
    hash.combine(trainer.engine.weights)
    let all = gather(hash.value)
    if let other = all.firstIndex(where: { $0 != all[0] }) {
      throw Failure(
        .badData,
        "process \(other) has other texts, settings or another checkpoint than process 0; give all of them the same files."
      )
    }
  }
}
