import CommandOptions
import Glibc
import Kernels
import StrictJSON
import Support
import Terminal

/// Measures the speed of training, sampling and tokenizing on this machine, and compares training with the processor's
/// peak.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swiftlet-bench",
    abstract: "Measure how fast training, sampling and tokenizing are on this machine.",
    discussion:
      "Every figure is the median of the repeats. Run it while nothing else runs, and compare only within one run.")

  @Option(valueName: "NAME", help: "A workload to measure; may be given several times. Without it, all are.")
  var only: [String] = []

  @Option(in: .atLeast(1), help: "The threads that training may use.")
  var threads = 1

  @Option(in: .atLeast(1), help: "How often each workload is measured.")
  var repeats = 5

  @Option(valueName: "FOLDER", help: "Where names.txt and sentences.txt are.")
  var corpora = "corpora"

  @Option(
    valueName: "CORPUS", help: "Instead: how well n-grams of 2 tokens and more predict held-out documents of a corpus.")
  var ngrams: String?

  @Option(in: .atLeast(2), help: "Of how many tokens the longest n-grams are.")
  var order = 6

  @Option(valueName: "NAME", help: "What cuts that corpus into tokens.")
  var tokenizer = "character"

  @Option(in: .atLeast(1), help: "How many of its documents are held out.")
  var validation = 1000

  @Option(help: "Which: those that swiftlet train holds out with this seed.")
  var seed: UInt64 = 42

  @Option(
    valueName: "FILE.svg",
    help: "Instead: draw how the held-out loss fell, over time, in the runs that --metrics names, and --level across.")
  var chart: String?

  @Option(valueName: "FILE.jsonl", help: "What swiftlet train --metrics wrote of a run; may be given several times.")
  var metrics: [String] = []

  @Option(in: .atLeast(0), help: "The held-out loss of the best n-gram.")
  var level = 0.0

  func validate() throws {
    if chart != nil && metrics.isEmpty { throw ValidationError("--chart draws what --metrics names; give one") }
    for name in only where !Workload.all.contains(where: { $0.name == name }) {
      let names = Workload.all.map(\.name).joined(separator: ", ")
      throw ValidationError("there is no workload ‘\(name)’; there are \(names).")
    }
  }

  static func main() {
    StandardStream.reportFailedWrites()
    do {
      do {
        try parseAsRoot(Array(CommandLine.arguments.dropFirst())).run()
      } catch let exit as CleanExit {
        try StandardStream.output.write(exit.message + "\n")
      }
    } catch {
      try? StandardStream.error.write("swiftlet-bench: \(error)\n")
      exit(error is ValidationError ? 64 : 70)
    }
  }

  func run() throws {
    if let ngrams {
      let measured = try NGrams(file: ngrams, tokenizer: tokenizer, order: order, heldOut: validation, seed: seed)
        .measure()
      return try StandardStream.output.write(measured.text(pretty: true) + "\n")
    }
    if let chart { return try Curves(metrics: metrics, level: level).draw(to: chart) }
    let texts = Texts(folder: corpora)
    let peak = Measurement.median(of: repeats) { measurePeak() }
    var results: [JSON] = []
    for workload in Workload.all where only.isEmpty || only.contains(workload.name) {
      let setting = Setting(texts: texts, threads: threads, repeats: repeats, peak: peak)
      results.append(try workload.measure(setting))
    }
    let machine: JSON = [
      "processor": .string(processorName()), "threads": .integer(threads), "peakGflops": .rounded(peak),
    ]
    let report: JSON = ["machine": machine, "workloads": .array(results)]
    try StandardStream.output.write(report.text(pretty: true) + "\n")
  }

  /// Returns the multiplications and additions per second on one core, in units of 10⁹.
  private func measurePeak() -> Double {
    var done: (operations: Int, sum: Float) = (0, 0)
    let seconds = Measurement.seconds { done = multiplyAdds(5_000_000) }
    return done.sum.isNaN ? 0 : Double(done.operations) / seconds / 1e9
  }
}
