import TestSupport
import Testing

/// A model depends neither on the number of threads nor on interruptions, whatever its network.
@Suite struct SameBytesTests {
  @Test(arguments: [
    RotaryPositionsTests.options, AdaptiveSoftmaxTests.options, "--members 2 --layers 1 --embedding 16",
    "--members 3 --layers 1 --embedding 16 --optimizer muon",
  ])
  func `a model has the same bytes on any number of threads, and when it is resumed`(options: String) throws {
    let folder = try TemporaryFolder()
    let parts = ["the dog sleeps", "the cat eats", "a bird sings", "the bird sleeps", "one fox ran, as ever"]
    try folder.write("texts.txt", (0..<200).map { "\(parts[$0 % 5]) and \(parts[$0 / 5 % 5])\n" }.joined())
    func train(_ output: String, _ more: String) throws {
      let arguments = "train texts.txt --steps 40 --batch 32 \(options) --output \(output) \(more)"
      let run = try ToolRun(arguments.split(separator: " ").map(String.init), in: folder)
      try #require(run.status == 0, "\(run.errors)")
    }
    for threads in [1, 2, 3, 4] { try train("threads\(threads)", "--threads \(threads)") }
    try train("parts", "--checkpoint-every 15")
    try train("parts", "--resume")
    let expected = try folder.contents("threads1")
    for name in ["threads2", "threads3", "threads4", "parts"] {
      #expect(try folder.contents(name) == expected, "\(name)")
    }
  }
}
