import CommandOptions
import GPT

/// The number of networks of a model.
struct NetworkCount: ExpressibleByArgument {
  /// `nil` where the recipe chooses.
  let number: Int?

  init?(argument: String) {
    if argument == "auto" {
      number = nil
    } else {
      guard let number = Int(argument), 1...ModelShape.mostMembers ~= number else { return nil }
      self.number = number
    }
  }

  static var valueName: String { "auto|N" }
  static var expectation: String { "must be auto or from 1 to \(ModelShape.mostMembers)" }
}
