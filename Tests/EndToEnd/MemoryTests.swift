import Foundation
import TestSupport
import Testing

#if os(Linux)
  @Suite struct MemoryTests {
    /// Whoever has a text of half the machine's memory must be able to learn from it: text and tokens may not stand there together.
    @Test(.disabled(if: isSanitized, "the sanitizer keeps what is let go of")) func aCorpusTakesLessThanTwiceItsSize()
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

    /// The most memory that the process has had so far.
    private static func peakMemory(of process: Int32) -> Int? {
      guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return nil }
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }.map {
        $0 * 1024
      }
    }
  }
#endif
