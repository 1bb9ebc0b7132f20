import Foundation
import TestSupport

/// A run of the tool in its own process.
struct ToolRun {
  let status: Int32
  let output: String
  let errors: String

  /// Runs `swiftlet` with `arguments` in `folder` and waits for its end.
  ///
  /// With `onTerminal`, standard error is a terminal, whose output is in `errors`. With `megabytes`, the tool has that
  /// much address space and a minute of processor time. With `fileBlocks`, a file that it writes has at most so many
  /// blocks of 512 bytes.
  init(
    _ arguments: [String], in folder: TemporaryFolder, input: String = "", environment: [String: String] = [:],
    onTerminal: Bool = false, megabytes: Int? = nil, fileBlocks: Int? = nil, signal: Signal? = nil
  ) throws {
    let inputs = try folder.scratch(input)
    let outputs = try folder.scratch()
    let errors = try folder.scratch()
    let process = Process()
    process.executableURL = try Self.tool
    process.arguments = arguments
    var limits = fileBlocks.map { "ulimit -f \($0); " } ?? ""
    if let megabytes, !isSanitized { limits += "ulimit -v \(megabytes * 1024); ulimit -t 60; " }
    if !limits.isEmpty {
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", limits + "exec \"$0\" \"$@\"", try Self.tool.path] + arguments
    }
    process.currentDirectoryURL = folder.url
    process.environment = Self.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: inputs)
    // A tool that hangs is killed, so that its test fails and the others continue. The queue is separate, because all
    // threads of the global one may be waiting for other tools.
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

  /// A signal for the tool, and the condition for sending it.
  struct Signal {
    let number: Int32
    /// Returns true, given the standard error so far, when the signal is due.
    let isDue: (_ errors: String) throws -> Bool

    init(_ number: Int32, when isDue: @escaping (_ errors: String) throws -> Bool) {
      (self.number, self.isDue) = (number, isDue)
    }

    /// Creates a signal that is sent when `text` is in standard error.
    init(_ number: Int32, awaiting text: String) { self.init(number) { $0.contains(text) } }
  }

  /// The seconds after which a tool counts as hanging.
  static let patience: Double = 900

  /// The environment of every tool, with the options of sanitizers.
  static let environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm"].merging(
    ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
  ) { $1 }

  /// The tool that was built with these tests, in the folder of their bundle.
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
  /// Sends a signal if the process runs. If it does not, its identifier may be 0, which stands for the whole process
  /// group.
  func send(_ signal: Int32) {
    if isRunning && processIdentifier > 0 { kill(processIdentifier, signal) }
  }
}

struct ToolMissing: Error {
  let bundle: String
}
