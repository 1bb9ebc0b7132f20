import GPT
import ModelFiles
import StrictJSON
import Support
import Tokenization

/// The complete state of a run, with the recipe, the corpus and the tokenizer that it belongs to.
///
/// A run that is resumed from a checkpoint makes the same model, byte for byte, as an uninterrupted one.
package struct Checkpoint: Sendable, Equatable {
  package let recipe: Recipe
  package let identity: TrainingData.Identity
  package let tokenizer: TokenizerDescription
  package let state: TrainingState

  /// The present state of `trainer`.
  package init(of trainer: Trainer, tokenizer: TokenizerDescription) {
    recipe = trainer.recipe
    identity = trainer.data.identity
    self.tokenizer = tokenizer
    state = trainer.state
  }

  /// Checks that this run has the recipe, the corpus and the tokenizer of the checkpoint.
  ///
  /// - Throws: `TrainingError.cannotResume` with the differences.
  package func check(
    _ recipe: Recipe, _ identity: TrainingData.Identity, _ tokenizer: TokenizerDescription
  ) throws(TrainingError) {
    let differences =
      self.recipe.differences(from: recipe) + self.identity.differences(from: identity)
      + self.tokenizer.differences(from: tokenizer)
    guard differences.isEmpty else { throw .cannotResume(differences) }
  }
}

// MARK: In a file

extension Checkpoint {
  /// Replaces the file at `path` atomically. `keepingPrevious` keeps the file before as `NAME.previous`.
  package func write(to path: String, keepingPrevious: Bool = false) throws {
    var training = JSON.Object()
    training["recipe"] = .object(recipe.json)
    training["corpus"] = .object(identity.json)
    training["progress"] = .object(state.progress)
    try ModelFile(
      weights: state.weights, tokenizer: tokenizer, training: training, moments: state.moments,
      best: state.best?.weights
    ).write(to: path, keepingPrevious: keepingPrevious)
  }

  package init(contentsOf path: String) throws {
    let file = try ModelFile(contentsOf: path)
    guard let moments = file.moments else {
      throw TrainingError.badCheckpoint(
        "\(path.escapingInvisibles) is a finished model, not a checkpoint. To fine-tune it, use --from \(path.escapingInvisibles)."
      )
    }
    do {
      recipe = try Recipe(try file.training.object("recipe"))
      identity = try TrainingData.Identity(try file.training.object("corpus"))
      state = try TrainingState(
        file.weights, moments, best: file.best, progress: try file.training.object("progress"))
    } catch {
      throw TrainingError.badCheckpoint("\(path.escapingInvisibles) is not a usable checkpoint: \(error)")
    }
    tokenizer = file.tokenizer
  }
}

extension TrainingState {
  /// The state besides weights and moments.
  fileprivate var progress: JSON.Object {
    var object = JSON.Object()
    object["step"] = .integer(step)
    object["tokens"] = .integer(tokens)
    object["recent_losses"] = .array(recentLosses.map { .real(Double($0)) })
    object["scores_since_best"] = .integer(scoresSinceBest)
    if let best {
      object["best"] = [
        "step": .integer(best.step), "nats_per_token": .real(best.score.natsPerToken),
        "bits_per_byte": .real(best.score.bitsPerByte), "unknown_share": .real(best.score.unknownShare),
      ]
    }
    return object
  }

  fileprivate init(
    _ weights: Weights, _ moments: Moments, best: Weights?, progress: JSON.Object
  ) throws(JSONError) {
    self.init(weights)
    self.moments = moments
    try progress.refuseMembers(otherThan: ["step", "tokens", "recent_losses", "scores_since_best", "best"])
    step = try progress.natural("step")
    tokens = try progress.natural("tokens")
    scoresSinceBest = try progress.natural("scores_since_best")
    for loss in try progress.array("recent_losses") {
      guard let number = loss.number else { throw JSONError("\"recent_losses\" must hold numbers, not \(loss.kind)") }
      recentLosses.append(Float(number.double))
    }
    guard let best else { return }
    let object = try progress.object("best")
    let score = HeldOutScore(
      natsPerToken: try object.double("nats_per_token"), bitsPerByte: try object.double("bits_per_byte"),
      unknownShare: try object.double("unknown_share"))
    self.best = Best(step: try object.natural("step"), score: score, weights: best)
  }
}

extension JSON.Object {
  /// A whole number from 0 to 2⁵³, so that a sum of a few does not overflow.
  fileprivate func natural(_ key: String) throws(JSONError) -> Int {
    let value: Int = try integer(key)
    guard value >= 0 && Int64(value) <= 1 << 53 else {
      throw JSONError("\(JSON.quoted(key)) is \(value); it must be from 0 to 2⁵³")
    }
    return value
  }
}

extension TokenizerDescription {
  /// The differences of this tokenizer (there) from `other` (here).
  fileprivate func differences(from other: TokenizerDescription) -> [String] {
    if name != other.name {
      return ["the tokenizer is \(name.escapingInvisibles) there and \(other.name.escapingInvisibles) here"]
    }
    var differences: [String] = []
    if version != other.version {
      differences.append("the tokenizer has format \(version) there and \(other.version) here")
    }
    for key in Set(settings.keys).union(other.settings.keys).sorted() where settings[key] != other.settings[key] {
      let (there, here) = (settings[key] ?? "nothing", other.settings[key] ?? "nothing")
      differences.append(
        "the tokenizer's \(key.escapingInvisibles) is \(there.escapingInvisibles) there and \(here.escapingInvisibles) here"
      )
    }
    if vocabulary != other.vocabulary {
      let counts = (vocabulary.count, other.vocabulary.count)
      let first = (0..<TokenID(min(counts.0, counts.1))).first { vocabulary.text($0) != other.vocabulary.text($0) }
      differences.append(
        "the vocabulary has \(counts.0) tokens there and \(counts.1) here"
          + (first.map {
            ", and token \($0) is “\(vocabulary.text($0).escapingInvisibles)” there and “\(other.vocabulary.text($0).escapingInvisibles)” here"
          }
            ?? ""))
    }
    return differences
  }
}
