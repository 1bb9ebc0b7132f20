import CommandOptions
import Datasets
import Parallelism
import StrictJSON
import Support
import Synchronization
import Terminal
import Training

#if SWIFTLET_MPI
  import MPICommunication
#endif

/// The processes that the tool was started as: several under `mpirun`, where it was built for that, otherwise this one.
enum Processes {
  #if SWIFTLET_MPI
    /// Joins them when it is first asked for.
    static let all: any Communicator = {
      joined.store(true, ordering: .relaxed)
      return mpi
    }()
    private static let mpi = MPIProcesses()
    private static let joined = Atomic<Bool>(false)

    /// What all of them do at the end.
    static func leave() {
      if joined.load(ordering: .relaxed) { mpi.leave() }
    }

    /// Prints the sentence with which this process ends: an end that all have together once, and for a failure of this one alone, it
    /// takes the others with it.
    static func end(with failure: Failure, _ printing: (String) -> Void) {
      guard joined.load(ordering: .relaxed) else { return printing(failure.sentence) }
      if failure.isInterruption {
        if mpi.isFirst { printing(failure.sentence) }
        return mpi.leave()
      }
      // What every process finds wrong, the first one says; then there is nobody left to say it again.
      if !mpi.isFirst { pause() }
      printing((mpi.isFirst ? "" : "process \(mpi.rank): ") + failure.sentence)
      mpi.abort(failure.code.rawValue)
    }

    private static func pause() {
      let start = ContinuousClock.now
      while start.duration(to: .now) < .milliseconds(500) {}
    }
  #else
    static let all: any Communicator = SingleProcess()

    static func leave() {}

    static func end(with failure: Failure, _ printing: (String) -> Void) { printing(failure.sentence) }
  #endif
}

extension Communicator {
  /// The wish to end of any process, which all of them hear between the same two steps.
  var interruption: Interruption? {
    if count == 1 { return Interruption.caught }
    return gather(UInt64(Interruption.caught?.rawValue ?? 0)).max().flatMap { Interruption(rawValue: Int32($0)) }
  }

  /// Refuses a run that these processes cannot share.
  func check(_ recipe: Recipe, _ engine: EngineKind, seconds: Double?) throws {
    if recipe.shards > 1 && engine != .fast { throw ValidationError("--shards goes with --engine fast") }
    guard count > 1 else { return }
    if seconds != nil {
      throw ValidationError("several processes need --steps: each would measure --seconds otherwise")
    }
    guard canShare(recipe.shards) else {
      throw ValidationError(
        "\(count) processes cannot share --shards \(recipe.shards): their number must be 1, 2, 4, 8 … and divide the shards"
      )
    }
  }

  /// Refuses to go on when another process has other texts, settings, code or another checkpoint: sums with it would mean nothing.
  func checkAllHave(_ trainer: Trainer) throws {
    guard count > 1 else { return }
    var hash = StableHash()
    let provenance = JSON.object(trainer.provenance).bytes()
    hash.combine(provenance.span)
    let vocabulary = trainer.data.tokenizer.vocabulary
    for token in vocabulary.indices { hash.combine(vocabulary[token]) }
    for tensor in trainer.engine.weights.tensors {
      for number in tensor { hash.combine(UInt64(number.bitPattern)) }
    }
    let all = gather(hash.value)
    if let other = all.firstIndex(where: { $0 != all[0] }) {
      throw Failure(
        .badData,
        "process \(other) has other texts, settings or another checkpoint than process 0; give all of them the same files."
      )
    }
  }
}
