import Foundation
import TestSupport

/// A run of the tool that ends badly when it takes more memory than it may have (and cannot do without), or computes for a minute.
struct LimitedRun {
  let status: Int32
  let errors: String

  init(_ arguments: [String], in folder: TemporaryFolder, megabytes: Int) throws {
    let errors = try folder.scratch()
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    let script = "ulimit -v \(megabytes * 1024); ulimit -t 60; exec \"$0\" \"$@\""
    shell.arguments = ["-c", script, try ToolRun.tool.path] + arguments
    shell.currentDirectoryURL = folder.url
    shell.standardInput = FileHandle.nullDevice
    shell.standardOutput = FileHandle.nullDevice
    shell.standardError = try FileHandle(forWritingTo: errors)
    try shell.run()
    shell.waitUntilExit()
    status = shell.terminationReason == .exit ? shell.terminationStatus : 128 + shell.terminationStatus
    self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
  }
}
