import GPT
import Kernels
import ModelMemory
import Parallelism

/// The engine for practical use: the reference's arithmetic in single precision, sixteen numbers at a time, on several
/// threads.
///
/// A batch is divided into groups of sequences, whose number depends on the batch and the model alone. Each thread
/// takes groups forward and backward in memory of its own. Then each thread sums the groups' gradients, in their order,
/// for its share of the parameters. So the results have the same bits with any number of threads.
package final class FastEngine: Engine {
  package let configuration: Configuration
  let parameters: Parameters
  private let team: ThreadTeam
  private let shards: Shards
  private var plan = BatchPlan()
  /// One for each thread.
  private var workspaces: [Workspace]
  private var results: BatchResults
  /// For each n-gram table, the row that each position of the batch looks up.
  private var ngramRows: [[Int32]]
  private var headTargets: HeadTargets
  /// The gradients of the groups after the first: a buffer for each, or the first buffer for one after the other.
  private var furtherGradients: [FloatBuffer] = []
  /// For each sparse embedding, the rows that the batch looks up.
  private var sparseRows: [SparseRows]
  /// The steps that some rows of a sparse embedding have missed, and all after them.
  private var pastSteps: [AdamStep] = []
  /// What Muon updates, in memory that the first step with Muon allocates.
  private lazy var layerMatrices = LayerMatrices(parameters, threads: team.count)

  /// Creates an engine on up to `threads` threads; `processes` share the shards of each batch.
  package init(
    weights: Weights, moments: Moments? = nil, threads: Int = 1, processes: any Communicator = SingleProcess()
  ) {
    shards = Shards(processes)
    configuration = weights.configuration
    parameters = Parameters(weights, moments)
    team = ThreadTeam(count: max(1, threads))
    workspaces = [Workspace(parameters.layout, rows: 16, attentionMemory: 0)]
    results = BatchResults(parameters.layout, rows: 16)
    ngramRows = configuration.ngramTables.map { _ in [] }
    headTargets = HeadTargets(configuration)
    sparseRows = parameters.sparse.map { SparseRows(rows: $0.rows) }
  }

  package var threads: Int { team.count }

  package var weights: Weights {
    catchUpAll()
    return parameters.weights
  }

  package var moments: Moments {
    catchUpAll()
    return parameters.moments
  }

  // MARK: Engine

  package func train(on batch: Batch, _ update: Update) throws(NotFinite) -> StepResult {
    lookUp(batch)
    let (loss, isShared) =
      update.shards == 1 ? differentiate(batch) : differentiateInShards(batch, update.shards)
    let norm = parameters.gradientNorm
    guard loss.isFinite && norm.isFinite else {
      parameters.clearEmbeddingGradients()
      throw NotFinite(loss: loss, gradientNorm: norm)
    }
    let step = AdamStep(update, norm: norm)
    let adapted = update.muonRate == nil ? parameters.all : parameters.outsideLayers
    onParameters(adapted, isShared: isShared) { [sparseRows] parameter, rows in
      if let sparse = parameter.sparse {
        parameter.adapt(rows, step, sparseRows[sparse])
      } else {
        parameter.adapt(rows, step)
      }
    }
    noteSparse(step)
    if let rate = update.muonRate { layerMatrices.step(MuonStep(update, rate: rate, norm: norm), on: team) }
    return StepResult(loss: loss, gradientNorm: norm)
  }

  package func nats(of batch: Batch) -> [Float] {
    lookUp(batch)
    plan.cut(batch, into: (batch.rows + 255) / 256, parameters.layout)
    let isShared = team.count > 1 && plan.count > 1
    makeRoom(batch, threads: isShared ? team.count : 1)
    onGroups(batch, isShared: isShared) { [losses = results.losses] pass, _ in
      pass.forward()
      pass.computeLosses(into: losses)
    }
    return (0..<batch.rows).map { results.losses[$0] }
  }

  /// The gradient of the batch's weighted loss by every weight.
  package func gradients(of batch: Batch) -> Weights {
    lookUp(batch)
    _ = differentiate(batch)
    defer { parameters.clearEmbeddingGradients() }
    return parameters.gradientWeights
  }

  /// The logits of every position, row by row.
  package func logits(of batch: Batch) -> [Float] {
    lookUp(batch)
    var all: [Float] = []
    all.reserveCapacity(batch.rows * configuration.vocabulary)
    plan.cut(batch, into: (batch.rows + 255) / 256, parameters.layout)
    makeRoom(batch, threads: 1)
    for group in 0..<plan.count {
      let pass = pass(batch, group)
      pass.forward()
      if configuration.cutoffs.isEmpty {
        pass.eachLogits { rows, logits in
          for row in 0..<rows.count {
            for token in 0..<configuration.vocabulary { all.append(logits[row, token]) }
          }
        }
      } else {
        pass.appendTokenLogits(to: &all)
      }
    }
    return all
  }

  // MARK: The gradient

  /// Leaves the gradient of the batch's loss in the parameters' gradients, and its squares; says the loss, and whether
  /// threads shared the work.
  private func differentiate(_ batch: Batch) -> (loss: Float, isShared: Bool) {
    plan.cut(batch, into: groups(of: batch), parameters.layout)
    let isShared = team.count > 1 && plan.count > 1
    makeRoom(batch, threads: isShared ? team.count : 1)
    while furtherGradients.count < (isShared ? plan.count - 1 : min(1, plan.count - 1)) {
      furtherGradients.append(FloatBuffer(count: parameters.layout.count))
    }
    onGroups(batch, isShared: isShared) { [results, parameters, furtherGradients] pass, group in
      let gradient = Gradient(
        ofGroup: group, isShared: isShared, first: parameters.gradients, further: furtherGradients)
      pass.forward()
      pass.backward(losses: results.losses, dembedded: results.dembedded, gradient)
    }
    let (dembedded, groups) = (results.dembedded[rows: 0..<batch.rows], plan.count)
    onParameters(isShared: isShared) { [ngramRows, sparseRows, furtherGradients] parameter, rows in
      if parameter.lookup != nil {
        parameter.addLookups(dembedded, batch, ngramRows, rows)
      } else if isShared {
        for group in 1..<groups {
          add(parameter.slot.matrix(in: furtherGradients[group - 1])[rows: rows], to: parameter.gradients[rows: rows])
        }
      }
      parameter.sumSquares(rows, among: sparseRows)
    }
    return (weightedSum(results.losses[rows: 0..<batch.rows], batch.weights.span), isShared)
  }

  /// The same with a gradient for each of some parts of the batch, which are added up by halves, also from other
  /// processes.
  private func differentiateInShards(_ batch: Batch, _ count: Int) -> (loss: Float, isShared: Bool) {
    var isShared = false
    let loss = shards.differentiate(batch, shards: count, into: parameters.gradients) { shard in
      findNGramRows(shard)
      parameters.clearEmbeddingGradients()
      let result = differentiate(shard)
      isShared = isShared || result.isShared
      return result.loss
    }
    onParameters(isShared: isShared) { [sparseRows] parameter, rows in
      parameter.sumSquares(rows, among: sparseRows)
    }
    return (loss, isShared)
  }

  /// Into how many groups a batch is cut: into one where the work is too little to be shared, else into two or four
  /// that have enough rows to keep the products busy, and into eight only where each has enough to be worth the
  /// gradients that it leaves.
  private func groups(of batch: Batch) -> Int {
    guard parameters.layout.transposedCount * batch.rows >= Self.leastSharedWork else { return 1 }
    if batch.rows >= 8 * 192 { return 8 }
    return [4, 2].first { batch.rows >= 48 * $0 } ?? 1
  }

  /// The matrix elements times rows of a step below which sharing it costs more than it gains (see docs/decisions.md).
  static let leastSharedWork = 1_000_000

  // MARK: Sparse embeddings

  /// Finds the rows of embeddings that `batch` looks up, and makes the steps that they have missed.
  private func lookUp(_ batch: Batch) {
    findNGramRows(batch)
    for (index, parameter) in parameters.sparse.enumerated() {
      let found = if case .ngram(let table) = parameter.lookup { ngramRows[table] } else { batch.inputs }
      sparseRows[index].find(found.span)
    }
    catchUp()
  }

  private func findNGramRows(_ batch: Batch) {
    for (index, table) in configuration.ngramTables.enumerated() {
      table.findRows(of: batch, table: index, into: &ngramRows[index])
    }
  }

  /// Makes the steps that the present rows have missed.
  private func catchUp() {
    guard !pastSteps.isEmpty else { return }
    let sharing = team.count > 1 && sparseRows.contains { $0.rows.count >= 512 } ? team.count : 1
    let work: @Sendable (Int) -> Void = { [parameters, sparseRows, pastSteps] thread in
      for (parameter, sparse) in zip(parameters.sparse, sparseRows) {
        let count = sparse.rows.count
        parameter.catchUp(
          count * thread / sharing..<count * (thread + 1) / sharing, of: sparse, with: pastSteps.span)
      }
    }
    if sharing > 1 { team.run(work) } else { work(0) }
    for index in sparseRows.indices { sparseRows[index].setDone(pastSteps.count) }
  }

  /// Makes the steps that any row has missed.
  private func catchUpAll() {
    for index in sparseRows.indices { sparseRows[index].findAll() }
    catchUp()
    pastSteps.removeAll(keepingCapacity: true)
    for index in sparseRows.indices { sparseRows[index].setDone(0) }
  }

  /// Notes a step that the present rows have made.
  private func noteSparse(_ step: AdamStep) {
    guard !sparseRows.isEmpty else { return }
    pastSteps.append(step)
    for index in sparseRows.indices { sparseRows[index].setDone(pastSteps.count) }
    if pastSteps.count == Self.mostPastSteps { catchUpAll() }
  }

  /// The number of steps after which no row misses any of them longer.
  private static let mostPastSteps = 1024

  // MARK: Threads

  private func makeRoom(_ batch: Batch, threads: Int) {
    headTargets.find(batch, plan.groups[..<plan.count])
    let (rows, attentionMemory) = (plan.rowsOfLargest, plan.attentionMemoryOfLargest)
    if workspaces.count < threads || rows > workspaces[0].rows || attentionMemory > workspaces[0].attentionMemory {
      let rows = max(rows + rows / 4, workspaces[0].rows)
      let attentionMemory = max(wholeVectors(attentionMemory + attentionMemory / 4), workspaces[0].attentionMemory)
      workspaces = (0..<max(threads, workspaces.count)).map { _ in
        Workspace(parameters.layout, rows: rows, attentionMemory: attentionMemory)
      }
    }
    if batch.rows > results.losses.count {
      results = BatchResults(parameters.layout, rows: batch.rows + batch.rows / 4)
    }
  }

  /// Calls `work` for each group: in their order, or on several threads at the same time.
  private func onGroups(_ batch: Batch, isShared: Bool, _ work: @Sendable (_ pass: Pass, _ group: Int) -> Void) {
    if isShared {
      team.run(tasks: plan.count) {
        [parameters, workspaces, ngramRows, headTargets, groups = plan.groups] thread, group in
        work(
          Pass(
            parameters: parameters, workspace: workspaces[thread], batch: batch, ngramRows: ngramRows,
            group: groups[group], number: group, headTargets: headTargets),
          group)
      }
    } else {
      for group in 0..<plan.count { work(pass(batch, group), group) }
    }
  }

  /// The pass of a group on the calling thread.
  private func pass(_ batch: Batch, _ group: Int) -> Pass {
    Pass(
      parameters: parameters, workspace: workspaces[0], batch: batch, ngramRows: ngramRows, group: plan.groups[group],
      number: group, headTargets: headTargets)
  }

  /// Calls `work` for all rows of every parameter, or of those given, or on each thread for its share of the rows.
  private func onParameters(
    _ some: [Parameters.Parameter]? = nil, isShared: Bool,
    _ work: @Sendable (_ parameter: Parameters.Parameter, _ rows: Range<Int>) -> Void
  ) {
    let parameters = some ?? parameters.all
    if isShared {
      team.run { [count = team.count] thread in
        for parameter in parameters { work(parameter, parameter.rows(of: thread, among: count)) }
      }
    } else {
      for parameter in parameters { work(parameter, 0..<parameter.rows) }
    }
  }
}

