/// One line of a command's table: everything that help, manual pages and completions say about an argument or option.
public struct Parameter: Sendable, Equatable {
  public enum Kind: Sendable {
    /// Found by its place: `CORPUS`.
    case argument
    /// Found by its name and followed by a value: `--steps 100`.
    case option
    /// Found by its name and complete: `--quiet`.
    case flag
  }

  public let kind: Kind
  /// As typed, `--learning-rate`; for an argument, its value's name.
  public let name: String
  /// Stands for the value in help; empty for a flag.
  public let valueName: String
  /// The values that can be listed.
  public let choices: [String]
  /// Which numbers are allowed, in words.
  public let limits: String?
  /// What holds when it is not given, in words.
  public let fallback: String?
  public let isRepeating: Bool
  public let isRequired: Bool
  public let help: String
}

/// What the parser needs of a declared property.
protocol Declared: AnyObject {
  func parameter(property: String) -> Parameter

  /// Takes the value of an option or argument; an empty text for a flag.
  func accept(_ text: String) throws(Refusal)
}
