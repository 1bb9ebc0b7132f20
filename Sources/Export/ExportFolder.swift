import Files
import ModelFiles
import StrictJSON

/// A folder of files that describe a model to another program.
struct ExportFolder: Sendable {
  let path: String

  /// The limit for text files: that of the header of a model file, which has the same contents as `config.json`.
  static let longestText = 100_000_000

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Returns true if there is no such folder, if it is empty, or if its `config.json` is one that `isOwn` accepts.
  func isFree(where isOwn: (JSON.Object) -> Bool) -> Bool {
    guard let names = try? Folder.names(in: path) else { return true }
    return names.isEmpty || (try? description()).map(isOwn) == true
  }

  func make() throws { try Folder.make(path) }

  func write(_ bytes: [UInt8], to name: String, keepingPrevious: Bool = false) throws {
    let output = try AtomicFile(replacing: file(name), keepingPrevious: keepingPrevious)
    try output.write(bytes)
    try output.commit()
  }

  func write(_ json: JSON, to name: String) throws { try write(json.bytes(pretty: true), to: name) }

  /// Writes `model.safetensors`.
  func write(_ tensors: [Tensor]) throws {
    let output = try AtomicFile(replacing: file("model.safetensors"))
    try output.write(tensors, metadata: [("format", "pt")])
    try output.commit()
  }

  /// Reads `config.json`.
  func description() throws -> JSON.Object {
    let name = file("config.json")
    let text = try InputFile.contents(of: name, upTo: Self.longestText)
    do throws(JSONError) {
      let json = try JSON(parsing: text.span)
      guard let object = json.object else { throw JSONError("it must be an object, not \(json.kind)") }
      return object
    } catch {
      throw ExportError("\(name) does not describe a model: \(error)")
    }
  }
}
