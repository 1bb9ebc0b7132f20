import Glibc
import Synchronization

/// A fixed set of threads that run one closure after another together.
///
/// A training step takes microseconds, less than the system needs to wake a thread. So the threads spin while they wait
/// for work and for each other, and sleep only if no work has come for a while.
///
/// One thread at a time may call a team's methods.
package final class ThreadTeam: Sendable {
  /// The number of threads, including the calling thread.
  package let count: Int
  private let state: State

  /// The number of threads that this machine runs at the same time.
  package static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Creates a team of `count` threads: the calling thread of each `run`, and `count` − 1 new ones.
  package init(count: Int) {
    precondition(count >= 1, "a team of \(count) threads")
    self.count = count
    state = State(count: count)
    for thread in 1..<max(count, 2) where thread < count { state.start(thread) }
  }

  deinit { state.dismiss() }

  /// Calls `work` once on each thread, at the same time, and returns when all calls have returned.
  package func run(_ work: @Sendable (_ thread: Int) -> Void) {
    if count == 1 { return work(0) }
    withoutActuallyEscaping(work) { work in
      state.post(work)
      work(0)
      state.waitForThreads()
    }
  }

  /// Calls `work` once for each task below `count`, on the first thread that is free, and returns when all calls have
  /// returned.
  package func run(tasks count: Int, _ work: @Sendable (_ thread: Int, _ task: Int) -> Void) {
    state.nextTask.store(0, ordering: .relaxed)
    run { thread in
      while true {
        let task = state.nextTask.wrappingAdd(1, ordering: .relaxed).oldValue
        guard task < count else { return }
        work(thread, task)
      }
    }
  }

  /// Splits `range` into chunks of `size`, the last of which may be shorter, and returns the results of `transform` in
  /// their order.
  ///
  /// A team of one thread transforms the whole range as one chunk.
  package func mapChunks<Output: Sendable>(
    of range: Range<Int>, size: Int, _ transform: @Sendable (_ thread: Int, _ chunk: Range<Int>) -> Output
  ) -> [Output] {
    guard count > 1 && range.count > size else { return range.isEmpty ? [] : [transform(0, range)] }
    let chunks = (range.count + size - 1) / size
    let outputs = Mutex<[Output?]>(Array(repeating: nil, count: chunks))
    run(tasks: chunks) { thread, index in
      let first = range.lowerBound + index * size
      let output = transform(thread, first..<min(first + size, range.upperBound))
      outputs.withLock { $0[index] = output }
    }
    return outputs.withLock { $0 }.compactMap(\.self)
  }
}

/// The state that the threads share. Each thread retains it until it ends, which may be after the team's
/// deinitialization.
///
/// It is `@unchecked Sendable` because of `work` and the two pointers:
/// - `work` is written by the thread that calls `run`, before it increments `posted` and after it has seen every other
///   thread's increment of `completed`. The other threads read it between the two. These atomics order the reads after
///   the one write and before the other.
/// - The pointers never change, and what they point to is accessed through the functions of pthreads alone.
private final class State: @unchecked Sendable {
  private let count: Int
  /// The number of closures posted; threads wait for it to change.
  private let posted = Atomic<Int>(0)
  /// The number of threads that have completed the present closure.
  private let completed = Atomic<Int>(0)
  /// The first task that no thread has taken.
  let nextTask = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isDismissed = Atomic<Bool>(false)
  private var work: (@Sendable (Int) -> Void)?
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

  func start(_ thread: Int) {
    let start = Unmanaged.passRetained(ThreadStart(state: self, thread: thread))
    var handle = pthread_t()
    let error = pthread_create(
      &handle, nil,
      { argument in
        guard let argument else { return nil }
        let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
        start.state.serve(start.thread)
        return nil
      }, start.toOpaque())
    precondition(error == 0, "the system cannot create another thread (error \(error))")
    pthread_detach(handle)
  }

  func post(_ work: @escaping @Sendable (Int) -> Void) {
    self.work = work
    completed.store(0, ordering: .relaxed)
    posted.wrappingAdd(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { wake() }
  }

  /// Waits until every other thread has completed the closure.
  func waitForThreads() {
    spin { completed.load(ordering: .acquiring) == count - 1 }
    work = nil
  }

  func dismiss() {
    isDismissed.store(true, ordering: .sequentiallyConsistent)
    posted.wrappingAdd(1, ordering: .sequentiallyConsistent)
    wake()
  }

  func serve(_ thread: Int) {
    var seen = 0
    while true {
      waitForPost(after: seen)
      if isDismissed.load(ordering: .acquiring) { return }
      seen += 1
      work?(thread)
      completed.wrappingAdd(1, ordering: .releasing)
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

  /// Spins until `isReady`, and yields the processor now and then: there may be fewer processors than threads.
  private func spin(_ isReady: () -> Bool) {
    while true {
      for _ in 0..<2_000 where isReady() { return }
      sched_yield()
    }
  }
}

/// The argument of a new thread.
private final class ThreadStart: Sendable {
  let state: State
  let thread: Int

  init(state: State, thread: Int) {
    self.state = state
    self.thread = thread
  }
}
