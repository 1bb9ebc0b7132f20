/// Floating-point operations done by `multiplyAdds(rounds)`.
public func operationsOfMultiplyAdds(_ rounds: Int) -> Int { rounds * 24 * 16 * 2 }

/// Does nothing but multiply and add in registers, to measure how many of these the processor can do; the result is of no use.
@inline(never)
public func multiplyAdds(_ rounds: Int) -> Float {
  var sums = InlineArray<24, Vector>(repeating: Vector(0))
  let factor = Vector(0.5)
  let term = Vector(Float(rounds & 1))
  for _ in 0..<rounds {
    for index in 0..<24 { sums[index] = term.addingProduct(sums[index], factor) }
  }
  var sum = Vector(0)
  for index in 0..<24 { sum += sums[index] }
  return sum.total
}
