import GPT
import Kernels
import ModelMemory

/// The network: the forward and backward pass of a group of sequences, on one thread.
struct Pass {
  let parameters: Parameters
  let workspace: Workspace
  let batch: Batch
  /// For each n-gram table, the row that each position of the batch looks up.
  let ngramRows: [[Int32]]
  let group: BatchPlan.Group
  /// The number of the group.
  let number: Int
  /// The targets of the batch in the clusters of an adaptive softmax.
  let headTargets: HeadTargets

  private var configuration: Configuration { parameters.layout.configuration }
  private var rows: Range<Int> { 0..<group.rows.count }

  // MARK: Forward

  func forward() {
    let embedding = configuration.embedding
    let stream = workspace.stream[rows: rows]
    let embedded = workspace.embedded[rows: rows]

    // stream = norm(drop(tokens[input] + positions[position] + n-gram embeddings))
    embedTokens()
    for (table, found) in zip(parameters.ngrams, ngramRows) {
      addRows(found.span.extracting(inBatch(rows)), of: table.values, to: stream)
    }
    dropElements(of: stream)
    normalize(stream, width: embedding, into: embedded, scales: workspace.embeddedScales[rows: rows])

    for index in parameters.layers.indices {
      let (weights, memory) = (parameters.layers[index], workspace.layers[index])
      let before = index == 0 ? embedded : stream

      // stream += attention(norm(stream))
      let attentionInput = memory.attentionInput[rows: rows]
      normalize(before, width: embedding, into: attentionInput, scales: memory.attentionScales[rows: rows])
      multiply(
        attentionInput, weights.queriesKeysValues.values, into: memory.queriesKeysValues[rows: rows],
        depth: embedding)
      for sequence in group.ends.indices {
        if let table = parameters.rotaryTable {
          rotate(queriesKeys(memory.queriesKeysValues[rows: group.rows(sequence)]), by: table)
        }
        attend(attentionRows(memory, sequence))
      }
      multiply(memory.attended[rows: rows], weights.output.values, into: stream, .adding(before))

      // stream += contract(activation(expand(norm(stream))))
      let feedInput = memory.feedInput[rows: rows]
      let hidden = memory.hidden[rows: rows]
      normalize(stream, width: embedding, into: feedInput, scales: memory.feedScales[rows: rows])
      multiply(feedInput, weights.expand.values, into: hidden, configuration.activation.forward, depth: embedding)
      multiply(
        hidden, weights.contract.values, into: stream, .adding(stream), depth: configuration.hidden)
    }

    // logits = norm(stream) · head
    if let norm = workspace.finalNorm {
      normalize(stream, width: embedding, into: norm.output[rows: rows], scales: norm.scales[rows: rows])
    }
  }

  /// stream = tokens[input] + positions[position], or the tokens' embeddings alone with rotary positions.
  private func embedTokens() {
    for sequence in group.ends.indices {
      let rows = group.rows(sequence)
      let (tokens, stream) = (batch.inputs.span.extracting(inBatch(rows)), workspace.stream[rows: rows])
      if let positions = parameters.positions {
        embed(tokens, tokenRows: parameters.tokens.values, positionRows: positions.values, into: stream)
      } else {
        embed(tokens, tokenRows: parameters.tokens.values, into: stream)
      }
    }
  }

  /// Drops what the batch drops of the embeddings or their gradients.
  private func dropElements(of embeddings: Matrix) {
    guard !batch.droppedElements.isEmpty else { return }
    Kernels.dropElements(
      batch.droppedElements.span.extracting(batch.elementWords(group.rows)), of: embeddings)
  }

  /// Calls `body` with one block of rows after another, as many as the workspace has logits for, and their logits:
  /// logits (R, V) = headInput (R, C) · head (C, V).
  func eachLogits(_ body: (_ rows: Range<Int>, _ logits: Matrix) -> Void) {
    for begin in stride(from: 0, to: rows.count, by: workspace.logits.rows) {
      let block = begin..<min(begin + workspace.logits.rows, rows.count)
      let logits = workspace.logits[rows: 0..<block.count]
      multiply(headInput[rows: block], parameters.head.values, into: logits, depth: configuration.embedding)
      body(block, logits)
    }
  }

  /// Writes the losses of `rows` and returns the gradient of their logits, which takes the place of the logits. With an
  /// adaptive softmax, these are the losses and logits of the head.
  @discardableResult
  private func crossEntropy(_ rows: Range<Int>, _ logits: Matrix, into losses: Lanes) -> Matrix {
    let targets = configuration.cutoffs.isEmpty ? batch.targets : headTargets.head
    return Kernels.crossEntropy(
      logits, vocabulary: configuration.headCount, targets: targets.span.extracting(inBatch(rows)),
      weights: batch.weights.span.extracting(inBatch(rows)), losses: losses[rows: inBatch(rows)])
  }

