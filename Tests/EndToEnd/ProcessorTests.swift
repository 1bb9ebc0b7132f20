#if arch(x86_64)
  import Foundation
  import TestSupport
  import Testing

  /// Without the check, the tool ends with an illegal instruction and no sentence.
  @Suite("On a processor of 2008", .enabled(if: OldProcessor.emulator != nil, "qemu-x86_64 is not installed"))
  struct OldProcessorTests {
    @Test(arguments: [["train", "names.txt"], ["sample", "model"], ["info", "model"]])
    func `every command says what the processor lacks`(arguments: [String]) throws {
      let run = try OldProcessor.run(arguments)
      #expect(run.errors.hasPrefix("swiftlet: this processor lacks AVX, AVX2, BMI2"), "\(run.errors)")
      #expect(run.errors.hasSuffix("; build swiftlet from its source on this machine.\n"))
      #expect(run.status == 69)
    }

    @Test(arguments: [["--version"], ["--help"], ["train", "--help"]])
    func `the version and the help are shown`(arguments: [String]) throws {
      let run = try OldProcessor.run(arguments)
      #expect(run.output.contains("swiftlet"))
      #expect(run.status == 0)
    }
  }

  /// A processor with SSE4.2 and without AVX, by QEMU.
  private enum OldProcessor {
    static let emulator = ["/usr/bin/qemu-x86_64", "/usr/bin/qemu-x86_64-static"].first(
      where: FileManager.default.isExecutableFile)

    static func run(_ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
      let process = Process()
      let (output, errors) = (Pipe(), Pipe())
      process.executableURL = URL(filePath: try #require(emulator))
      process.arguments = ["-cpu", "Nehalem", try ToolRun.tool.path] + arguments
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      let texts = [output, errors].map {
        String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      }
      process.waitUntilExit()
      return (process.terminationReason == .exit ? process.terminationStatus : -1, texts[0], texts[1])
    }
  }
#endif
