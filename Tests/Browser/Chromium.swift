import Foundation
import TestSupport

/// A headless browser, driven by its remote debugging protocol: JSON messages over two pipes, each ending in a zero
/// byte.
///
/// `@unchecked Sendable`: `BrowserTests` is serialized, so that only one test at a time uses the shared instance.
final class Chromium: @unchecked Sendable {
  /// The browser that `make test-browser` found or installed. Without it, these tests are skipped.
  static let program = ProcessInfo.processInfo.environment["SWIFTLET_BROWSER"]
  /// The browser of all tests. It exits with this process, because its pipes are closed then.
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
    // The file descriptors that the protocol uses.
    posix_spawn_file_actions_adddup2(&actions, toBrowser.read, 3)
    posix_spawn_file_actions_adddup2(&actions, fromBrowser.write, 4)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // Containers do not allow the sandbox, which trusted pages do not need.
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

  /// Returns a pipe that children do not inherit, with descriptors above those that the child uses.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
    defer { for end in ends { close(end) } }
    return (fcntl(ends[0], F_DUPFD_CLOEXEC, 20), fcntl(ends[1], F_DUPFD_CLOEXEC, 20))
  }

  /// Sends a command and returns its result. Events that arrive before it are passed to `observe`.
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
      guard poll(&waiting, 1, 60_000) > 0 else { throw BrowserFailure("the browser has not answered for a minute") }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(answers, &buffer, buffer.count)
      guard count > 0 else { throw BrowserFailure("the browser has exited") }
      received.append(contentsOf: buffer[..<count])
    }
  }
}

struct BrowserFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
