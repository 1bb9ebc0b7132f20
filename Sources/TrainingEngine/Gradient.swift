import Kernels
import ModelMemory

/// The destination of a group's gradients of the matrices.
struct Gradient {
  /// Laid out like the parameters.
  let gradients: FloatBuffer
  /// The sums of the groups before, to which complete gradients are added. The sum is the same as that of gradients in
  /// separate buffers.
  let sums: FloatBuffer?

  /// The gradients of group `group`. If threads share the groups, each has a buffer of its own. If not, the second and
  /// all later ones use the same buffer in turn.
  init(ofGroup group: Int, isShared: Bool, first: FloatBuffer, further: [FloatBuffer]) {
    gradients = group == 0 ? first : further[isShared ? group - 1 : 0]
    sums = group == 0 || isShared ? nil : first
  }

  func of(_ parameter: Parameters.Parameter, _ compute: (_ gradients: Matrix) -> Void) {
    let gradients = parameter.slot.matrix(in: gradients)
    compute(gradients)
    if let sums { add(gradients, to: parameter.slot.matrix(in: sums)) }
  }
}