  /// Writes the losses of the group's rows to the batch's `losses`, after `forward`.
  func computeLosses(into losses: Lanes) {
    eachLogits { rows, logits in crossEntropy(rows, logits, into: losses) }
    for cluster in parameters.clusters.indices { eachClusterGradient(cluster, losses) { _, _, _ in } }
  }

  // MARK: The clusters of an adaptive softmax

  /// Appends the logits of all tokens, row by row, after `forward`.
  func appendTokenLogits(to all: inout [Float]) {
    let clusters = parameters.clusters.map {
      ParameterLayout.Cluster(projection: $0.projection.values, output: $0.output.values)
    }
    let output = TokenLogits(configuration, head: parameters.head.values, clusters: clusters, columns: 16)
    let memory = FloatBuffer(count: 16 * parameters.layout.width)
    let across = memory.matrix(rows: parameters.layout.width, columns: 16)
    for first in stride(from: 0, to: rows.count, by: 16) {
      for column in 0..<min(16, rows.count - first) {
        for row in 0..<across.rows { across[row, column] = headInput[first + column, row] }
      }
      let logits = output.compute(across)
      for column in 0..<min(16, rows.count - first) {
        for token in 0..<configuration.vocabulary { all.append(logits[token, column]) }
      }
    }
  }

  /// Adds the losses within a cluster to the batch's `losses`, and calls `body` with one block of the cluster's rows
  /// after another: their numbers, the rows that the head reads, and the gradient of their logits.
  ///
  /// logits (R, N) = headInput (R, C) · projection (C, W) · output (W, N)
  private func eachClusterGradient(
    _ cluster: Int, _ losses: Lanes, _ body: (_ rows: Span<Int32>, _ input: Matrix, _ dlogits: Matrix) -> Void
  ) {
    guard let memory = workspace.clusters, let adaptive = configuration.adaptiveSoftmax else { return }
    let (weights, activations) = (parameters.clusters[cluster], memory.clusters[cluster])
    let targets = headTargets.clusters[cluster]
    let range = targets.range(ofGroup: number)
    for first in stride(from: range.lowerBound, to: range.upperBound, by: activations.logits.rows) {
      let block = first..<min(first + activations.logits.rows, range.upperBound)
      let rows = targets.rows.span.extracting(block)
      let input = memory.input[rows: 0..<block.count]
      embed(rows, tokenRows: headInput, into: input)
      let projected = activations.projected[rows: 0..<block.count]
      multiply(input, weights.projection.values, into: projected, depth: configuration.embedding)
      let logits = activations.logits[rows: 0..<block.count]
      let (width, count) = (adaptive.clusters[cluster].width, adaptive.clusters[cluster].classes.count)
      multiply(projected, weights.output.values, into: logits, depth: width)
      let dlogits = Kernels.crossEntropy(
        logits, vocabulary: count, targets: targets.targets.span.extracting(block),
        weights: targets.weights.span.extracting(block), losses: memory.losses[rows: 0..<block.count])
      for index in rows.indices {
        losses[Int(rows[index]) + group.rows.lowerBound] += memory.losses[index]
      }
      body(rows, input, dlogits)
    }
  }

  /// Adds the gradients of the rows that the head reads to `dheadInput`, and writes those of a cluster's matrices.
  private func clusterBackward(_ cluster: Int, losses: Lanes, dheadInput: Matrix, _ gradient: Gradient) {
    guard let memory = workspace.clusters, let adaptive = configuration.adaptiveSoftmax else { return }
    let (weights, activations) = (parameters.clusters[cluster], memory.clusters[cluster])
    gradient.of(weights.projection) { dprojection in
      gradient.of(weights.output) { doutput in
        var isFirst = true
        eachClusterGradient(cluster, losses) { rows, input, dlogits in
          let projected = activations.projected[rows: 0..<rows.count]
          let dprojected = activations.dprojected[rows: 0..<rows.count]
          let dinput = memory.dinput[rows: 0..<rows.count]
          // logits = projected · output
          multiply(
            dlogits, weights.output.transposed, into: dprojected, depth: adaptive.clusters[cluster].classes.count)
          multiplyTransposed(projected, dlogits, into: doutput, isFirst ? .store : .adding(doutput))
          // projected = input · projection
          multiply(
            dprojected, weights.projection.transposed, into: dinput, depth: adaptive.clusters[cluster].width)
          multiplyTransposed(input, dprojected, into: dprojection, isFirst ? .store : .adding(dprojection))
          // input = headInput[rows]
          embedBackward(dinput, tokens: rows, into: dheadInput, owned: 0..<dheadInput.rows)
          isFirst = false
        }
        if isFirst {
          dprojection.fill(0)
          doutput.fill(0)
        }
      }
    }
  }

  // MARK: Backward

