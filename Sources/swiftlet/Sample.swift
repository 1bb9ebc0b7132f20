import CommandOptions
import SwiftletKit
import Terminal

/// `swiftlet sample`: new texts from a model.
struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write new texts with a model, one a line.",
    discussion: "Example: swiftlet sample names.safetensors --count 20 --temperature 0.5")

  @Argument(help: "A file that swiftlet train wrote.") var model: String
  @Option(in: .atLeast(0), help: "How many texts.") var count = 10
  @Option(default: "nothing", help: "How every text begins.") var prompt: String?
  @Option(default: "none", help: "What ends a text when it comes up; it is not shown.") var stop: String?
  @Option(in: .from(1, to: 256), help: "On how many threads; the result is the same.") var threads = 1
  @OptionGroup(title: "Choosing") var choices: SamplingChoices

  func run() throws {
    let model = try Model.load(model)
    // Block by block, so that the first texts come at once and memory does not grow with the count.
    let block = 1024 * threads
    for first in stride(from: 0, to: count, by: block) {
      let samples = try model.samples(
        first..<min(first + block, count), choices.options, prompt: prompt ?? "", stop: stop, threads: threads)
      var text = ""
      for sample in samples { text += sample.text + "\n" }
      try StandardStream.output.write(StandardStream.output.isTerminal ? text.escapingControls : text)
    }
  }
}
