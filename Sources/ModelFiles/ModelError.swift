/// The reason why a file is not a usable model, or a model cannot be written or used.
public struct ModelError: Error, Equatable, CustomStringConvertible {
  public let description: String

  package init(_ description: String) { self.description = description }
}

extension ModelError {
  /// A file is not a safetensors file, or cannot become one.
  init(safetensors path: String, _ problem: String) {
    self.init("\(path) is not a sound safetensors file: \(problem)")
  }
}

/// A defect of a model, as a sentence that does not name its file.
struct ModelProblem: Error {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}
