import Files
import Support

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

extension ModelError {
  /// The file at `path`, which begins with `head`, is something else than a model.
  init(_ path: String, isNotAModelBut head: [UInt8]) {
    if head.isEmpty {
      self.init("\(path) is empty; it is not a Swiftlet model.")
    } else if let format = BinaryFormat(head: head) {
      self.init("\(path) is \(format.name), not a Swiftlet model.")
    } else if BinaryFormat.isText(head) {
      self.init(
        "\(path) is a text, not a Swiftlet model. To train a model on it: swiftlet train \(path.pathQuotedForShell)")
    } else {
      self.init("\(path) is not a Swiftlet model.")
    }
  }
}

#if hasFeature(Embedded)
  /// In a page, which reads no files itself, only the contents can be wrong. Embedded Swift has no errors of any type.
  package typealias ReadingError = ModelError
#else
  package typealias ReadingError = any Error
#endif

/// A defect of a model, as a sentence that does not name its file.
struct ModelProblem: Error {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}
