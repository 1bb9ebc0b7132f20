import Tokenization

/// The number of tokens in the longest run that one of `samples` shares with `text`.
///
/// A run of a length is shared only if one of every shorter length is, so the length is found by bisection. For each
/// length, the hash of every run of the text is looked up among those of the samples.
package func longestSharedRun(of samples: [[TokenID]], with text: [TokenID]) -> Int {
  var shared = 0
  var beyond = 1 + (samples.map { $0.count }.max() ?? 0)
  while beyond - shared > 1 {
    let length = (shared + beyond) / 2
    if hasSharedRun(of: length, samples, text) { shared = length } else { beyond = length }
  }
  return shared
}

/// The runs of a length in texts, to tell whether others contain one of them.
package struct TokenRuns {
  private let length: Int
  private var hashes: Set<UInt64> = []

  /// - Parameter length: The number of tokens in a run, at least 1.
  package init(of length: Int) { self.length = length }

  /// Adds the runs of `text`.
  package mutating func add(_ text: [TokenID]) {
    _ = firstRun(of: length, in: text) { hash in
      hashes.insert(hash)
      return false
    }
  }

  /// Returns true if `text` has one of the runs.
  package func hasRun(_ text: [TokenID]) -> Bool { firstRun(of: length, in: text) { hashes.contains($0) } }
}

private func hasSharedRun(of length: Int, _ samples: [[TokenID]], _ text: [TokenID]) -> Bool {
  var hashes: Set<UInt64> = []
  // Most runs of the text are told by sixteen bits of their hash not to be among the samples'.
  var isPossible = Array(repeating: false, count: 1 << 16)
  for sample in samples {
    _ = firstRun(of: length, in: sample) { hash in
      hashes.insert(hash)
      isPossible[Int(hash >> 48)] = true
      return false
    }
  }
  return firstRun(of: length, in: text) { isPossible[Int($0 >> 48)] && hashes.contains($0) }
}

/// Calls `isWanted` with the hash of every run of `length` tokens until it returns true.
private func firstRun(of length: Int, in text: [TokenID], _ isWanted: (UInt64) -> Bool) -> Bool {
  guard text.count >= length else { return false }
  let base: UInt64 = 0x9E37_79B9_7F4A_7C15
  var highest: UInt64 = 1
  for _ in 0..<length { highest &*= base }
  var hash: UInt64 = 0
  for (index, token) in text.enumerated() {
    hash = hash &* base &+ code(token)
    if index >= length { hash = hash &- highest &* code(text[index - length]) }
    if index >= length - 1 && isWanted(hash ^ hash >> 29) { return true }
  }
  return false
}

private func code(_ token: TokenID) -> UInt64 { (UInt64(UInt32(bitPattern: token)) &+ 2) &* 0xBF58_476D_1CE4_E5B9 }
