import Foundation

/// A folder for one test, which is removed after it.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "swiftlet-\(UUID())")
    try FileManager.default.createDirectory(
      at: url.appending(path: ".scratch"), withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns its name.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  @discardableResult
  package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: url.appending(path: name))
    return name
  }

  @discardableResult
  package func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(at: url.appending(path: name), withIntermediateDirectories: true)
    return name
  }

  package func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: url.appending(path: name))
  }

  /// Returns the full path of `name`.
  package func path(_ name: String) -> String { url.appending(path: name).path }

  package func contents(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

  /// The sorted names of the files in the folder.
  package var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0 != ".scratch" }.sorted() }
  }

  package func names(in inner: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.appending(path: inner).path)
  }

  /// Creates a file for the input or output of a process.
  package func scratch(_ text: String = "") throws -> URL {
    let file = url.appending(path: ".scratch/\(UUID())")
    try Data(text.utf8).write(to: file)
    return file
  }
}
