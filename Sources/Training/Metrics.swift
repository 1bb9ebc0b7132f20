import Files
import StrictJSON

/// A JSON Lines file with the metrics of a run: about a thousand lines at most, besides those with scores.
///
///     {"step":100,"loss":2.61,"learningRate":0.009,"tokensPerSecond":3100000,"seconds":0.0002}
///
/// `loss` is the mean over the steps since the line before.
package struct Metrics: ~Copyable {
  private let file: LineAppender
  private var curve: LossCurve

  /// Starts the file, or continues it after the lines of the steps that `trainer` has done.
  package init(_ path: String, of trainer: Trainer) throws {
    let before = trainer.step == 0 ? 0 : try Self.dropLines(of: path, after: trainer.step)
    file = try LineAppender(path, startingOver: trainer.step == 0)
    curve = LossCurve(of: trainer, points: 1000, seconds: before)
  }

  /// Adds a step, and writes a line when one is due.
  package mutating func record(_ step: Step) throws {
    guard let point = curve.record(step) else { return }
    var line = JSON.Object()
    line["step"] = .integer(point.step)
    line["loss"] = .real(point.loss)
    line["learningRate"] = .real(point.learningRate)
    line["gradientNorm"] = point.gradientNorm.map(JSON.real)
    line["tokensPerSecond"] = .real(point.tokensPerSecond.rounded())
    line["seconds"] = .real((point.seconds * 1e6).rounded() / 1e6)
    if let score = point.score {
      line["validationLoss"] = .real(score.natsPerToken)
      line["bitsPerByte"] = .real(score.bitsPerByte)
      line["unknownShare"] = .real(score.unknownShare)
    }
    try file.append(JSON.object(line).description)
  }

  /// Removes the lines after `step`, which a run wrote that was killed after its last checkpoint.
  ///
  /// - Returns: The seconds of the last line that stays.
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
