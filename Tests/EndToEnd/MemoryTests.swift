import Foundation
import TestSupport
import Testing

#if os(Linux)
  @Suite struct MemoryTests {
    /// The whole text and all of its tokens are never in memory together, so a text of half the machine's memory can be
    /// trained on.
    @Test(.disabled(if: isSanitized, "the sanitizer keeps freed memory"))
    func `a corpus takes less than twice its size`()
      throws
    {
      let folder = try TemporaryFolder()
      let line = "the small bird sings for the old man by the river and nobody knows why it comes back every year "
      let text = (0..<960_000).map { line + String($0) + "\n" }.joined()
      try folder.write("large.txt", text)
      let process = Process()
      process.executableURL = try ToolRun.tool
      process.arguments = ["train", "large.txt", "--preset", "microgpt", "--steps", "300", "--quiet"]
      process.currentDirectoryURL = folder.url
      try process.run()
      var peak = 0
      while process.isRunning {
        peak = max(peak, Self.peakMemory(of: process.processIdentifier) ?? 0)
        usleep(2000)
      }
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let corpus = text.utf8.count
      #expect(corpus < peak && peak < 2 * corpus, "\(peak) bytes for a corpus of \(corpus)")
    }

    /// Otherwise a model that is too large would bring the machine to a halt.
    @Test(.disabled(if: isSanitized, "the sanitizer takes all memory"))
    func `a model that does not fit in memory is refused`()
      throws
    {
      let folder = try TemporaryFolder()
      try folder.write("names.txt", "anna\nemma\n")
      let sizes = "--members 1 --layers 4 --embedding 1024 --heads 8 --bigrams 0 --trigrams 0"
      let run = try ToolRun(
        ["train", "names.txt"] + sizes.split(separator: " ").map(String.init), in: folder, megabytes: 1000)
      #expect(run.status == 64)
      #expect(
        run.errors.hasSuffix(
          """
          swiftlet: these sizes and a vocabulary of 5 make 50341888 parameters; training them takes 1610940416 bytes of memory, \
          and this machine has 1048576000. Use fewer layers, a smaller embedding or a smaller vocabulary.

          """), "\(run.errors)")
      #expect((try? folder.contents("names.safetensors")) == nil)
    }

    /// Otherwise a chat that lasts all day would run out of memory.
    @Test(.disabled(if: isSanitized, "the sanitizer keeps freed memory"))
    func `a long chat takes no more memory than a short one`()
      throws
    {
      let folder = try TemporaryFolder()
      try folder.write("names.txt", "anna\nemma\n")
      #expect(try ToolRun(["train", "names.txt", "--steps", "5", "--output", "names"], in: folder).status == 0)
      let (chat, questions, answers) = (Process(), Pipe(), Pipe())
      chat.executableURL = try ToolRun.tool
      chat.arguments = ["chat", "names"]
      chat.currentDirectoryURL = folder.url
      chat.standardInput = questions
      chat.standardOutput = answers
      chat.standardError = FileHandle.nullDevice
      try chat.run()
      defer { chat.terminate() }
      func peak(after count: Int) throws -> Int {
        try questions.fileHandleForWriting.write(contentsOf: Data(String(repeating: "an\n", count: count).utf8))
        var answered = 0
        while answered < count {
          let answer = answers.fileHandleForReading.availableData
          try #require(!answer.isEmpty, "it has ended")
          answered += answer.count { $0 == UInt8(ascii: "\n") }
        }
        return try #require(Self.peakMemory(of: chat.processIdentifier))
      }
      let (short, long) = (try peak(after: 3), try peak(after: 300))
      #expect(long < short + 3_000_000, "\(short) bytes, then \(long)")
    }

    /// The peak memory of the process so far.
    private static func peakMemory(of process: Int32) -> Int? {
      guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return nil }
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }.map {
        $0 * 1024
      }
    }
  }
#endif
