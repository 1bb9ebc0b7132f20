import GPT
import Kernels
import Parallelism

/// The gradient of a batch in shards: each is computed on its own, then they are summed pairwise in a tree, within and
/// between processes.
///
///     ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7))
///
/// Two processes compute the left and the right half of these sums, four compute a pair each; the additions are always
/// the same.
final class Shards {
  let processes: any Communicator
  private var batch = Batch()
  /// The sum of a left half, while the right one is computed; one for each level.
  private var halves: [FloatBuffer] = []
  private var received: FloatBuffer?

  init(_ processes: any Communicator) { self.processes = processes }

  /// Writes the gradient of `whole` to `gradients` and returns its loss. `differentiate` does the same for one shard.
  func differentiate(
    _ whole: Batch, shards: Int, into gradients: FloatBuffer, _ differentiate: (Batch) -> Float
  ) -> Float {
    let place = ProcessPlace(rank: processes.rank, count: processes.count)
    precondition(place.canShare(shards), "\(shards) shards for \(processes.count) processes")
    let loss = sum(place.share(of: shards), level: 0, gradients) { shard in
      let sequences = whole.ends.count
      batch.removeAll()
      batch.append(sequences * shard / shards..<sequences * (shard + 1) / shards, of: whole)
      return differentiate(batch)
    }
    guard processes.count > 1 else { return loss }
    let incoming = received ?? FloatBuffer(count: gradients.count)
    received = incoming
    for partner in place.partners {
      gradients.withNumbers { own in
        incoming.withMutableNumbers { processes.exchange(own, with: partner, receiving: &$0) }
      }
      gradients.add(incoming)
    }
    let losses = processes.gather(UInt64(loss.bitPattern))
    return addInTree(0..<losses.count) { Float(bitPattern: UInt32(truncatingIfNeeded: losses[$0])) }
  }

  private func sum(_ shards: Range<Int>, level: Int, _ gradients: FloatBuffer, _ compute: (Int) -> Float) -> Float {
    if shards.count == 1 { return compute(shards.lowerBound) }
    if halves.count == level { halves.append(FloatBuffer(count: gradients.count)) }
    let middle = shards.lowerBound + shards.count / 2
    let left = sum(shards.lowerBound..<middle, level: level + 1, gradients, compute)
    halves[level].copy(from: gradients)
    let right = sum(middle..<shards.upperBound, level: level + 1, gradients, compute)
    gradients.add(halves[level])
    return left + right
  }
}