/// The results that the groups of a batch write: each row's loss, and the gradient of its embedding.
private struct BatchResults {
  let losses: Lanes
  let dembedded: Matrix
  private let buffers: [FloatBuffer]

  init(_ layout: ParameterLayout, rows: Int) {
    let losses = FloatBuffer(count: wholeVectors(rows))
    let dembedded = FloatBuffer(count: rows * rowStride(layout.width))
    buffers = [losses, dembedded]
    self.losses = losses.lanes(count: rows)
    self.dembedded = dembedded.matrix(rows: rows, columns: layout.width)
  }
}

extension AdamStep {
  init(_ update: Update, norm: Float) {
    self.init(
      step: update.step, learningRate: update.learningRate, beta1: update.beta1, beta2: update.beta2,
      epsilon: update.epsilon, weightDecay: update.weightDecay, scale: update.scale(norm: norm))
  }
}

extension MuonStep {
  init(_ update: Update, rate: Double, norm: Float) {
    self.init(
      step: update.step, rate: rate, momentum: Update.muonMomentum, weightDecay: update.weightDecay,
      scale: update.scale(norm: norm))
  }
}

extension Update {
  /// The factor of a gradient of this norm: less than 1 if it is clipped.
  fileprivate func scale(norm: Float) -> Float {
    guard let clip, Double(norm) > clip else { return 1 }
    return Float(clip / Double(norm))
  }
}
