/// An option that people know from other programs, with the option that does the same here.
///
///     FamiliarOption("lr max-lr", "--learning-rate")
///
///     swiftlet train names.txt --lr 0.01
///     swiftlet: unknown option --lr; did you mean --learning-rate?
package struct FamiliarOption: Sendable {
  private let names: [String]
  private let option: String?
  let answer: String

  /// - Parameters:
  ///   - names: The names in other programs, separated by spaces, without leading dashes, and with hyphens for
  ///     underscores.
  ///   - option: The option here. A command without it gives another answer.
  package init(_ names: String, _ option: String) {
    self.init(names, option, answer: "did you mean \(option)?")
  }

  /// - Parameter answer: The end of the sentence, in place of “did you mean”.
  package init(_ names: String, _ option: String? = nil, answer: String) {
    self.names = names.split(separator: " ").map(String.init)
    self.option = option
    self.answer = answer
  }

  /// True if this is the answer to the unknown `name` in a command whose options are `options`.
  func answers(_ name: String, among options: [String]) -> Bool {
    let plain = name.drop { $0 == "-" }.lowercased().replacing("_", with: "-")
    return names.contains(plain) && (option.map(options.contains) ?? true)
  }
}
