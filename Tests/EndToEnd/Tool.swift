import Foundation
import Testing

/// A run of the real tool, as a person or a script runs it.
struct ToolRun {
  let status: Int32
  let output: String
  let errors: String

  /// Runs `swiftlet` with `arguments` in `folder` and waits for its end.
  init(
    _ arguments: [String], in folder: TemporaryFolder, input: String = "", environment: [String: String] = [:]
  ) throws {
    let outputs = folder.url.appending(path: ".output-\(UUID())")
    let errors = folder.url.appending(path: ".errors-\(UUID())")
    let inputs = folder.url.appending(path: ".input-\(UUID())")
    try Data(input.utf8).write(to: inputs)
    for file in [outputs, errors] { try Data().write(to: file) }
    defer { for file in [outputs, errors, inputs] { try? FileManager.default.removeItem(at: file) } }

    let process = Process()
    process.executableURL = try Self.tool
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: inputs)
    process.standardOutput = try FileHandle(forWritingTo: outputs)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    output = String(decoding: try Data(contentsOf: outputs), as: UTF8.self)
    self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
  }

  /// The tool that was built together with these tests: it lies beside their bundle.
  static var tool: URL {
    get throws {
      let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
      var folder = URL(filePath: bundle)
      while folder.pathComponents.count > 1 {
        folder.deleteLastPathComponent()
        let tool = folder.appending(path: "swiftlet")
        if FileManager.default.isExecutableFile(atPath: tool.path) && !folder.path.hasSuffix(".xctest") { return tool }
      }
      throw ToolMissing(bundle: bundle)
    }
  }
}

struct ToolMissing: Error {
  let bundle: String
}

/// A folder of one test's own, removed with it.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "swiftlet-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns its name.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return name
  }

  func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(at: url.appending(path: name), withIntermediateDirectories: true)
    return name
  }

  func contents(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

  func contains(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url.appending(path: name).path) }
}
