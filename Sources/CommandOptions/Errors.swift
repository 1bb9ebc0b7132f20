/// Invalid arguments, or a combination of arguments that is invalid, described for the person who typed them.
package struct ValidationError: Error, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// A request for a text and nothing else: the help or the version. Not an error.
package struct CleanExit: Error, Equatable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
