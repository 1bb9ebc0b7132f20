import Foundation
import TestSupport

/// A browser without a window, driven through its own remote protocol: JSON messages over two pipes, each ending in a
/// zero byte.
final class Chromium: @unchecked Sendable {
  /// What `make test-browser` found or installed; without it these tests do not run.
  static let program = ProcessInfo.processInfo.environment["SWIFTLET_BROWSER"]
  /// One for all tests; it ends when this process does, because its pipes close.
  static let shared = Result { try Chromium(program ?? "chromium") }

  private let profile: TemporaryFolder
  private let requests: Int32
  private let answers: Int32
  private var received = Data()
  private var lastNumber = 0

  private init(_ program: String) throws {
    profile = try TemporaryFolder()
    let (toBrowser, fromBrowser) = (try Self.pipe(), try Self.pipe())
    (requests, answers) = (toBrowser.write, fromBrowser.read)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The protocol's numbers for the two.
    posix_spawn_file_actions_adddup2(&actions, toBrowser.read, 3)
    posix_spawn_file_actions_adddup2(&actions, fromBrowser.write, 4)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // A sandbox needs rights that containers do not give; the pages are ours.
    let arguments = [
      program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe",
      "--user-data-dir=\(profile.url.path)", "about:blank",
    ]
    var process: pid_t = 0
    let words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let code = posix_spawnp(&process, program, &actions, nil, words, environ)
    close(toBrowser.read)
    close(fromBrowser.write)
    guard code == 0 else { throw BrowserFailure("\(program) does not start: \(String(cString: strerror(code)))") }
  }

  /// Two ends that children do not inherit, numbered so high that they do not stand where the child wants its own.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
    defer { for end in ends { close(end) } }
    return (fcntl(ends[0], F_DUPFD_CLOEXEC, 20), fcntl(ends[1], F_DUPFD_CLOEXEC, 20))
  }

  /// Sends a command and returns its result. Whatever happens in between, `observe` hears.
  func call(
    _ method: String, _ parameters: [String: Any] = [:], in session: String? = nil,
    observe: ([String: Any]) -> Void
  ) throws -> [String: Any] {
    lastNumber += 1
    var message: [String: Any] = ["id": lastNumber, "method": method, "params": parameters]
    message["sessionId"] = session
    var bytes = try JSONSerialization.data(withJSONObject: message)
    bytes.append(0)
    try FileHandle(fileDescriptor: requests, closeOnDealloc: false).write(contentsOf: bytes)
    while true {
      let answer = try nextMessage()
      guard answer["id"] as? Int == lastNumber else {
        observe(answer)
        continue
      }
      if let error = answer["error"] { throw BrowserFailure("\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  func nextMessage() throws -> [String: Any] {
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = received[..<end]
        received = received[received.index(after: end)...]
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      var waiting = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 60_000) > 0 else { throw BrowserFailure("the browser has said nothing for a minute") }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(answers, &buffer, buffer.count)
      guard count > 0 else { throw BrowserFailure("the browser has ended") }
      received.append(contentsOf: buffer[..<count])
    }
  }
}

struct BrowserFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
