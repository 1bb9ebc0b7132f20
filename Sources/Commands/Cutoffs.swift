import CommandOptions

/// The value of `--cutoffs`: numbers of tokens, ascending and separated by commas, or `none`.
struct Cutoffs: ExpressibleByArgument, CustomStringConvertible {
  let numbers: [Int]

  init?(argument: String) {
    let words = argument == "none" ? [] : argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0) }
    let isAscending = zip([0] + numbers, numbers).allSatisfy { $0 < $1 }
    guard numbers.count == words.count && isAscending && numbers.count <= 6 else { return nil }
    self.numbers = numbers
  }

  var description: String { numbers.isEmpty ? "none" : numbers.map(String.init).joined(separator: ",") }
  static var valueName: String { "N,N|none" }
  static var expectation: String { "must be none, or up to 6 ascending numbers such as 500,4000" }
}
