import Architecture
import Kernels
import Workers

/// The engine that people use: the reference's arithmetic in single precision, sixteen numbers at a time, on several threads.
///
/// Whatever the number of threads, every number is added up by one of them, in one order: the results have the same bits.
public final class FastEngine: Engine {
  public let configuration: Configuration
  let parameters: Parameters
  private let team: Team
  private(set) var workspace: Workspace
  private(set) var plan = BatchPlan()

  /// A model to train or to score with, on up to `threads` threads.
  public init(weights: Weights, moments: Moments? = nil, threads: Int = 1) {
    configuration = weights.configuration
    parameters = Parameters(weights, moments)
    team = Team(count: max(1, threads))
    workspace = Workspace(parameters.layout, rows: 16, attentionMemory: 0, threads: team.count)
  }

  public var weights: Weights { parameters.weights }

  public var moments: Moments { parameters.moments }

  // MARK: What an engine does

  public func train(on batch: Batch, _ update: Update) throws(NotFinite) -> StepResult {
    var loss: Float = 0
    var norm: Float = 0
    onAll(batch) { crew in
      forward(batch, crew)
      backward(batch, crew)
      crew.barrier()
      if crew.member == 0 {
        loss = weightedSum(workspace.losses[rows: 0..<plan.rows], batch.weights.span)
        norm = parameters.gradientNorm
      }
      crew.barrier()
      if loss.isFinite && norm.isFinite {
        let step = AdamStep(update, norm: norm)
        for parameter in parameters.all { parameter.adapt(crew.share(of: parameter.rows), step) }
      }
    }
    guard loss.isFinite && norm.isFinite else {
      parameters.clearEmbeddingSlopes()
      throw NotFinite(loss: loss, gradientNorm: norm)
    }
    return StepResult(loss: loss, gradientNorm: norm)
  }

  public func nats(of batch: Batch) -> [Float] {
    var nats: [Float] = []
    nats.reserveCapacity(batch.rows)
    inPieces(batch) { crew in
      forward(batch, crew)
      crew.barrier()
      eachLogitBlock(crew) { block, rows in lose(batch, block, rows) }
    } then: {
      for row in 0..<plan.rows { nats.append(workspace.losses[row]) }
    }
    return nats
  }

  /// The gradient of the batch's weighted loss by every weight.
  public func gradients(of batch: Batch) -> Weights {
    onAll(batch) { crew in
      forward(batch, crew)
      backward(batch, crew)
    }
    defer { parameters.clearEmbeddingSlopes() }
    return parameters.gradients
  }

  /// The logits of every position, row by row.
  public func logits(of batch: Batch) -> [Float] {
    var logits: [Float] = []
    logits.reserveCapacity(batch.rows * configuration.vocabulary)
    inPieces(batch) { crew in
      forward(batch, crew)
      crew.barrier()
      eachLogitBlock(crew) { block, rows in
        multiplyByHead(block, rows)
      } then: { block in
        guard crew.member == 0 else { return }
        for row in 0..<block.count {
          for token in 0..<configuration.vocabulary { logits.append(workspace.logits[row, token]) }
        }
      }
    } then: {
    }
    return logits
  }

  // MARK: Who works

  /// Runs `work` over the whole batch, on all threads where the work is worth it.
  private func onAll(_ batch: Batch, _ work: (Crew) -> Void) {
    plan.prepare(batch, 0..<batch.ends.count, parameters.layout)
    run(work)
  }

  /// Runs `work`, then `then`, over some sequences after the others, so that memory does not grow with the batch.
  private func inPieces(_ batch: Batch, _ work: (Crew) -> Void, then: () -> Void) {
    var next = 0
    while next < batch.ends.count {
      let begin = next
      let firstRow = begin == 0 ? 0 : batch.ends[begin - 1]
      repeat { next += 1 } while next < batch.ends.count && batch.ends[next] - firstRow <= 1024
      plan.prepare(batch, begin..<next, parameters.layout)
      run(work)
      then()
    }
  }

  private func run(_ work: (Crew) -> Void) {
    if plan.rows > workspace.rows || plan.attentionMemory > workspace.attentionMemory {
      workspace = Workspace(
        parameters.layout, rows: max(plan.rows + plan.rows / 4, workspace.rows),
        attentionMemory: max(wholeVectors(plan.attentionMemory + plan.attentionMemory / 4), workspace.attentionMemory),
        threads: team.count)
    }
    if team.count == 1 || parameters.layout.transposedCount * plan.rows < Self.leastSharedWork {
      work(Crew(member: 0, count: 1, team: team))
    } else {
      team.run { member in work(Crew(member: member, count: team.count, team: team)) }
    }
  }

  /// The matrix elements times rows of a step below which sharing it costs more than it gains (see docs/decisions.md).
  private static let leastSharedWork = 1_500_000
}

extension AdamStep {
  init(_ update: Update, norm: Float) {
    var scale: Float = 1
    if let clip = update.clip, Double(norm) > clip { scale = Float(clip / Double(norm)) }
    self.init(
      step: update.step, learningRate: update.learningRate, beta1: update.beta1, beta2: update.beta2,
      epsilon: update.epsilon, weightDecay: update.weightDecay, scale: scale)
  }
}
