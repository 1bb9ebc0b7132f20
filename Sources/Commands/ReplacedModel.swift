import Files
import ModelFiles
import StrictJSON
import Support

/// A model that a new one replaces. It is kept as `NAME.previous` unless the new one is known to be at least as good.
struct ReplacedModel {
  private let path: String
  private let day: FileDay?
  private let header: ModelHeader
  /// An older model that an earlier run kept and that is at least as good as this one.
  private let older: ModelHeader?

  /// Returns `nil` if there is no model at `path`, or only that of an earlier run with the same recipe and corpus.
  ///
  /// - Parameter new: The provenance of the new model.
  init?(at path: String, by new: JSON.Object) {
    guard let header = ModelHeader(of: path), !header.isCheckpoint,
      header.training["recipe"] != new["recipe"] || header.training["corpus"] != new["corpus"]
    else { return nil }
    self.path = path
    self.header = header
    day = FileDay(of: path)
    older = ModelHeader(of: path + Self.suffix).flatMap { older in
      older.training.isAtLeastAsGood(as: header.training) ? older : nil
    }
  }

  private static let suffix = ".previous"

  /// `Replaces the model of 27 November 2026 in names.safetensors, held out 1.866; …`
  var note: String {
    let kept = path + Self.suffix
    let replaces = "Replaces the model\(day.map { " of \($0)" } ?? "") in \(path)\(header.heldOutNote)"
    if let older { return "\(replaces). The better one in \(kept)\(older.heldOutNote), stays." }
    return "\(replaces); until the new one is better, it is kept as \(kept)."
  }

  /// True if the replaced file is to be kept under its second name.
  var isToBeKept: Bool { older == nil }

  /// Removes the kept model if the new one is finished and at least as good; returns a sentence about it otherwise.
  func settle(after new: JSON.Object, isFinished: Bool) -> String? {
    let kept = path + Self.suffix
    guard let old = ModelHeader(of: kept)?.training else { return nil }
    if isFinished && new.isAtLeastAsGood(as: old) {
      try? AtomicFile.remove(kept)
      return nil
    }
    guard old.isAtLeastAsGood(as: new), let (old, new) = old.heldOut.flatMap({ old in new.heldOut.map { (old, $0) } })
    else { return "The model before is kept as \(kept)." }
    return "The model before is better, and is kept as \(kept): held out \(old.fixed(3)), and now \(new.fixed(3))."
  }
}

extension ModelHeader {
  /// `, held out 1.866`, if the loss is known.
  fileprivate var heldOutNote: String { training.heldOut.map { ", held out \($0.fixed(3))" } ?? "" }
}

extension JSON.Object {
  /// The held-out loss in the provenance of a model, in nats per token.
  fileprivate var heldOut: Double? { self["result"]?.object?["held_out_loss"]?.number?.double }

  private var bitsPerByte: Double? { self["result"]?.object?["bits_per_byte"]?.number?.double }

  private var seed: JSON? { self["recipe"]?.object?["seed"] }

  /// True if both were scored on the same held-out documents and this one lost no more.
  fileprivate func isAtLeastAsGood(as other: JSON.Object) -> Bool {
    guard let corpus = self["corpus"], corpus == other["corpus"], seed == other.seed, let loss = bitsPerByte,
      let otherLoss = other.bitsPerByte
    else { return false }
    return loss <= otherLoss
  }
}
