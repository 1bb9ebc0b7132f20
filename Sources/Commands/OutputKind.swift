import Export
import Files
import ModelFiles
import StrictJSON

/// A kind of file that the tool writes, recognized by its content, so that no file of another origin is overwritten.
enum OutputKind {
  case model, checkpoint, metrics, report, page, gguf

  /// A file to be written, with the option that names it.
  typealias File = (option: String, path: String, kind: OutputKind)

  private var name: String {
    switch self {
    case .model: "a model"
    case .checkpoint: "a checkpoint"
    case .metrics: "metrics of a run"
    case .report: "a training report"
    case .page: "an exported page"
    case .gguf: "an exported GGUF file"
    }
  }

  /// Refuses to replace a file that is neither empty nor of its kind.
  static func check(_ file: File, isForced: Bool) throws {
    let (option, path, kind) = file
    guard !isForced, let input = try? InputFile(path), input.count > 0, !kind.matches(path) else { return }
    throw Failure(
      .cannotCreate,
      "\(path) exists, and is not \(kind.name) that swiftlet wrote. Choose another file with \(option), or replace it with "
        + "--force.")
  }

  private func matches(_ path: String) -> Bool {
    switch self {
    case .model: ModelHeader(of: path).map { !$0.isCheckpoint } ?? false
    case .checkpoint: ModelHeader(of: path)?.isCheckpoint ?? false
    case .metrics: Self.isMetrics(path)
    case .report: Self.isPage(path, generator: "Swiftlet report")
    case .page: Self.isPage(path, generator: "Swiftlet page")
    case .gguf: Self.head(of: path)?.firstRange(of: Array(GGUFModel.provenanceKey.utf8)) != nil
    }
  }

  private static func isMetrics(_ path: String) -> Bool {
    guard var lines = try? LineReader(path, longestLine: 1 << 16), (try? lines.next()) == true,
      let line = try? JSON(parsing: lines.line).object
    else { return false }
    return ["step", "loss", "learningRate", "seconds"].allSatisfy { line[$0] != nil }
  }

  private static func isPage(_ path: String, generator: String) -> Bool {
    head(of: path)?.firstRange(of: Array("<meta name=\"generator\" content=\"\(generator)\">".utf8)) != nil
  }

  private static func head(of path: String) -> [UInt8]? {
    guard let file = try? InputFile(path) else { return nil }
    return try? file.bytes(0..<min(file.count, 1 << 12))
  }
}
