import Datasets
import GPT
import StrictJSON
import Tokenization

/// A training run, step by step.
///
///     let trainer = try Trainer(recipe, data, from: TrainingState(weights)) { FastEngine(weights: $0, moments: $1) }
///     try trainer.run { step in print(step.number, step.loss) }
///     let weights = trainer.bestWeights
public final class Trainer {
  /// The recipe of this run.
  public let recipe: Recipe
  package let data: TrainingData
  package let engine: any Engine

  /// The number of steps done, including those before a resumption.
  public private(set) var step: Int
  /// The number of tokens that the run has been trained to predict.
  public private(set) var tokens: Int
  /// The model with the lowest held-out loss so far.
  package private(set) var best: TrainingState.Best?
  /// The n-gram memory of the model, once it is complete.
  package private(set) var memory: TrainedMemory?
  /// The last held-out score in this process.
  public private(set) var score: HeldOutScore?

  private var scoresSinceBest: Int
  private var recentLosses: RecentLosses
  private var batches: BatchSource

  /// Starts or resumes a run from `state`, with the engine that `makeEngine` creates.
  package init(
    _ recipe: Recipe, _ data: TrainingData, from state: TrainingState,
    engine makeEngine: (Weights, Moments) -> any Engine
  ) throws(TrainingError) {
    try recipe.check()
    guard data.training.count > 0 else { throw .nothingToLearn }
    try recipe.check(training: data.training)
    self.recipe = recipe
    self.data = data
    engine = makeEngine(state.weights, state.moments)
    step = state.step
    tokens = state.tokens
    best = state.best
    scoresSinceBest = state.scoresSinceBest
    recentLosses = RecentLosses(state.recentLosses)
    batches = BatchSource(data.training, recipe)
  }

  /// The present state of the run, for a checkpoint.
  package var state: TrainingState {
    var state = TrainingState(engine.weights)
    state.step = step
    state.tokens = tokens
    state.moments = engine.moments
    state.recentLosses = recentLosses.inOrder
    state.best = best
    state.scoresSinceBest = scoresSinceBest
    return state
  }

  /// The mean loss of the last hundred steps; `nil` before the first.
  public var meanLoss: Double? { recentLosses.mean }

  /// The origin of the model, for its file. It is equal for equal runs, however often they were interrupted.
  package var provenance: JSON.Object {
    var result = JSON.Object()
    result["steps"] = .integer(step)
    result["tokens"] = .integer(tokens)
    result["loss"] = meanLoss.map(JSON.real) ?? .null
    result["best_step"] = best.map { .integer($0.step) } ?? .null
    result["held_out_loss"] = modelScore.map { .real($0.natsPerToken) } ?? .null
    result["bits_per_byte"] = modelScore.map { .real($0.bitsPerByte) } ?? .null
    if let best, memory != nil { result["network_held_out_loss"] = .real(best.score.natsPerToken) }
    if data.tokenizer.unknown != nil { result["unknown_share"] = best.map { .real($0.score.unknownShare) } ?? .null }
    // Where it is false it is left out, so that other models have the bytes that they had.
    if data.training.count >= 20 * data.training.documentCount { result["begins_at_lines"] = .bool(true) }
    var provenance = JSON.Object()
    provenance["recipe"] = .object(recipe.json)
    provenance["corpus"] = .object(data.identity.json)
    provenance["result"] = .object(result)
    return provenance
  }

  /// The weights with the lowest held-out loss; the present ones where nothing is held out.
  package var bestWeights: Weights { best?.weights ?? engine.weights }

  /// A Boolean value that is true after the last step, and after early stopping.
  public var isFinished: Bool { step >= recipe.steps || isOutOfPatience }

  /// True if the held-out loss has not improved for as many scores as the recipe's patience.
  public var isOutOfPatience: Bool { recipe.patience.map { scoresSinceBest >= $0 } ?? false }

  /// Trains on the next batch and, when they are due, scores the held-out documents.
  public func advance() throws(TrainingError) -> Step {
    batches.makeBatch(of: step)
    let batch = batches.batch
    let update = recipe.update(at: step)
    let result: StepResult
    do {
      result = try engine.train(on: batch, update)
    } catch {
      throw .notFinite(
        step: step + 1, learningRate: update.learningRate, loss: error.loss, gradientNorm: error.gradientNorm)
    }
    recentLosses.append(result.loss)
    step += 1
    tokens += batch.rows
    let isDue = step.isMultiple(of: recipe.evaluateEvery) || step == recipe.steps
    return Step(
      number: step, loss: result.loss, gradientNorm: result.gradientNorm, learningRate: update.learningRate,
      tokens: batch.rows, score: isDue ? try evaluate() : nil)
  }

  /// Makes the n-gram memory for the weights of the model, if the recipe has one.
  package func completeMemory() {
    guard recipe.memory > 0 && step > 0 else { return }
    memory = trainMemory(bestWeights)
  }

  /// The held-out score of the model, with its memory.
  package var modelScore: HeldOutScore? { memory?.score ?? best?.score }

  /// Scores the held-out documents and keeps the best weights.
  func evaluate() throws(TrainingError) -> HeldOutScore? {
    guard let heldOut = data.heldOut else { return nil }
    let score = HeldOutScore(of: heldOut, by: engine)
    guard score.natsPerToken.isFinite else {
      throw .scoreNotFinite(step: step, learningRate: recipe.update(at: max(0, step - 1)).learningRate)
    }
    self.score = score
    if best.map({ score.natsPerToken < $0.score.natsPerToken }) ?? true {
      best = TrainingState.Best(step: step, score: score, weights: engine.weights)
      scoresSinceBest = 0
    } else {
      scoresSinceBest += 1
    }
    return score
  }
}

/// The results of one step.
public struct Step: Sendable, Equatable {
  /// The number of the step, counted from 1.
  public var number: Int
  /// The mean loss of the batch before the step, in nats per token.
  public var loss: Float
  /// The norm of the gradient; `nil` where the engine does not compute it.
  public var gradientNorm: Float?
  /// The learning rate of this step.
  public var learningRate: Double
  /// The number of tokens that the step was trained to predict.
  public var tokens: Int
  /// The held-out score, where the documents were scored after this step.
  public var score: HeldOutScore?

  package init(
    number: Int, loss: Float, gradientNorm: Float? = nil, learningRate: Double, tokens: Int, score: HeldOutScore? = nil
  ) {
    self.number = number
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.learningRate = learningRate
    self.tokens = tokens
    self.score = score
  }
}

extension Step: CustomStringConvertible {
  public var description: String {
    "step \(number): loss \(loss)" + (score.map { ", held out \($0.natsPerToken)" } ?? "")
  }
}
