import CommandOptions
import Files
import Parallelism
import StrictJSON
import Support
import Sweeps
import Terminal

/// `swiftlet sweep`: trains a model for each combination of settings and finds the best.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a model for each combination of settings and find the best.",
    discussion: """
      Example:
      swiftlet sweep names.txt --vary layers=1,2 --vary seed=1..5 -- --steps 500

      The options after -- apply to every model: see swiftlet train --help. Each model
      gets a row in the folder's table.jsonl as soon as it is trained, and summary.txt
      lists the best settings first, by bits per byte of the held-out documents, which
      are comparable between tokenizers and vocabularies. The same command again
      resumes the sweep.

      Several machines that share the folder can each train a part, as in an array job
      of Slurm: --part $SLURM_ARRAY_TASK_ID/8. When all are done, the command without
      --part shows the summary of all. Under mpirun, the processes of swiftlet-mpi
      divide the sweep among them.
      """, familiarOptions: .training)

  @Argument(valueName: "CORPUS", help: "Text files to train on; after --, options of swiftlet train for all models.")
  var words: [String]
  @Option(
    valueName: "NAME=VALUES", help: "An option of swiftlet train and its values, such as layers=1,2 or seed=1..20.")
  var vary: [Variation] = []
  @Option(
    short: "-o", valueName: "FOLDER", default: "the corpus's name + -sweep",
    help: "The folder of the models and the table.")
  var output: String?
  @Option(in: .from(1, to: 256), default: "one per processor", help: "The number of models that are trained at a time.")
  var jobs: Int?
  @Option(valueName: "K/N", default: "all", help: "Train only the K-th of N parts.") var part: Part?
  @Flag(help: "Print one JSON document.") var json
  @Flag(help: "Show no progress.") var quiet

  func validate() throws {
    if words.contains("-") { throw ValidationError("standard input can be read only once; give the corpus as a file") }
    if Seed.replacingRandom(in: words, by: 0) != words
      || vary.contains(where: { $0.name == "seed" && $0.values.contains("random") })
    {
      throw ValidationError("a sweep that can be resumed needs given seeds; for example --vary seed=1..5")
    }
    for name in ["--output", "-o", "--checkpoint", "--metrics", "--report", "--samples", "--json"] {
      if words.contains(where: { $0 == name || $0.hasPrefix(name + "=") })
        || vary.contains(where: { "--" + $0.name == name })
      {
        throw ValidationError("\(name) belongs to a single model; leave it out of a sweep")
      }
    }
  }

  func run() throws {
    guard let grid = Grid(vary) else {
      throw ValidationError("there are more than \(Grid.limit.grouped) combinations; vary less")
    }
    let folder = output ?? FileName.stem(of: FileName.last(of: words[0])) + "-sweep"
    let common = try CommonWords(words)
    let plan = try grid.points.map { try SweptModel($0, common, folder: folder) }
    let processes = Processes.all
    guard processes.count == 1 || part == nil else {
      throw ValidationError("under mpirun each process trains a part; leave out --part")
    }
    let part = processes.count == 1 ? part : Part(processes.rank + 1, of: processes.count)
    let isQuiet = quiet || !processes.isFirst
    // Before the table is locked and anything is printed.
    Interruption.startCatching()
    try Folder.make(folder)
    guard try SweepTable.mayUse(folder) else {
      throw Failure(
        .cannotCreate, "\(folder) has a summary.txt, and no table of a sweep. Choose another folder with --output.")
    }
    let table = try SweepTable(folder, part: part)
    let known = Set(table.rows.map(\.run))
    let mine = plan.indices.filter { part?.has($0) ?? true }.map { plan[$0] }
    let rest = mine.filter { !known.contains($0.run) }
    if !isQuiet {
      try StandardStream.error.writeLine(
        "\(mine.count.of("model")) in \(folder)"
          + (rest.count < mine.count ? ", \(rest.count.grouped) of them to train." : "."))
    }
    let jobs = min(jobs ?? ThreadTeam.processorCount, max(1, rest.count))
    try SweepRun(rest, table, isQuiet: isQuiet).run(jobs: jobs)
    _ = processes.gather(0)
    guard processes.isFirst else { return }
    try show(processes.count == 1 ? table : SweepTable(folder), Set(plan.map(\.run)))
  }

  /// Shows the summary of the rows of this grid; the folder may have others.
  private func show(_ table: SweepTable, _ runs: Set<String>) throws {
    let rows = table.rows.filter { runs.contains($0.run) }
    let summary = SweepSummary(rows)
    let file = try AtomicFile(replacing: "\(table.folder)/\(SweepTable.summaryName)")
    try file.write(Array(summary.text.utf8))
    try file.commit()
    if json {
      let document: JSON = [
        "folder": .string(table.folder), "best": summary.best.map(JSON.string) ?? .null,
        "models": .array(rows.map { .object($0.object) }),
      ]
      return try StandardStream.output.writeJSON(document.text(pretty: true) + "\n")
    }
    try StandardStream.output.writeText(summary.text)
    if !summary.isRanked {
      try StandardStream.error.writeLine(
        "swiftlet: nothing is held out, and losses per token are not comparable between different tokens; "
          + "to rank these models, hold documents out with --validation.")
    }
    if let best = summary.best { try StandardStream.output.writeLine("best  \(best)") }
    for row in summary.failures {
      let settings = row.settings.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      try StandardStream.error.writeLine("swiftlet: \(settings): \(row.failure ?? "")")
    }
  }
}

extension Variation: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
  package var defaultValueDescription: String { "\(name)=\(values.joined(separator: ","))" }
  package static var valueName: String { "NAME=VALUES" }
  package static var expectation: String {
    "must be a name and different values, such as layers=1,2 or seed=1..20"
  }
}

extension Part: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
  package static var valueName: String { "K/N" }
  package static var expectation: String { "must be a part of a number of parts, such as 3/8" }
}
