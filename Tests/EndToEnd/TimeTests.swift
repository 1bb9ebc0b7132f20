import TestSupport
import Testing

@Suite("swiftlet train --seconds")
struct TimeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", (0..<60).map { "name\($0 * 37 % 101)" }.joined(separator: "\n"))
  }

  /// Otherwise more time would make the model worse.
  @Test func `a run ends before its time where the corpus is too small for more`() throws {
    let long = try ToolRun(["train", "names.txt", "--seconds", "8", "--output", "long"], in: folder)
    #expect(long.status == 0)
    #expect(
      long.errors.contains("The corpus needs no more than these, so training ends before --seconds."), "\(long.errors)")
    let ordinary = try ToolRun(["train", "names.txt", "--output", "ordinary"], in: folder)
    #expect(!ordinary.errors.contains("--seconds"))
    #expect(try folder.contents("long") == folder.contents("ordinary"), "the time changes nothing")
  }

  /// A preset has its own number of steps, which is not all that its corpus needs.
  @Test func `a preset takes the whole time`() throws {
    let run = try ToolRun(
      ["train", "names.txt", "--preset", "microgpt", "--seconds", "0.5", "--output", "model"], in: folder)
    #expect(run.status == 0)
    #expect(!run.errors.contains("The corpus needs no more"))
  }
}
