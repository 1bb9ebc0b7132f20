/// One line of a command's table: everything that help, manual pages and completions say about an argument or option.
package struct Parameter: Sendable, Equatable {
  package enum Kind: Sendable {
    /// Found by its place: `CORPUS`.
    case argument
    /// Found by its name and followed by a value: `--steps 100`.
    case option
    /// Found by its name and complete: `--quiet`.
    case flag
  }

  package let kind: Kind
  /// As typed, `--learning-rate`; for an argument, its value's name.
  package let name: String
  /// Stands for the value in help; empty for a flag.
  package let valueName: String
  /// The values that can be listed.
  package let choices: [String]
  /// Which numbers are allowed, in words.
  package let limits: String?
  /// What holds when it is not given, in words.
  package let fallback: String?
  package let isRepeating: Bool
  package let isRequired: Bool
  package let help: String
}

/// What the parser needs of a declared property.
protocol Declared: AnyObject {
  func parameter(property: String) -> Parameter

  /// Takes the value of an option or argument; an empty text for a flag.
  func accept(_ text: String) throws(Refusal)
}
