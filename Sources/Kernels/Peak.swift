/// Runs `rounds` of multiply-adds in registers, to measure the processor's peak, and returns the number of
/// floating-point operations.
///
/// The independent sums are many enough to hide the latency of a multiply-add, and few enough to stay in registers.
package func multiplyAdds(_ rounds: Int) -> (operations: Int, sum: Float) {
  Registers.holdsWholeVectors ? Chains<12>.run(rounds) : Chains<6>.run(rounds)
}

private enum Chains<let Count: Int> {
  @inline(never)
  static func run(_ rounds: Int) -> (operations: Int, sum: Float) {
    var sums = InlineArray<Count, Vector> { _ in Vector(0) }
    let factor = Vector(0.5)
    let term = Vector(Float(rounds & 1))
    for _ in 0..<rounds {
      for index in 0..<Count { sums[index] = term.addingProduct(sums[index], factor) }
    }
    var sum = Vector(0)
    for index in 0..<Count { sum += sums[index] }
    return (rounds * Count * 16 * 2, sum.total)
  }
}
