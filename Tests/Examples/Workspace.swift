import Foundation
import SwiftletKit

/// A folder for the files of one test, with a small model of names where it is wanted.
final class Workspace {
  let folder: URL
  var path: String { path("names.safetensors") }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "swiftlet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path() }

  /// Trains a model of names in some ten milliseconds and stores it at `path`.
  func trainQuickly() throws {
    let corpus = try Corpus(contentsOf: "corpora/names.txt")
    let trainer = try Trainer(.microgpt, tokenizer: CharacterTokenizer(training: corpus.documents), corpus: corpus)
    try trainer.run()
    try trainer.model.write(to: path)
  }
}
