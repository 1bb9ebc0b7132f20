import Foundation
import TestSupport
import Testing

/// A folder from elsewhere may contain links, pipes or small files that decompress to large ones.
@Suite("Special files and endless input are refused at once and in little memory")
struct OddFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", "anna\nbob\ncarla\n")
  }

  private static let kinds = ["device", "pipe", "socket", "folder", "link", "huge"]

  /// Creates a special file called `name`; nothing writes to the pipe.
  private func make(_ kind: String, _ name: String) throws {
    let path = folder.path(name)
    switch kind {
    case "device": #expect(symlink("/dev/zero", path) == 0)
    case "pipe": #expect(mkfifo(path, 0o644) == 0)
    case "socket":
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      try #require(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path))
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
      let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(socket) }
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      #expect(bound == 0)
    case "folder": try folder.makeFolder(name)
    case "link": #expect(symlink(name, path) == 0)
    default:
      try folder.write(name, "{")
      #expect(truncate(path, 1 << 43) == 0)
    }
  }

  private static let commands = [
    ["info", "odd"], ["sample", "odd"], ["score", "odd", "names.txt"], ["chat", "odd"],
    ["tokenize", "--model", "odd", "a"],
    ["export", "odd", "--format", "html", "--output", "page"],
    ["train", "names.txt", "--quiet", "--from", "odd", "--output", "new"],
    ["train", "names.txt", "--quiet", "--preset", "microgpt", "--resume", "--checkpoint", "odd", "--output", "new"],
  ]

  @Test(arguments: kinds) func `a special file in place of a model is refused`(kind: String) throws {
    try make(kind, "odd")
    let before = try folder.names
    for command in Self.commands {
      let run = try ToolRun(command, in: folder, megabytes: 100)
      // The exit code depends on the kind of file, and on whether the command reads or writes it.
      #expect([65, 66, 73, 74].contains(run.status), "\(command): \(run.errors)")
      #expect(run.errors.hasPrefix("swiftlet: odd ") && run.errors.count { $0 == "\n" } == 1, "\(run.errors)")
      #expect(try folder.names == before, "\(command)")
    }
  }

  @Test(arguments: kinds, ["config.json", "model.safetensors"])
  func `a special file in a folder to import is refused`(kind: String, name: String) throws {
    #expect(try ToolRun(["train", "names.txt", "--steps", "1", "--quiet", "--output", "m"], in: folder).status == 0)
    #expect(try ToolRun(["export", "m", "--format", "pytorch", "--output", "received"], in: folder).status == 0)
    try folder.remove("received/\(name)")
    try make(kind, "received/\(name)")
    let before = try folder.names
    let run = try ToolRun(["import", "received"], in: folder, megabytes: 100)
    #expect([65, 66, 74].contains(run.status), "\(run.errors)")
    #expect(run.errors.hasPrefix("swiftlet: received/\(name) "), "\(run.errors)")
    #expect(run.errors.count { $0 == "\n" } == 1)
    #expect(try folder.names == before)
  }

  /// A pipe is missing here, because it can be a corpus.
  @Test(arguments: ["socket", "folder", "link"]) func `a special file in place of a corpus is refused`(kind: String)
    throws
  {
    try make(kind, "odd")
    let run = try ToolRun(["train", "odd"], in: folder, megabytes: 100)
    #expect([66, 74].contains(run.status), "\(run.errors)")
    #expect(run.errors.hasPrefix("swiftlet: odd ") && run.errors.count { $0 == "\n" } == 1, "\(run.errors)")
    #expect(try folder.names == ["names.txt", "odd"])
  }

  /// The shell command that makes each file, and the form of its documents. 400 MB of memory have room for 100 MB of
  /// text.
  private static let bombs: [(source: String, form: String, problem: String)] = [
    ("head -c 150000000 /dev/zero", "lines", "decompresses to more than the 104857600 bytes"),
    ("yes anna | head -c 150000000", "lines", "bytes that fit in memory"),
    ("yes anna | head -c 150000000", "whole", "decompresses to more than the 104857600 bytes"),
    ("{ printf [; yes 0, | head -c 90000000; }", "json:text", "more than 3276800 values"),
  ]

  @Test(.disabled(if: isSanitized, "its memory cannot be limited"), arguments: bombs)
  func `a file that decompresses to a thousand times its size is refused`(source: String, form: String, problem: String)
    throws
  {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.currentDirectoryURL = folder.url
    shell.arguments = ["-c", "\(source) | gzip -1 > bomb.gz"]
    try shell.run()
    shell.waitUntilExit()
    let before = try folder.names
    let run = try ToolRun(["train", "bomb.gz", "--documents", form], in: folder, megabytes: 400)
    #expect(run.status == 65)
    #expect(run.errors.hasPrefix("swiftlet: bomb.gz") && run.errors.contains(problem), "\(run.errors)")
    #expect(try folder.names == before)
  }

  @Test(.disabled(if: isSanitized, "its memory cannot be limited"), arguments: ["/dev/zero", "/dev/urandom"])
  func `an endless corpus is refused`(device: String) throws {
    let run = try ToolRun(["train", device, "--lossy", "--output", "m"], in: folder, megabytes: 400)
    #expect(run.status == 65)
    #expect(
      run.errors.hasPrefix("swiftlet: \(device)") && run.errors.contains("bytes that fit in memory"), "\(run.errors)")
    #expect(try folder.names == ["names.txt"])
  }
}
