import Foundation
import TestSupport

/// A run of the real tool, as a person or a script runs it.
struct ToolRun {
  let status: Int32
  let output: String
  let errors: String

  /// Runs `swiftlet` with `arguments` in `folder` and waits for its end.
  ///
  /// With `killedAfter`, that is all the time it has. With `onTerminal`, standard error is a terminal, and `errors` everything that was sent to it. With `signal`, that is sent
  /// to the process as soon as it has said on standard error what `awaiting` is.
  init(
    _ arguments: [String], in folder: TemporaryFolder, input: String = "", environment: [String: String] = [:],
    onTerminal: Bool = false, signal: (number: Int32, awaiting: String)? = nil,
    killedAfter seconds: Double = 120
  ) throws {
    let inputs = try folder.scratch(input)
    let outputs = try folder.scratch()
    let errors = try folder.scratch()
    let process = Process()
    process.executableURL = try Self.tool
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm"].merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: inputs)
    // Also so that a tool that hangs fails its test and lets the others go on. A queue of its own has a thread also when those of
    // the global one all wait for other tools.
    let end = DispatchWorkItem { process.send(SIGKILL) }
    DispatchQueue(label: "the end of a tool").asyncAfter(deadline: .now() + seconds, execute: end)
    defer { end.cancel() }
    process.standardOutput = try FileHandle(forWritingTo: outputs)
    if onTerminal {
      let terminal = try PretendedTerminal()
      process.standardError = terminal.device
      try process.run()
      self.errors = String(decoding: try terminal.readToEnd(), as: UTF8.self)
      process.waitUntilExit()
    } else {
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      if let signal {
        while try process.isRunning
          && !String(decoding: Data(contentsOf: errors), as: UTF8.self).contains(signal.awaiting)
        {
          usleep(1000)
        }
        process.send(signal.number)
      }
      process.waitUntilExit()
      self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    }
    status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    output = String(decoding: try Data(contentsOf: outputs), as: UTF8.self)
  }

  /// The tool that was built together with these tests: it lies beside their bundle.
  static var tool: URL {
    get throws {
      let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
      var folder = URL(filePath: bundle)
      while folder.pathComponents.count > 1 {
        folder.deleteLastPathComponent()
        let tool = folder.appending(path: "swiftlet")
        if !folder.path.contains(".xctest") && FileManager.default.isExecutableFile(atPath: tool.path) { return tool }
      }
      throw ToolMissing(bundle: bundle)
    }
  }
}

extension Process {
  /// Sends a signal to a process that runs: the number of one that does not would stand for this program and all that it started.
  func send(_ signal: Int32) {
    if isRunning && processIdentifier > 0 { kill(processIdentifier, signal) }
  }
}

struct ToolMissing: Error {
  let bundle: String
}