  /// Writes the losses of the group's rows to the batch's `losses`, the gradients of its embeddings to the batch's
  /// `dembedded`, and all other gradients to `gradient`.
  func backward(losses: Lanes, dembedded: Matrix, _ gradient: Gradient) {
    let embedding = configuration.embedding
    let dstream = workspace.dstream[rows: rows]
    let dmiddle = workspace.dmiddle[rows: rows]
    let dhidden = workspace.dhidden[rows: rows]
    let dinput = workspace.dinput[rows: rows]
    let dqueriesKeysValues = workspace.dqueriesKeysValues[rows: rows]

    // logits = norm(stream) · head, or stream · head without a final norm
    let dheadInput = workspace.finalNorm == nil ? dstream : dinput
    gradient.of(parameters.head) { gradients in
      eachLogits { block, logits in
        let dlogits = crossEntropy(block, logits, into: losses)
        multiply(dlogits, parameters.head.transposed, into: dheadInput[rows: block], depth: configuration.headCount)
        multiplyTransposed(
          headInput[rows: block], dlogits, into: gradients, block.lowerBound > 0 ? .adding(gradients) : .store)
      }
    }
    for cluster in parameters.clusters.indices {
      clusterBackward(cluster, losses: losses, dheadInput: dheadInput, gradient)
    }
    if let norm = workspace.finalNorm {
      normalizeBackward(
        dinput, out: norm.output[rows: rows], scales: norm.scales[rows: rows], width: embedding, adding: nil,
        into: dstream)
    }

    for index in parameters.layers.indices.reversed() {
      let (weights, memory) = (parameters.layers[index], workspace.layers[index])

      // stream += contract(activation(expand(norm(stream))))
      let hidden = memory.hidden[rows: rows]
      let feedInput = memory.feedInput[rows: rows]
      gradient.of(weights.contract) { multiplyTransposed(hidden, dstream, into: $0) }
      multiply(
        dstream, weights.contract.transposed, into: dhidden, configuration.activation.backward(hidden), depth: embedding
      )
      gradient.of(weights.expand) { multiplyTransposed(feedInput, dhidden, into: $0) }
      multiply(dhidden, weights.expand.transposed, into: dinput, depth: configuration.hidden)
      normalizeBackward(
        dinput, out: feedInput, scales: memory.feedScales[rows: rows], width: embedding, adding: dstream, into: dmiddle)

      // stream += attention(norm(stream))
      let attentionInput = memory.attentionInput[rows: rows]
      gradient.of(weights.output) { multiplyTransposed(memory.attended[rows: rows], dmiddle, into: $0) }
      multiply(dmiddle, weights.output.transposed, into: workspace.dattended[rows: rows], depth: embedding)
      for sequence in group.ends.indices {
        let rows = group.rows(sequence)
        attendBackward(
          attentionRows(memory, sequence), dresults: workspace.dattended[rows: rows],
          into: workspace.dqueriesKeysValues[rows: rows])
        if let table = parameters.rotaryTable {
          rotateBackward(queriesKeys(workspace.dqueriesKeysValues[rows: rows]), by: table)
        }
      }
      gradient.of(weights.queriesKeysValues) { multiplyTransposed(attentionInput, dqueriesKeysValues, into: $0) }
      multiply(dqueriesKeysValues, weights.queriesKeysValues.transposed, into: dinput)
      normalizeBackward(
        dinput, out: attentionInput, scales: memory.attentionScales[rows: rows], width: embedding, adding: dmiddle,
        into: dstream)
    }

    // stream = norm(drop(tokens[input] + positions[position] + n-gram embeddings))
    normalizeBackward(
      dstream, out: workspace.embedded[rows: rows], scales: workspace.embeddedScales[rows: rows], width: embedding,
      adding: nil, into: dembedded[rows: group.rows])
    dropElements(of: dembedded[rows: group.rows])
  }

  // MARK: Parts of both

  /// The rows that the head reads.
  private var headInput: Matrix { workspace.finalNorm?.output ?? workspace.stream }

  /// The columns of the queries and keys.
  private func queriesKeys(_ queriesKeysValues: Matrix) -> Matrix {
    queriesKeysValues[columns: 0..<2 * parameters.layout.attention.width]
  }

  /// The rows of the batch that correspond to `rows` of the workspace.
  private func inBatch(_ rows: Range<Int>) -> Range<Int> {
    rows.lowerBound + group.rows.lowerBound..<rows.upperBound + group.rows.lowerBound
  }

  private func attentionRows(_ memory: Workspace.Layer, _ sequence: Int) -> AttentionRows {
    let rows = group.rows(sequence)
    return AttentionRows(
      parameters.layout.attention, queriesKeysValues: memory.queriesKeysValues[rows: rows],
      results: memory.attended[rows: rows],
      memory: memory.attentionMemory, offset: group.attentionOffsets[sequence], scratch: workspace.scratch)
  }
}
