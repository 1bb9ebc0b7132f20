/// Arguments that mean nothing, or nothing together: a sentence for the person who typed them.
public struct ValidationError: Error, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// Not an error: the person asked for this text (the help, the version) and for nothing else.
public struct CleanExit: Error, Equatable {
  public let message: String

  public init(_ message: String) { self.message = message }
}
