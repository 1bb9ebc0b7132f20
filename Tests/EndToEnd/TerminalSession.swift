import Foundation
import TestSupport

/// The tool on a pseudoterminal, driven by a test that types and reads.
final class TerminalSession {
  private let process = Process()
  private let screen: Int32
  /// The settings of the terminal before the tool started.
  private(set) var settingsBefore: [tcflag_t] = []
  /// All output so far.
  private(set) var shown = ""
  /// The number of characters of `shown` up to the end of the last answer.
  private var seen = 0

  init(_ arguments: [String], in folder: TemporaryFolder, columns: UInt16 = 80) throws {
    let terminal = try PretendedTerminal(columns: columns)
    screen = terminal.screen
    settingsBefore = settings
    process.executableURL = try ToolRun.tool
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = ToolRun.environment
    process.standardInput = terminal.device
    process.standardOutput = terminal.device
    process.standardError = terminal.device
    try process.run()
    try terminal.device.close()
  }

  deinit {
    process.send(SIGKILL)
    close(screen)
  }

  /// Types `text` and reads, from where the last answer ended, until `answer` is shown.
  func type(_ text: String, until answer: String) throws {
    let bytes = Array(text.utf8)
    _ = write(screen, bytes, bytes.count)
    let deadline = Date(timeIntervalSinceNow: ToolRun.patience)
    while true {
      if let place = shown[shown.index(shown.startIndex, offsetBy: seen)...].range(of: answer) {
        seen = shown.distance(from: shown.startIndex, to: place.upperBound)
        return
      }
      guard try readMore(before: deadline) else { throw NotShown(answer: answer, shown: shown) }
    }
  }

  /// The terminal's current modes.
  var settings: [tcflag_t] {
    var settings = termios()
    tcgetattr(screen, &settings)
    return [settings.c_lflag, settings.c_iflag, settings.c_oflag]
  }

  func send(_ signal: Int32) { process.send(signal) }

  /// Reads to the end and returns the exit code.
  func end() throws -> Int32 {
    let deadline = Date(timeIntervalSinceNow: ToolRun.patience)
    while try readMore(before: deadline) {}
    if deadline.timeIntervalSinceNow <= 0 { send(SIGKILL) }
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
  }

  private func readMore(before deadline: Date) throws -> Bool {
    var wish = pollfd(fd: screen, events: Int16(POLLIN), revents: 0)
    guard poll(&wish, 1, Int32(max(0, deadline.timeIntervalSinceNow * 1000))) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(screen, &buffer, buffer.count)
    guard count > 0 else { return false }
    shown += String(decoding: buffer[..<count], as: UTF8.self)
    return true
  }
}

struct NotShown: Error {
  let answer: String
  let shown: String
}

/// A pseudoterminal, which a program cannot tell from a real terminal.
struct PretendedTerminal {
  let device: FileHandle
  let screen: Int32

  init(columns: UInt16 = 80) throws {
    var (screen, device): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&screen, &device, nil, nil, &size) == 0 else { throw POSIXError(.ENOTTY) }
    self.screen = screen
    self.device = FileHandle(fileDescriptor: device, closeOnDealloc: true)
  }

  /// Returns the output of the program until it ends.
  func readToEnd() throws -> Data {
    try device.close()
    defer { close(screen) }
    var shown = Data()
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(screen, &buffer, buffer.count)
      if count > 0 {
        shown.append(contentsOf: buffer[..<count])
      } else if count == 0 || errno != EINTR {
        // Linux reports an error, not the end of the file, when the last program has closed the terminal.
        return shown
      }
    }
  }
}
