import Kernels
import Tokenization

/// The prefixes that many texts share, with the probabilities of what follows each: a text that has a cached prefix
/// needs no forward pass for it.
///
/// The first prefix is the prompt. Every other is a cached prefix and one more token, and is stored when it occurs for
/// the second time, as long as there is room; frequent prefixes come early. The caller keeps the keys and values of a
/// prefix, by its number.
struct PrefixCache: ~Copyable {
  let capacity: Int
  private(set) var count = 0
  private let vocabulary: Int
  private let cumulative: CumulativeRows
  /// The number of the prefix that each prefix and token make together (capacity, V), or `unseen` or `seenOnce`.
  private var extensions: [Int32]

  private static let unseen: Int32 = 0
  private static let seenOnce: Int32 = -1

  init(capacity: Int, vocabulary: Int) {
    self.capacity = capacity
    self.vocabulary = vocabulary
    cumulative = CumulativeRows(rows: capacity, vocabulary: vocabulary)
    extensions = []
    extensions.reserveCapacity(capacity * vocabulary)
  }

  /// The bytes that one prefix takes.
  static func bytesPerPrefix(vocabulary: Int) -> Int {
    4 * (CumulativeRows.floats(vocabulary: vocabulary) + vocabulary)
  }

  /// The token that the uniform random number `random` selects after a prefix.
  func sampleToken(after prefix: Int, random: Float) -> TokenID {
    cumulative.sampleToken(row: prefix, randomNumber: random)
  }

  /// The number of `prefix` extended by `token`, if it is cached.
  func extending(_ prefix: Int, by token: TokenID) -> Int? {
    let number = extensions[prefix * vocabulary + Int(token)]
    return number > 0 ? Int(number) : nil
  }

  /// Stores the prompt, whose cumulative probabilities are a column of `cumulative`.
  mutating func storePrompt(_ cumulative: CumulativeWeights, column: Int) {
    precondition(count == 0)
    store(cumulative, column: column)
  }

  /// Counts an occurrence of `prefix` extended by `token`, and returns its number if this occurrence stored it.
  mutating func note(_ prefix: Int, extendedBy token: TokenID, _ cumulative: CumulativeWeights, column: Int) -> Int? {
    let place = prefix * vocabulary + Int(token)
    guard extensions[place] == Self.seenOnce && count < capacity else {
      extensions[place] = Self.seenOnce
      return nil
    }
    extensions[place] = Int32(count)
    store(cumulative, column: column)
    return count - 1
  }

  private mutating func store(_ cumulative: CumulativeWeights, column: Int) {
    self.cumulative.set(row: count, to: cumulative, sequence: column)
    extensions.append(contentsOf: repeatElement(Self.unseen, count: vocabulary))
    count += 1
  }
}
