import GPT

/// Adam with bias correction and decoupled weight decay.
enum Adam {
  /// Updates `parameters` by their gradients times `scale`, and the running means of these gradients and of their
  /// squares.
  static func step(
    _ parameters: ArraySlice<Scalar>, scale: Double, _ update: Update, first: inout ArraySlice<Double>,
    second: inout ArraySlice<Double>
  ) {
    let correction1 = 1 - power(update.beta1, Double(update.step))
    let correction2 = 1 - power(update.beta2, Double(update.step))
    for (index, parameter) in zip(parameters.indices, parameters) {
      let gradient = parameter.gradient * scale
      first[index] = update.beta1 * first[index] + (1 - update.beta1) * gradient
      second[index] = update.beta2 * second[index] + (1 - update.beta2) * gradient * gradient
      let mean = first[index] / correction1
      let deviation = (second[index] / correction2).squareRoot()
      parameter.value -= update.learningRate * update.weightDecay * parameter.value
      parameter.value -= update.learningRate * mean / (deviation + update.epsilon)
    }
  }
}
