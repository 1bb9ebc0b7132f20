import Foundation
import TestSupport
import Testing

@Suite("A stopped run resumes to the same bytes")
struct ResumeTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let names = (0..<300).map { "name\(String($0, radix: 7))" }.joined(separator: "\n")
    try folder.write("names.txt", names + "\n")
  }

  func train(_ options: String, signal: ToolRun.Signal? = nil) throws -> ToolRun {
    try ToolRun(["train", "names.txt"] + options.split(separator: " ").map(String.init), in: folder, signal: signal)
  }

  @Test func `a run resumed on another number of threads writes the same file`() throws {
    let options = "--preset microgpt --validation 30 --steps 20000 --batch 4 --evaluate-every 500"
    #expect(try train("\(options) --output whole").status == 0)
    #expect(try train("\(options) --output parts", signal: .init(SIGINT, awaiting: "parameters")).status == 130)
    let resumed = try train("\(options) --output parts --resume --threads 2")
    #expect(resumed.status == 0)
    #expect(resumed.errors.contains("from step"))
    #expect(try folder.contents("whole") == folder.contents("parts"))
  }

  /// Each kill comes at a random moment after a random number of further checkpoints. These numbers are so small that
  /// twenty kills do not reach the end of the run on any machine.
  @Test func `a run killed at twenty random moments and resumed each time writes the same file`() throws {
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = RandomParts(seed: seed)
    let options = "--preset microgpt --validation 30 --steps 60000 --batch 2 --evaluate-every 5000 --quiet"
    let resuming = "\(options) --output parts --resume --checkpoint-every 500"
    #expect(try train("\(options) --output whole").status == 0)
    let whole = try folder.contents("whole")

    var (kills, killsThatFoundMore, runs) = (0, 0, 0)
    while kills < 20 && runs < 60 {
      let before = try? folder.contents("parts.checkpoint")
      let (checkpoints, microseconds) = (Int(random.next() * 4), UInt32(random.next() * 30_000))
      var (present, seen) = (before, 0)
      let kill = ToolRun.Signal(SIGKILL) { [folder] _ in
        let checkpoint = try? folder.contents("parts.checkpoint")
        if checkpoint != present { (present, seen) = (checkpoint, seen + 1) }
        if seen >= checkpoints { usleep(microseconds) }
        return seen >= checkpoints
      }
      let run = try train(resuming, signal: kill)
      runs += 1
      if run.status == 137 {
        kills += 1
        if try folder.names.contains("parts.checkpoint") && folder.contents("parts.checkpoint") != before {
          killsThatFoundMore += 1
        }
      } else {
        // The run finished before the kill, so the remaining kills need a new run.
        #expect(run.status == 0, "seed \(seed): \(run.errors)")
        #expect(try folder.contents("parts") == whole, "seed \(seed)")
        for name in ["parts", "parts.checkpoint"] { try? folder.remove(name) }
      }
    }
    #expect(try train(resuming).status == 0)
    #expect(try folder.contents("parts") == whole, "seed \(seed)")
    print("killed \(kills) times, \(killsThatFoundMore) of them after another checkpoint, seed \(seed)")
    #expect(kills == 20, "seed \(seed)")
    #expect(killsThatFoundMore >= 8, "seed \(seed)")
  }

  @Test func `resuming without a checkpoint starts a new run and reports it`() throws {
    let run = try train("--steps 10 --resume")
    #expect(run.status == 0)
    #expect(run.errors.contains("No checkpoint found at names.checkpoint: starting from the beginning.\n"))
  }

  @Test func `a finished run leaves no checkpoint, and --resume reports it`() throws {
    #expect(try train("--steps 20 --checkpoint-every 5").status == 0)
    #expect(try folder.names == ["names.safetensors", "names.txt"])
    let longer = try train("--steps 25 --resume")
    #expect(longer.status == 0)
    #expect(
      longer.errors.contains(
        "The run of 20 steps that made names.safetensors is complete; to train that model further, use --from"))
  }

  /// Without checkpoint options, too, a killed run loses only the steps after its last checkpoint.
  @Test func `a killed run without checkpoint options resumes`() throws {
    let checkpoint = ToolRun.Signal(SIGKILL) { [folder] _ in try folder.names.contains("names.checkpoint") }
    #expect(try train("--preset microgpt --steps 100000000", signal: checkpoint).status == 137)
    // The lock file of a killed run does not lock anything.
    #expect(try folder.names.contains(".names.safetensors.lock"))
    let again = try train("--preset microgpt --steps 100000000 --resume", signal: .init(SIGTERM, awaiting: "Resuming"))
    #expect(again.status == 143)
    #expect(again.errors.contains(/Resuming from step [\d,]+\./))
    #expect(try folder.names == ["names.checkpoint", "names.safetensors", "names.txt"])
  }

  @Test func `the checkpoint of an interrupted run is kept when another run begins`() throws {
    let options = "--preset microgpt --steps 1000000"
    #expect(try train(options, signal: .init(SIGINT, awaiting: "parameters")).status == 130)
    let first = try folder.contents("names.checkpoint")
    let second = try train("\(options) --batch 2", signal: .init(SIGINT, awaiting: "interrupted run"))
    #expect(
      second.errors.contains(/names.checkpoint is the checkpoint of an interrupted run, at step [\d,]+; with --resume/))
    #expect(try folder.contents("names.checkpoint.previous") == first)
  }

  @Test func `a resumed run keeps the number of steps of its checkpoint`() throws {
    #expect(try train("--seconds 60", signal: .init(SIGINT, awaiting: "parameters")).status == 130)
    let resumed = try train("--seconds 2 --resume", signal: .init(SIGINT, awaiting: "Resuming"))
    #expect(resumed.errors.contains("The checkpoint's number of steps holds, not --seconds."))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal leaves the model and a checkpoint, and no lock`(signal: Int32) throws {
    let run = try train("--steps 1000000", signal: .init(signal, awaiting: "parameters"))
    #expect(run.status == 128 + signal)
    #expect(run.errors.hasSuffix("; to continue, add --resume to the command.\n"))
    #expect(try folder.names == ["names.checkpoint", "names.safetensors", "names.txt"])
  }

  /// The second signal comes while the first is obeyed: a large checkpoint takes its time.
  @Test func `two signals end a run at once, and leave no lock`() throws {
    let sizes = "--steps 1000000 --embedding 512 --layers 6 --batch 64 --samples 0"
    let run = try train(
      sizes,
      signal: .init(SIGINT) { [folder] errors in
        guard errors.contains("parameters"), let process = try folder.lockOwner("names.safetensors") else {
          return false
        }
        kill(process, SIGINT)
        return true
      })
    #expect(run.status == 130)
    #expect(try !folder.names.contains(".names.safetensors.lock"))
  }

  @Test func `a signal while the corpus is read leaves no lock`() throws {
    let pipe = folder.path("pipe.txt")
    #expect(mkfifo(pipe, 0o600) == 0)
    let writer = open(pipe, O_RDWR)
    defer { close(writer) }
    let tool = try ToolRun(
      ["train", "pipe.txt"], in: folder,
      signal: .init(SIGTERM) { _ in
        usleep(300_000)
        return true
      })
    #expect(tool.status == 143)
    #expect(try folder.names == ["names.txt", "pipe.txt"])
  }

  @Test func `another recipe or corpus is refused with the difference`() throws {
    let options = "--preset microgpt --steps 1000000"
    #expect(try train("\(options)", signal: .init(SIGINT, awaiting: "parameters")).status == 130)
    let recipe = try train("\(options) --batch 2 --resume")
    #expect(recipe.status == 64)
    #expect(recipe.errors.contains("--batch is 1 there and 2 here"))
    try folder.write("names.txt", "other\ntexts\n")
    let corpus = try train("\(options) --resume")
    #expect(corpus.status == 64)
    #expect(corpus.errors.contains("the training set has 300 documents there and 2 here"))
    let tokenizer = try train("\(options) --tokenizer word --resume")
    #expect(tokenizer.status == 64)
    #expect(tokenizer.errors.contains("the tokenizer is character there and word here"))
  }

  @Test func `a finished model is not accepted as a checkpoint`() throws {
    #expect(try train("--steps 10 --output model").status == 0)
    let run = try train("--steps 10 --resume --checkpoint model --output other")
    #expect(run.status == 65)
    #expect(run.errors.contains("model is a finished model, not a checkpoint"))
  }

  @Test func `metrics have one JSON object per line`() throws {
    #expect(try train("--steps 300 --evaluate-every 100 --metrics m.jsonl").status == 0)
    let lines = String(decoding: try folder.contents("m.jsonl"), as: UTF8.self).split(separator: "\n")
    let objects = try lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.last?["step"] as? Int == 300)
    #expect(objects.count { $0["validationLoss"] != nil } == 3)
    for object in objects {
      for key in ["step", "loss", "learningRate", "tokensPerSecond", "seconds"] { #expect(object[key] is NSNumber) }
    }
  }
}

/// Random numbers from 0 to below 1.
private struct RandomParts {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) / Double(1 << 24)
  }
}

extension TemporaryFolder {
  /// The process that holds the lock of a file, by its number in the lock file.
  fileprivate func lockOwner(_ name: String) throws -> pid_t? {
    guard let text = try? contents(".\(name).lock") else { return nil }
    return pid_t(String(decoding: text, as: UTF8.self).trimmingCharacters(in: .newlines))
  }
}
