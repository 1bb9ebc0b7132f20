import Foundation

/// The interpreter that `SWIFTLET_PYTHON` names, otherwise `python3`.
package enum Python {
  /// Returns true if it can import those modules.
  package static func has(_ modules: String) -> Bool { (try? process(["-c", "import \(modules)"]).status) == 0 }

  /// Runs a script with those arguments and returns its status and its output.
  package static func run(_ script: URL, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let (status, output) = try process([script.path] + arguments)
    return (status, output.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func process(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [ProcessInfo.processInfo.environment["SWIFTLET_PYTHON"] ?? "python3", "-B"] + arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
