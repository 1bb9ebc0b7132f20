import Foundation
import GPT
import Inference
import Parallelism
import Support
import Synchronization
import TestSupport
import Testing
import Tokenization
import TrainingEngine

@Suite("Shards change a model by rounding alone, and the number of processes not at all")
struct ShardTests {
  static let configuration = try? Configuration(layers: 2, embedding: 24, heads: 3, context: 12, vocabulary: 19)

  private func batches(_ configuration: Configuration) -> [Batch] {
    var random = RandomSource(seed: 9)
    return (0..<12).map { _ in
      var batch = Batch(configuration, documents: 8, lengths: 0...11, using: &random)
      batch.dropNGrams(0.2, using: &random)
      batch.dropElements(0.2, width: configuration.embedding, using: &random)
      return batch
    }
  }

  private func trained(
    shards: Int, threads: Int = 1, muonRate: Double? = nil, _ processes: any Communicator = SingleProcess()
  ) throws -> Weights {
    let configuration = try #require(Self.configuration)
    let engine = FastEngine(weights: Weights(configuration, seed: 3), threads: threads, processes: processes)
    for (step, batch) in batches(configuration).enumerated() {
      _ = try engine.train(on: batch, Update(step: step + 1, muonRate: muonRate, clip: 1, shards: shards))
    }
    return engine.weights
  }

  @Test func `one shard equals the unsplit batch`() throws {
    let configuration = try #require(Self.configuration)
    let engine = FastEngine(weights: Weights(configuration, seed: 3))
    for (step, batch) in batches(configuration).enumerated() {
      _ = try engine.train(on: batch, Update(step: step + 1, clip: 1))
    }
    #expect(try trained(shards: 1) == engine.weights)
  }

  @Test(arguments: [2, 4, 8]) func `several shards are nearly the same`(shards: Int) throws {
    let (one, several) = (try trained(shards: 1), try trained(shards: shards))
    #expect(one != several, "shards change the order of the additions")
    for (one, several) in zip(one.tensors, several.tensors) {
      let worst = zip(one, several).map { abs($0 - $1) }.max() ?? 0
      #expect(worst < 2e-4, "\(worst)")
    }
  }

  @Test(arguments: [1, 2, 4, 8], [nil, 0.02]) func `any number of processes gives the same bits`(
    count: Int, muonRate: Double?
  ) async throws {
    let alone = try trained(shards: 8, muonRate: muonRate)
    let ring = Ring(count)
    let weights = try await withThrowingTaskGroup(of: Weights.self) { group in
      for rank in 0..<count {
        group.addTask {
          try await onThread {
            try trained(shards: 8, threads: 1 + rank % 2, muonRate: muonRate, Ring.Process(ring, rank))
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(weights.count == count)
    #expect(weights.allSatisfy { $0 == alone })
  }
}

/// Runs `work` on its own thread, because it blocks, and Swift's tasks share few threads.
private func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
  }
}

/// Processes simulated by threads. Each message is stored until its receiver takes it.
private final class Ring: Sendable {
  private let count: Int
  private let messages: Mutex<[[Int]: [Float]]> = Mutex([:])

  init(_ count: Int) { self.count = count }

  final class Process: Communicator {
    let rank: Int
    var count: Int { ring.count }
    private let ring: Ring
    /// The number of messages sent to each process, and received from it, which identifies each message.
    private let sent = Mutex<[Int: Int]>([:])
    private let taken = Mutex<[Int: Int]>([:])

    init(_ ring: Ring, _ rank: Int) { (self.ring, self.rank) = (ring, rank) }

    func exchange(_ outgoing: Span<Float>, with partner: Int, receiving incoming: inout MutableSpan<Float>) {
      send(outgoing.indices.map { outgoing[$0] }, to: partner)
      let numbers = take(from: partner)
      for index in incoming.indices { incoming[index] = numbers[index] }
    }

    func gather(_ number: UInt64) -> [UInt64] {
      let halves = [UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32)]
      for other in 0..<count { send(halves.map(Float.init(bitPattern:)), to: other) }
      return (0..<count).map { other in
        let halves = take(from: other).map { UInt64($0.bitPattern) }
        return halves[0] | halves[1] << 32
      }
    }

    private func send(_ numbers: [Float], to other: Int) {
      let number = next(sent, other)
      ring.messages.withLock { $0[[rank, other, number]] = numbers }
    }

    private func take(from other: Int) -> [Float] {
      let number = next(taken, other)
      while true {
        if let numbers = ring.messages.withLock({ $0.removeValue(forKey: [other, rank, number]) }) { return numbers }
        usleep(10)
      }
    }

    private func next(_ counts: borrowing Mutex<[Int: Int]>, _ other: Int) -> Int {
      counts.withLock {
        $0[other, default: 0] += 1
        return $0[other, default: 0]
      }
    }
  }
}
