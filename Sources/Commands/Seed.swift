import CommandOptions

/// The seed of random numbers: a number that is given, or one that is chosen at random.
struct Seed: ExpressibleByArgument {
  let number: UInt64
  /// True if nobody gave the number, so that it must be said for the run to be repeated.
  let isRandom: Bool

  init(_ number: UInt64, isRandom: Bool = false) {
    self.number = number
    self.isRandom = isRandom
  }

  /// A random number has at most ten digits, so that it is easily copied.
  init?(argument: String) {
    if argument == "random" {
      self.init(UInt64(UInt32.random(in: .min ... .max)), isRandom: true)
    } else {
      guard let number = UInt64(argument) else { return nil }
      self.init(number)
    }
  }

  /// `Seed 1234, chosen at random: --seed 1234 gives the same texts.`, or `nil` for a seed that was given.
  func sentence(repeating result: String) -> String? {
    isRandom ? "Seed \(number), chosen at random: --seed \(number) gives \(result)." : nil
  }

  /// `words` of a command line with `number` in the place of a random seed.
  static func replacingRandom(in words: [String], by number: UInt64) -> [String] {
    var result = words
    for index in words.indices {
      if words[index] == "--seed=random" { result[index] = "--seed=\(number)" }
      if words[index] == "random" && index > 0 && words[index - 1] == "--seed" { result[index] = "\(number)" }
    }
    return result
  }

  var defaultValueDescription: String { "\(number)" }
  static var valueName: String { "N|random" }
  static var expectation: String { "must be a whole number from 0 to \(UInt64.max), or random" }
}
