import Kernels

/// Where a group of sequences leaves the gradients of the matrices.
struct Gradient {
  /// Laid out like the parameters.
  let slopes: FloatBuffer
  /// Whether other groups' gradients are there, to which the new ones are to be added: when they are complete, so that the sum is
  /// the same as of gradients that were in different places.
  let sums: FloatBuffer?

  func of(_ parameter: Parameters.Parameter, _ compute: (_ slopes: Matrix) -> Void) {
    let slopes = parameter.slot.matrix(in: slopes)
    compute(slopes)
    if let sums { add(slopes, to: parameter.slot.matrix(in: sums)) }
  }
}
