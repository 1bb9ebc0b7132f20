import Files
import StrictJSON

/// The header of a file that this program wrote: a model or a checkpoint, also in a format of another version.
package struct ModelHeader: Sendable {
  package let isCheckpoint: Bool
  /// The recipe, the corpus and the result of training.
  package let training: JSON.Object

  /// Returns `nil` if the file is missing or anything else. Reads no weights.
  package init?(of path: String) {
    guard let input = try? InputFile(path), let file = try? SafetensorsFile(input),
      file.metadata[ModelFile.Key.formatVersion.rawValue] != nil,
      file.metadata[ModelFile.Key.configuration.rawValue] != nil
    else { return nil }
    isCheckpoint = file.tensors.contains { $0.name.hasPrefix(ModelFile.Part.first.rawValue) }
    let text = file.metadata[ModelFile.Key.training.rawValue]?.string
    training = text.flatMap { try? JSON(parsing: $0).object } ?? JSON.Object()
  }
}
