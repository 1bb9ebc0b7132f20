import Kernels
import Support
import Tokenization

/// The beginnings that many texts share, and what may follow each: who meets one again has nothing to read.
///
/// The first is the prompt. Every other is another one and a token more, and is kept when it comes for the second time, for as long as
/// there is room: what comes often comes early. Its keys and values are kept elsewhere, by its number.
struct Beginnings: ~Copyable {
  let capacity: Int
  private(set) var count = 0
  private let vocabulary: Int
  private let sums: KeptSums
  /// For each beginning and token the number of the two together, or `never` or `once`.
  private var numbers: [Int32]

  private static let never: Int32 = 0
  private static let once: Int32 = -1

  init(capacity: Int, vocabulary: Int) {
    self.capacity = capacity
    self.vocabulary = vocabulary
    sums = KeptSums(rows: capacity, tokens: vocabulary)
    numbers = []
    numbers.reserveCapacity(capacity * vocabulary)
  }

  /// The bytes that one takes.
  static func memory(vocabulary: Int) -> Int { 4 * (KeptSums.floats(tokens: vocabulary) + vocabulary) }

  /// What follows a beginning where chance is `uniform`.
  func choice(after beginning: Int, _ uniform: Float) -> TokenID {
    sums.choice(row: beginning, uniform: uniform)
  }

  /// The beginning that `beginning` and `token` are together, if it is kept.
  func longer(_ beginning: Int, _ token: TokenID) -> Int? {
    let number = numbers[beginning * vocabulary + Int(token)]
    return number > 0 ? Int(number) : nil
  }

  /// Keeps the beginning of all: the running sums of what may follow it are that column.
  mutating func keepFirst(_ column: Int, of sums: Matrix) {
    precondition(count == 0)
    keep(column, of: sums)
  }

  /// Takes note that `beginning` and `token` have come; their number, if it is now that they are kept.
  mutating func note(_ beginning: Int, _ token: TokenID, _ column: Int, of sums: Matrix) -> Int? {
    let place = beginning * vocabulary + Int(token)
    guard numbers[place] == Self.once && count < capacity else {
      numbers[place] = Self.once
      return nil
    }
    numbers[place] = Int32(count)
    keep(column, of: sums)
    return count - 1
  }

  private mutating func keep(_ column: Int, of sums: Matrix) {
    self.sums.keep(column, of: sums, row: count)
    numbers.append(contentsOf: repeatElement(Self.never, count: vocabulary))
    count += 1
  }
}
