import Architecture
import Kernels

/// The network: what a batch goes through forward, and its gradient backward.
extension FastEngine {
  // MARK: Forward

  func forward(_ batch: Batch, _ crew: Crew) {
    let sequences = plan.share(of: crew.member, among: crew.count)
    let rows = plan.rows(sequences)
    let embedding = configuration.embedding
    let stream = workspace.stream[rows: rows]
    let embedded = workspace.embedded[rows: rows]

    // stream = norm(tokens[input] + positions[position])
    for sequence in sequences {
      let rows = plan.rows(sequence)
      embed(
        batch.inputs.span.extracting(plan.inBatch(rows)), tokenRows: parameters.tokens.values,
        positionRows: parameters.positions.values, into: workspace.stream[rows: rows])
    }
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
      for sequence in sequences { attend(attentionRows(memory, sequence, crew)) }
      multiply(memory.attended[rows: rows], weights.output.values, into: stream, .adding(before))

      // stream += contract(relu(expand(norm(stream))))
      let feedInput = memory.feedInput[rows: rows]
      let hidden = memory.hidden[rows: rows]
      normalize(stream, width: embedding, into: feedInput, scales: memory.feedScales[rows: rows])
      multiply(feedInput, weights.expand.values, into: hidden, .rectify, depth: embedding)
      multiply(
        hidden, weights.contract.values, into: stream, .adding(stream), depth: configuration.hidden)
    }
  }

  /// logits (R, V) = stream (R, C) · head (C, V) for some `rows` of `block`.
  func multiplyByHead(_ block: Range<Int>, _ rows: Range<Int>) {
    multiply(
      workspace.stream[rows: block][rows: rows], parameters.head.values, into: workspace.logits[rows: rows],
      depth: configuration.embedding)
  }

  /// The losses of some `rows` of `block`, and in place of their logits the gradients.
  func lose(_ batch: Batch, _ block: Range<Int>, _ rows: Range<Int>) {
    multiplyByHead(block, rows)
    let lost = block.lowerBound + rows.lowerBound..<block.lowerBound + rows.upperBound
    crossEntropy(
      workspace.logits[rows: rows], vocabulary: configuration.vocabulary,
      targets: batch.targets.span.extracting(plan.inBatch(lost)),
      weights: batch.weights.span.extracting(plan.inBatch(lost)), losses: workspace.losses[rows: lost])
  }

  /// Calls `body` for this member's rows of each block of logits and then, when everyone has done theirs, `then`.
  func eachLogitBlock(
    _ crew: Crew, _ body: (_ block: Range<Int>, _ rows: Range<Int>) -> Void,
    then: (_ block: Range<Int>) -> Void = { _ in }
  ) {
    for begin in stride(from: 0, to: plan.rows, by: workspace.logits.rows) {
      let block = begin..<min(begin + workspace.logits.rows, plan.rows)
      body(block, crew.share(of: block.count))
      crew.barrier()
      then(block)
      crew.barrier()
    }
  }

  // MARK: Backward

  func backward(_ batch: Batch, _ crew: Crew) {
    let sequences = plan.share(of: crew.member, among: crew.count)
    let rows = plan.rows(sequences)
    let all = 0..<plan.rows
    let embedding = configuration.embedding
    let dstream = workspace.dstream[rows: rows]
    let dmiddle = workspace.dmiddle[rows: rows]
    let dhidden = workspace.dhidden[rows: rows]
    let dinput = workspace.dinput[rows: rows]

    // logits = stream · head
    crew.barrier()
    eachLogitBlock(crew) { block, rows in
      lose(batch, block, rows)
      multiply(
        workspace.logits[rows: rows], parameters.head.transposed, into: workspace.dstream[rows: block][rows: rows],
        depth: configuration.vocabulary)
    } then: { block in
      descend(
        workspace.stream[rows: block], workspace.logits[rows: 0..<block.count], parameters.head, crew,
        onTop: block.lowerBound > 0)
    }

    for index in parameters.layers.indices.reversed() {
      let (weights, memory) = (parameters.layers[index], workspace.layers[index])

      // stream += contract(relu(expand(norm(stream))))
      multiply(dstream, weights.contract.transposed, into: dhidden, .gate(memory.hidden[rows: rows]), depth: embedding)
      multiply(dhidden, weights.expand.transposed, into: dinput, depth: configuration.hidden)
      normalizeBackward(
        dinput, out: memory.feedInput[rows: rows], scales: memory.feedScales[rows: rows], width: embedding,
        adding: dstream, into: dmiddle)

      // stream += attention(norm(stream))
      multiply(dmiddle, weights.output.transposed, into: workspace.dattended[rows: rows], depth: embedding)
      for sequence in sequences {
        let rows = plan.rows(sequence)
        attendBackward(
          attentionRows(memory, sequence, crew), dresults: workspace.dattended[rows: rows],
          into: workspace.dqueriesKeysValues[rows: rows])
      }
      multiply(workspace.dqueriesKeysValues[rows: rows], weights.queriesKeysValues.transposed, into: dinput)

      crew.barrier()
      descend(memory.hidden[rows: all], workspace.dstream[rows: all], weights.contract, crew)
      descend(memory.feedInput[rows: all], workspace.dhidden[rows: all], weights.expand, crew)
      descend(memory.attended[rows: all], workspace.dmiddle[rows: all], weights.output, crew)
      descend(
        memory.attentionInput[rows: all], workspace.dqueriesKeysValues[rows: all], weights.queriesKeysValues, crew)
      crew.barrier()

      normalizeBackward(
        dinput, out: memory.attentionInput[rows: rows], scales: memory.attentionScales[rows: rows], width: embedding,
        adding: dmiddle, into: dstream)
    }

    // stream = norm(tokens[input] + positions[position])
    normalizeBackward(
      dstream, out: workspace.embedded[rows: rows], scales: workspace.embeddedScales[rows: rows], width: embedding,
      adding: nil, into: dmiddle)
    crew.barrier()
    let (tokens, positions) = (crew.share(of: parameters.tokens.rows), crew.share(of: parameters.positions.rows))
    for sequence in plan.ends.indices {
      let rows = plan.rows(sequence)
      embedBackward(
        workspace.dmiddle[rows: rows], batch.inputs.span.extracting(plan.inBatch(rows)),
        dtokenRows: parameters.tokens.slopes, ownedTokens: tokens,
        dpositionRows: parameters.positions.slopes, ownedPositions: positions)
    }
    parameters.tokens.sumSquares(tokens)
    parameters.positions.sumSquares(positions)
  }

  // MARK: Parts of both

  private func attentionRows(_ memory: Workspace.Layer, _ sequence: Int, _ crew: Crew) -> AttentionRows {
    let rows = plan.rows(sequence)
    return AttentionRows(
      parameters.layout.attention, queriesKeysValues: memory.queriesKeysValues[rows: rows],
      results: memory.attended[rows: rows],
      memory: memory.attentionMemory, offset: plan.attentionOffsets[sequence], scratch: workspace.scratch[crew.member])
  }

  /// slopes = inputᵀ · doutput, or that on top of what they are, for this member's rows of `parameter`.
  private func descend(
    _ input: Matrix, _ doutput: Matrix, _ parameter: Parameters.Parameter, _ crew: Crew, onTop: Bool = false
  ) {
    let rows = crew.share(of: parameter.rows)
    let slopes = parameter.slopes[rows: rows]
    multiplyTransposed(input[columns: rows], doutput, into: slopes, onTop ? .adding(slopes) : .store)
    parameter.sumSquares(rows)
  }
}
