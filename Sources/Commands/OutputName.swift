import CommandOptions
import Files
import ModelFiles
import StrictJSON
import Support

/// The path of a new model, chosen so that it replaces no other model unasked.
struct OutputName {
  let path: String
  /// The reason for a name that is not the corpus's, as a sentence.
  private(set) var note: String?

  init(given path: String) { self.path = path }

  /// The name of the first corpus. If that file is the model of another corpus, the model to start from, or no model
  /// of ours, a number is added.
  init(corpora: [String], from: String?, isForced: Bool) {
    let name = FileName.model(of: corpora[0])
    guard !isForced, let obstacle = Self.obstacle(at: name, corpora, from) else {
      path = name
      return
    }
    let stem = FileName.stem(of: name)
    let others = (2...).lazy.map { "\(stem)-\($0)\(FileName.modelSuffix)" }
    path = others.first { Self.obstacle(at: $0, corpora, from) == nil } ?? name
    note = "\(name) \(obstacle); this one is written to \(path)."
  }

  /// Returns what the file at `path` is, unless a model of these corpora may replace it.
  private static func obstacle(at path: String, _ corpora: [String], _ from: String?) -> String? {
    guard InputFile.exists(path) else { return nil }
    if let from, InputFile.isSame(from, path) { return "is the model of --from" }
    guard let header = ModelHeader(of: path) else { return "exists, and is not a Swiftlet model" }
    if header.isCheckpoint { return "is a checkpoint" }
    let files = (header.training["files"]?.array ?? []).compactMap(\.string)
    if files == corpora.map(FileName.last) { return nil }
    return files.isEmpty ? "is another model" : "is the model of \(files.joined(separator: ", ").escapingInvisibles)"
  }
}
