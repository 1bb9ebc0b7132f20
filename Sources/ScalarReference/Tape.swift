/// All scalars of a computation, in the order of their creation.
///
/// Parents precede their children, so one pass from the end to the start is the whole of backpropagation.
///
///     let tape = Tape()
///     let x = tape.variable(3)
///     tape.backward(from: x * x + x)
///     x.gradient  // 7
package final class Tape {
  fileprivate var record = Record()

  package init() {}

  package var count: Int { record.nodes.count }

  /// Returns a new scalar without parents.
  package func variable(_ value: Double) -> Scalar { Scalar(tape: self, index: record.append(value)) }

  /// Adds the derivative of `result`, the last scalar of the tape, by each scalar to that scalar's gradient.
  package func backward(from result: Scalar) {
    precondition(Int(result.index) == count - 1, "scalar \(result.index) of \(count) is not the last")
    record.backward()
  }

  /// Removes all but the first `count` scalars and keeps the memory.
  package func forget(after count: Int) { record.nodes.removeLast(record.nodes.count - count) }
}

/// The contents of a tape. It is a value type, so that the compiler can rely on exclusive access.
private struct Record {
  struct Node {
    var value: Double
    var gradient = 0.0
    /// The indices of the parents. A node with fewer than two is its own parent, with a derivative of zero.
    var parent1, parent2: Int32
    /// The derivatives by the parents.
    var derivative1 = 0.0, derivative2 = 0.0
  }

  var nodes: [Node] = []

  mutating func append(_ value: Double) -> Int32 {
    let index = Int32(nodes.count)
    nodes.append(Node(value: value, parent1: index, parent2: index))
    return index
  }

  mutating func append(_ a: Int32, _ rule: (Double) -> (value: Double, byA: Double)) -> Int32 {
    let index = Int32(nodes.count)
    let result = rule(nodes[Int(a)].value)
    nodes.append(Node(value: result.value, parent1: a, parent2: index, derivative1: result.byA))
    return index
  }

  mutating func append(
    _ a: Int32, _ b: Int32, _ rule: (Double, Double) -> (value: Double, byA: Double, byB: Double)
  ) -> Int32 {
    let index = Int32(nodes.count)
    let result = rule(nodes[Int(a)].value, nodes[Int(b)].value)
    nodes.append(
      Node(value: result.value, parent1: a, parent2: b, derivative1: result.byA, derivative2: result.byB))
    return index
  }

  /// Applies the chain rule, from the last node to the first.
  mutating func backward() {
    nodes[nodes.count - 1].gradient += 1
    for index in nodes.indices.reversed() {
      let node = nodes[index]
      nodes[Int(node.parent1)].gradient += node.derivative1 * node.gradient
      nodes[Int(node.parent2)].gradient += node.derivative2 * node.gradient
    }
  }
}

/// A number on a tape, which records all arithmetic with it.
package struct Scalar {
  fileprivate let tape: Tape
  fileprivate let index: Int32

  package var value: Double {
    get { tape.record.nodes[Int(index)].value }
    nonmutating set { tape.record.nodes[Int(index)].value = newValue }
  }

  /// The derivative of the result by this scalar, summed over all calls of `backward`.
  package var gradient: Double {
    get { tape.record.nodes[Int(index)].gradient }
    nonmutating set { tape.record.nodes[Int(index)].gradient = newValue }
  }

  private func with(_ rule: (Double) -> (value: Double, byA: Double)) -> Scalar {
    Scalar(tape: tape, index: tape.record.append(index, rule))
  }

  private func with(_ b: Scalar, _ rule: (Double, Double) -> (value: Double, byA: Double, byB: Double)) -> Scalar {
    Scalar(tape: tape, index: tape.record.append(index, b.index, rule))
  }

  // The value of each operation, and its derivative by each argument.

  package static func + (a: Scalar, b: Scalar) -> Scalar { a.with(b) { a, b in (a + b, 1, 1) } }
  package static func * (a: Scalar, b: Scalar) -> Scalar { a.with(b) { a, b in (a * b, b, a) } }
  package static func + (a: Scalar, b: Double) -> Scalar { a.with { a in (a + b, 1) } }
  package static func * (a: Scalar, b: Double) -> Scalar { a.with { a in (a * b, b) } }
  package func power(_ n: Double) -> Scalar {
    with { a in (ScalarReference.power(a, n), n * ScalarReference.power(a, n - 1)) }
  }
  package func log() -> Scalar { with { a in (logarithm(a), 1 / a) } }
  package func exp() -> Scalar { with { a in (exponential(a), exponential(a)) } }
  package func relu() -> Scalar { with { a in (a < 0 ? 0 : a, a > 0 ? 1 : 0) } }

  package static prefix func - (a: Scalar) -> Scalar { a * -1 }
  package static func - (a: Scalar, b: Scalar) -> Scalar { a + -b }
  package static func - (a: Scalar, b: Double) -> Scalar { a + -b }
  package static func / (a: Scalar, b: Scalar) -> Scalar { a * b.power(-1) }
  package static func / (a: Scalar, b: Double) -> Scalar { a * (1 / b) }
}
