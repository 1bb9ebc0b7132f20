import TestSupport
import Testing
import Training

/// An error about a recipe names the options that fix it. A name that is not an option leaves a user without a fix.
@Suite struct RecipeOptionTests {
  @Test func `every option that a checkpoint's error names exists`() throws {
    let help = try ToolRun(["train", "--help"], in: TemporaryFolder()).output
    let options = Set(
      help.split { $0 == " " || $0 == "\n" || $0 == "," }.filter { $0.hasPrefix("--") }.map(String.init))
    #expect(Recipe.optionNames.count > 20)
    for name in Recipe.optionNames { #expect(options.contains(name), "\(name) is not an option of swiftlet train") }
  }

  @Test func `rarely used options come last`() throws {
    let help = try ToolRun(["train", "--help"], in: TemporaryFolder()).output
    let advanced = try #require(help.firstRange(of: "\nAdvanced"))
    for name in [
      "--beta1", "--beta2", "--epsilon", "--schedule", "--order", "--ngram-dropout", "--token-noise",
      "--weighting", "--warmup", "--shards", "--engine", "--muon-rate",
    ] {
      #expect(!help[..<advanced.lowerBound].contains("  \(name) "), "\(name)")
      #expect(help[advanced.upperBound...].contains("  \(name) "), "\(name)")
    }
  }
}
