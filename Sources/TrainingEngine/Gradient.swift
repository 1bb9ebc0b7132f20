import Kernels

/// Where a group of sequences leaves the gradients of the matrices.
struct Gradient {
  /// Laid out like the parameters.
  let gradients: FloatBuffer
  /// Whether other groups' gradients are there, to which the new ones are to be added: when they are complete, so that the sum is
  /// the same as of gradients that were in different places.
  let sums: FloatBuffer?

  func of(_ parameter: Parameters.Parameter, _ compute: (_ gradients: Matrix) -> Void) {
    let gradients = parameter.slot.matrix(in: gradients)
    compute(gradients)
    if let sums { add(gradients, to: parameter.slot.matrix(in: sums)) }
  }
}
