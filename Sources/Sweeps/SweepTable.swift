import Files
import StrictJSON
import Synchronization

/// The results of a sweep as JSON Lines. Each line is written as soon as its model is trained.
///
///     {"settings":{"layers":"1","seed":"7"},"run":"95d1…","model":"sweep/layers-1_seed-7.safetensors",…}
///
/// Each part of a divided sweep has its own file; reading takes all of them.
package final class SweepTable: Sendable {
  package let folder: String
  private let file: LineAppender
  private let lock: FileLock
  private let known: Mutex<[Row]>

  package var rows: [Row] { known.withLock { $0 } }

  /// The file beside the table that lists the best settings first.
  package static let summaryName = "summary.txt"

  /// True unless a sweep would replace a summary in `folder` that no sweep wrote.
  package static func mayUse(_ folder: String) throws -> Bool {
    let names = try Folder.names(in: folder)
    return !names.contains(summaryName) || names.contains(where: isTable)
  }

  private static func isTable(_ name: String) -> Bool { name.hasPrefix("table") && name.hasSuffix(".jsonl") }

  /// Continues or starts the table in `folder`, which must exist.
  package init(_ folder: String, part: Part? = nil) throws {
    self.folder = folder
    let path = folder + "/" + (part.map { "table-\($0.number)-of-\($0.count).jsonl" } ?? "table.jsonl")
    lock = try FileLock(writing: path)
    var rows: [Row] = []
    for name in try Folder.names(in: folder).sorted() where Self.isTable(name) {
      rows += try Self.rows(of: "\(folder)/\(name)", mending: "\(folder)/\(name)" == path)
    }
    file = try LineAppender(path, startingOver: false)
    known = Mutex(rows)
  }

  package func append(_ row: Row) throws {
    try known.withLock {
      try file.append(JSON.object(row.object).description)
      $0.append(row)
    }
  }

  /// Returns the rows of a file without an incomplete last line, which a killed process leaves.
  ///
  /// - Parameter mending: Removes the incomplete line from the file.
  private static func rows(of path: String, mending: Bool) throws -> [Row] {
    guard InputFile.exists(path) else { return [] }
    let bytes = try InputFile.contents(of: path, upTo: memoryForText)
    let end = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    if mending && end < bytes.count {
      let file = try AtomicFile(replacing: path)
      try file.write(Array(bytes[..<end]))
      try file.commit()
    }
    return try bytes[..<end].split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
      do {
        return try Row(JSON(parsing: Array(line).span))
      } catch let error as JSONError {
        throw SweepError("\(path), line \(index + 1), is not a row of a sweep: \(error).")
      }
    }
  }
}

extension SweepTable {
  /// The result of one combination of settings.
  package struct Row: Sendable, Equatable {
    package let settings: Grid.Point
    /// A hash of the model's settings and data. A model with an equal hash is not trained again.
    package let run: String
    /// The JSON summary of training, or the reason why there is no model.
    package let result: JSON.Object

    package init(settings: Grid.Point, run: String, result: JSON.Object) {
      self.settings = settings
      self.run = run
      self.result = result
    }

    package init(settings: Grid.Point, run: String, failure: String) {
      var result = JSON.Object()
      result["failure"] = .string(failure)
      self.init(settings: settings, run: run, result: result)
    }

    init(_ json: JSON) throws(JSONError) {
      guard var object = json.object else { throw JSONError("it must be an object, not \(json.kind)") }
      var settings: Grid.Point = []
      for member in try object.object("settings").members {
        guard let value = member.value.string else { throw JSONError("\(JSON.quoted(member.key)) must be a string") }
        settings.append(Grid.Setting(name: member.key, value: value))
      }
      let run = try object.string("run")
      object["settings"] = nil
      object["run"] = nil
      self.init(settings: settings, run: run, result: object)
    }

    /// The row as JSON.
    package var object: JSON.Object {
      var settings = JSON.Object()
      for setting in self.settings { settings[setting.name] = .string(setting.value) }
      var object = JSON.Object()
      object["settings"] = .object(settings)
      object["run"] = .string(run)
      for member in result.members { object[member.key] = member.value }
      return object
    }

    package var failure: String? { result["failure"]?.string }
    package var heldOutLoss: Double? { result["validationLoss"]?.number?.double }
    package var bitsPerByte: Double? { result["bitsPerByte"]?.number?.double }
    package var loss: Double? { result["loss"]?.number?.double }
  }
}

/// The reason why a sweep cannot continue, as a sentence.
package struct SweepError: Error, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
