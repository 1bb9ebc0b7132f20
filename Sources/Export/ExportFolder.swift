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

  /// Writes a file that people may change. If the folder has one with other contents, it is kept as `NAME.previous`.
  func write(_ bytes: [UInt8], keepingChanged name: String) throws {
    let file = file(name)
    let present = InputFile.exists(file) ? try InputFile.contents(of: file, upTo: Self.longestText) : nil
    if present != bytes { try write(bytes, to: name, keepingPrevious: true) }
  }

  func write(_ json: JSON, to name: String) throws { try write(json.bytes(pretty: true), to: name) }

  /// Writes `model.safetensors`.
  func write(_ tensors: [Tensor]) throws {
    let output = try AtomicFile(replacing: file("model.safetensors"))
    try output.write(tensors, metadata: [("format", "pt")])
    try output.commit()
  }

  /// True if `config.json` describes a model of this type in Hugging Face's terms.
  func has(modelType: String) -> Bool { (try? description())?["model_type"]?.string == modelType }

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
