import DurableFiles
import StrictJSON

/// A file in which a run writes down how it goes: JSON Lines, at most about a thousand besides the scores.
///
///     {"step":100,"loss":2.61,"learningRate":0.009,"tokensPerSecond":3100000,"seconds":0.0002}
///
/// `loss` is the mean of the steps since the line before.
public struct Metrics: ~Copyable {
  private let file: LineAppender
  /// How many steps share a line.
  private let interval: Int
  private let start = ContinuousClock.now
  /// What resumed runs had taken before.
  private let secondsBefore: Double
  private var steps = 0
  private var losses = 0.0
  private var tokens = 0
  private var secondsAtLine: Double

  /// Begins the file anew, or goes on in it behind the lines of the steps that `trainer` has done.
  public init(_ path: String, of trainer: Trainer) throws {
    let before = trainer.step == 0 ? 0 : try Self.dropLines(of: path, after: trainer.step)
    file = try LineAppender(path, startingOver: trainer.step == 0)
    interval = max(1, trainer.recipe.steps / 1000)
    secondsBefore = before
    secondsAtLine = before
  }

  /// Takes note of a step, and writes a line when it is time.
  public mutating func note(_ step: Step) throws {
    steps += 1
    losses += Double(step.loss)
    tokens += step.tokens
    guard step.score != nil || step.number.isMultiple(of: interval) else { return }
    let seconds = secondsBefore + start.duration(to: .now) / .seconds(1)
    var line = JSON.Object()
    line["step"] = .integer(step.number)
    line["loss"] = .real(losses / Double(steps))
    line["learningRate"] = .real(step.learningRate)
    line["gradientNorm"] = step.gradientNorm.map(JSON.real)
    line["tokensPerSecond"] = .real((Double(tokens) / max(seconds - secondsAtLine, 1e-9)).rounded())
    line["seconds"] = .real((seconds * 1e6).rounded() / 1e6)
    if let score = step.score {
      line["validationLoss"] = .real(score.natsPerToken)
      line["bitsPerByte"] = .real(score.bitsPerByte)
    }
    try file.append(JSON.object(line).description)
    (steps, losses, tokens, secondsAtLine) = (0, 0, 0, seconds)
  }

  /// Removes what a run wrote that was killed after its last checkpoint. Returns the seconds of the last line that stays.
  private static func dropLines(of path: String, after step: Int) throws -> Double {
    guard InputFile.exists(path) else { return 0 }
    var lines = try LineReader(path)
    var kept: [UInt8] = []
    var seconds = 0.0
    var hasMore = false
    while try lines.next() {
      guard let line = try? JSON(parsing: lines.line).object, let number = line["step"]?.number?.integer(as: Int.self),
        number <= step
      else {
        hasMore = true
        continue
      }
      seconds = line["seconds"]?.number?.double ?? seconds
      for index in lines.line.indices { kept.append(lines.line[index]) }
      kept.append(UInt8(ascii: "\n"))
    }
    if hasMore {
      let file = try AtomicFile(replacing: path)
      try file.write(kept)
      try file.commit()
    }
    return seconds
  }
}
