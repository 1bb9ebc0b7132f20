import Parallelism
import Synchronization
import Testing

/// Without these, a thread could miss its share of a gradient, or two threads could add the same share.
@Suite struct ThreadTeamTests {
  @Test(arguments: [1, 2, 3, 8]) func `every thread runs every closure once`(count: Int) {
    let team = ThreadTeam(count: count)
    for _ in 0..<200 {
      let calls = Mutex(Array(repeating: 0, count: count))
      team.run { thread in calls.withLock { $0[thread] += 1 } }
      #expect(calls.withLock { $0 } == Array(repeating: 1, count: count))
    }
  }

  @Test(arguments: [1, 2, 3, 8], [0, 1, 7, 100]) func `every task runs once`(count: Int, tasks: Int) {
    let team = ThreadTeam(count: count)
    for _ in 0..<20 {
      let calls = Mutex(Array(repeating: 0, count: tasks))
      team.run(tasks: tasks) { _, task in calls.withLock { $0[task] += 1 } }
      #expect(calls.withLock { $0 } == Array(repeating: 1, count: tasks))
    }
  }

  @Test(arguments: [1, 2, 5], [0, 1, 9, 10, 11, 95]) func `chunks cover their range in order`(count: Int, length: Int) {
    let chunks = ThreadTeam(count: count).mapChunks(of: 3..<3 + length, size: 10) { _, chunk in chunk }
    #expect(chunks.flatMap(Array.init) == Array(3..<3 + length))
    if count > 1 { #expect(chunks.count == (length + 9) / 10) }
  }
}
