import StrictJSON
import SwiftletKit
import Training

extension Report {
  /// The earlier part of a resumed run, as read from its report, so that the new report shows the whole run.
  package struct History {
    package let points: [LossCurve.Point]
    let samples: [Samples]

    /// Reads the report `page` up to the step from which the run resumes. Returns `nil` if it is not a report.
    package init?(in page: [UInt8], through step: Int) {
      guard let start = page.firstRange(of: Self.opening.utf8),
        let end = page[start.upperBound...].firstRange(of: "</script>".utf8),
        let history = try? JSON(parsing: String(decoding: page[start.upperBound..<end.lowerBound], as: UTF8.self))
          .object,
        let points = history["points"]?.array, let samples = history["moments"]?.array
      else { return nil }
      self.points = points.compactMap(LossCurve.Point.init).filter { $0.step <= step }
      self.samples = samples.compactMap(Samples.init).filter { $0.step <= step }
    }

    /// The HTML before the data of a report.
    private static let opening = "<script type=\"application/json\" id=\"run\">"
  }

  /// The data of the report, from which `History` is read.
  func history(_ curve: LossCurve) -> JSON {
    ["points": .array(curve.points.map(\.json)), "moments": .array(samples.map(\.json))]
  }
}

extension Report.Samples {
  fileprivate var json: JSON { .array([.integer(step)] + texts.map(JSON.string)) }

  fileprivate init?(_ json: JSON) {
    guard let parts = json.array, let step = parts.first?.number?.integer(as: Int.self) else { return nil }
    self.init(step: step, texts: parts.compactMap(\.string))
  }
}

extension LossCurve.Point {
  fileprivate var json: JSON {
    .array([
      .integer(step), .real(loss), .real(learningRate), .real(tokensPerSecond), .real(seconds),
      score.map { .real($0.natsPerToken) } ?? .null, score.map { .real($0.bitsPerByte) } ?? .null,
      score.map { .real($0.unknownShare) } ?? .null,
    ])
  }

  fileprivate init?(_ json: JSON) {
    guard let parts = json.array, parts.count == 8, let step = parts[0].number?.integer(as: Int.self) else {
      return nil
    }
    let numbers = parts.map { $0.number?.double }
    guard let loss = numbers[1], let rate = numbers[2], let speed = numbers[3], let seconds = numbers[4] else {
      return nil
    }
    self.init(step: step, loss: loss, learningRate: rate, tokensPerSecond: speed, seconds: seconds)
    if let nats = numbers[5], let bits = numbers[6], let unknown = numbers[7] {
      score = HeldOutScore(natsPerToken: nats, bitsPerByte: bits, unknownShare: unknown)
    }
  }
}
