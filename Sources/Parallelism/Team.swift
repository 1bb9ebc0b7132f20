import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Threads that stay, and do one piece of work after another together.
///
/// A step of training takes microseconds, less than waking a thread through the system. So the members wait for work, and for each
/// other, by looking at a number again and again; only when nothing has come for a while do they sleep.
package final class Team: Sendable {
  package let count: Int
  private let state: State

  /// How many threads this machine runs at the same time.
  package static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// A team of `count`, of which the calling thread is one whenever it calls.
  package init(count: Int) {
    precondition(count >= 1, "a team of \(count)")
    self.count = count
    state = State(count: count)
    for member in 1..<max(count, 2) where member < count { state.start(member) }
  }

  deinit { state.dismiss() }

  /// Calls `work` once for each member, from 0 on, at the same time, and returns when all are done.
  package func run(_ work: (_ member: Int) -> Void) {
    if count == 1 { return work(0) }
    withoutActuallyEscaping(work) { work in
      state.post(Job(work: work))
      work(0)
      state.await()
    }
  }

  /// Calls `work` once for each index below `count`, each by the first member that is free, and returns when all are done.
  package func share(_ count: Int, _ work: (_ member: Int, _ index: Int) -> Void) {
    state.next.store(0, ordering: .relaxed)
    run { member in
      while true {
        let index = state.next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        work(member, index)
      }
    }
  }

  /// What `work` makes of each `size` of `range`, in their order; of the whole range, where there is one member.
  package func inPieces<Output: Sendable>(
    _ range: Range<Int>, of size: Int, _ work: (_ member: Int, _ piece: Range<Int>) -> Output
  ) -> [Output] {
    guard count > 1 && range.count > size else { return range.isEmpty ? [] : [work(0, range)] }
    let pieces = (range.count + size - 1) / size
    let outputs = Mutex<[Output?]>(Array(repeating: nil, count: pieces))
    share(pieces) { member, index in
      let first = range.lowerBound + index * size
      let output = work(member, first..<min(first + size, range.upperBound))
      outputs.withLock { $0[index] = output }
    }
    return outputs.withLock { $0 }.compactMap(\.self)
  }
}

/// Work on loan to the members for the length of one `run`.
private struct Job: @unchecked Sendable {
  let work: (Int) -> Void
}

/// What the members share. It outlives the team by as long as a member takes to leave.
private final class State: @unchecked Sendable {
  private let count: Int
  /// Counts the jobs posted; members wait for it to change.
  private let posted = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  /// The first index that nobody has taken of those that are shared.
  let next = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let dismissed = Atomic<Bool>(false)
  /// Written before `posted` changes and read after it is seen to have changed.
  private var job: Job?
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(count: Int) {
    self.count = count
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func start(_ member: Int) {
    let role = Unmanaged.passRetained(Role(state: self, member: member))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let failed = pthread_create(
      &thread, nil,
      { argument in
        #if canImport(Darwin)
          let role = Unmanaged<Role>.fromOpaque(argument).takeRetainedValue()
        #else
          guard let argument else { return nil }
          let role = Unmanaged<Role>.fromOpaque(argument).takeRetainedValue()
        #endif
        role.state.serve(role.member)
        return nil
      }, role.toOpaque())
    precondition(failed == 0, "the system has no thread to give (error \(failed))")
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
  }

  func post(_ job: Job) {
    self.job = job
    done.store(0, ordering: .relaxed)
    posted.wrappingAdd(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { wake() }
  }

  /// Waits until every other member has finished the job.
  func await() {
    spin { done.load(ordering: .acquiring) == count - 1 }
    job = nil
  }

  func dismiss() {
    dismissed.store(true, ordering: .sequentiallyConsistent)
    posted.wrappingAdd(1, ordering: .sequentiallyConsistent)
    wake()
  }

  func serve(_ member: Int) {
    var seen = 0
    while true {
      waitForPost(after: seen)
      if dismissed.load(ordering: .acquiring) { return }
      seen += 1
      job?.work(member)
      done.wrappingAdd(1, ordering: .releasing)
    }
  }

  private func waitForPost(after seen: Int) {
    for _ in 0..<20_000 where posted.load(ordering: .acquiring) != seen { return }
    pthread_mutex_lock(mutex)
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    while posted.load(ordering: .sequentiallyConsistent) == seen { pthread_cond_wait(condition, mutex) }
    sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  private func wake() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Looks until `ready`, and lets other threads have the processor when it takes long: there may be fewer processors than members.
  private func spin(_ ready: () -> Bool) {
    while true {
      for _ in 0..<2_000 where ready() { return }
      sched_yield()
    }
  }
}

/// What a new thread is told.
private final class Role: Sendable {
  let state: State
  let member: Int

  init(state: State, member: Int) {
    self.state = state
    self.member = member
  }
}
