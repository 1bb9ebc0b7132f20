/// Arguments that mean nothing, or nothing together: a sentence for the person who typed them.
package struct ValidationError: Error, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Not an error: the person asked for this text (the help, the version) and for nothing else.
package struct CleanExit: Error, Equatable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
