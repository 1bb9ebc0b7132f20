import Foundation
import TestSupport

/// A run of the real tool, as a person or a script runs it.
struct ToolRun {
  let status: Int32
  let output: String
  let errors: String

  /// Runs `swiftlet` with `arguments` in `folder` and waits for its end.
  ///
  /// With `onTerminal`, standard error is a terminal, and `errors` everything that was sent to it. With `megabytes`,
  /// the tool ends badly when it takes more memory than that and cannot do without, or computes for a minute.
  init(
    _ arguments: [String], in folder: TemporaryFolder, input: String = "", environment: [String: String] = [:],
    onTerminal: Bool = false, megabytes: Int? = nil, signal: Signal? = nil
  ) throws {
    let inputs = try folder.scratch(input)
    let outputs = try folder.scratch()
    let errors = try folder.scratch()
    let process = Process()
    process.executableURL = try Self.tool
    process.arguments = arguments
    if let megabytes, !isSanitized {
      process.executableURL = URL(filePath: "/bin/sh")
      let script = "ulimit -v \(megabytes * 1024); ulimit -t 60; exec \"$0\" \"$@\""
      process.arguments = ["-c", script, try Self.tool.path] + arguments
    }
    process.currentDirectoryURL = folder.url
    process.environment = Self.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: inputs)
    // So that a tool that hangs fails its test and lets the others go on, however busy the machine is. A queue of its
    // own has a thread also when those of the global one all wait for other tools.
    let end = DispatchWorkItem { process.send(SIGKILL) }
    DispatchQueue(label: "the end of a tool").asyncAfter(deadline: .now() + Self.patience, execute: end)
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
        while try process.isRunning && !signal.isDue(String(decoding: Data(contentsOf: errors), as: UTF8.self)) {
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

  /// A signal for a tool, to be sent as soon as something has happened.
  struct Signal {
    let number: Int32
    /// Given what the tool has said so far on standard error.
    let isDue: (_ errors: String) throws -> Bool

    init(_ number: Int32, when isDue: @escaping (_ errors: String) throws -> Bool) {
      (self.number, self.isDue) = (number, isDue)
    }

    /// When it has said `text`.
    init(_ number: Int32, awaiting text: String) { self.init(number) { $0.contains(text) } }
  }

  /// The seconds after which a tool hangs.
  static let patience: Double = 900

  /// What every tool finds in its environment, besides what sanitizers are told.
  static let environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm"].merging(
    ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
  ) { $1 }

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
  /// Sends a signal to a process that runs: the number of one that does not would stand for this program and all that
  /// it started.
  func send(_ signal: Int32) {
    if isRunning && processIdentifier > 0 { kill(processIdentifier, signal) }
  }
}

struct ToolMissing: Error {
  let bundle: String
}
