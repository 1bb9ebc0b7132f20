/// One line of a command's table: the description of an argument or option.
package struct Parameter: Sendable, Equatable {
  package enum Kind: Sendable {
    /// A value by position: `CORPUS`.
    case argument
    /// A name followed by a value: `--steps 100`.
    case option
    /// A name without a value: `--quiet`.
    case flag
  }

  package let kind: Kind
  /// As typed, `--learning-rate`; for an argument, its value's name.
  package let name: String
  /// The placeholder for the value in the help; empty for a flag.
  package let valueName: String
  /// All allowed values, where they can be listed.
  package let choices: [String]
  /// The allowed numbers, in words.
  package let limits: String?
  /// The default, in words.
  package let fallback: String?
  package let isRepeating: Bool
  package let isRequired: Bool
  package let help: String
  /// A second name of one letter, such as `-o`.
  package var short: String?

  /// Every name by which an option can be given.
  var names: [String] { [short, name].compactMap(\.self) }
}

/// A declared property as the parser sees it.
protocol Declared: AnyObject {
  func parameter(property: String) -> Parameter

  /// Sets the value of an option or argument; `text` is empty for a flag.
  func accept(_ text: String) throws(Refusal)
}
