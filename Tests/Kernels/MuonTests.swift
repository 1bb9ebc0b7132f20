import Foundation
import Kernels
import Support
import Testing

/// If these fail, Muon's steps are not orthogonal, or its momentum is not what the documentation says.
struct MuonTests {
  /// The matrix in the first rows and columns of one with whole blocks of sixteen.
  private static func padded(_ numbers: [[Double]], rows: Int = 0, width: Int = 0) -> Numbers {
    let matrix = Numbers(rows: wholeVectors(max(rows, numbers.count)), width: max(width, numbers[0].count))
    for (row, numbers) in numbers.enumerated() {
      for (column, number) in numbers.enumerated() { matrix.matrix[row, column] = Float(number) }
    }
    return matrix
  }

  /// The pairs of matrices of `Tests/Golden/newton-schulz.txt`.
  private static func golden() throws -> [(input: [[Double]], output: [[Double]])] {
    let path = URL(filePath: #filePath).appending(path: "../../Golden/newton-schulz.txt").standardized
    return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { line in
      let parts = try line.split(separator: "|").map { part in
        try part.split(separator: " ").map { try #require(Double($0), "\($0) is not a number") }
      }
      let (rows, columns) = (Int(parts[0][0]), Int(parts[0][1]))
      func matrix(_ numbers: ArraySlice<Double>) -> [[Double]] {
        (0..<rows).map { row in Array(numbers.dropFirst(row * columns).prefix(columns)) }
      }
      return (matrix(parts[0].dropFirst(2)), matrix(parts[1][...]))
    }
  }

  /// One after the other in the same memory, also as a part of much larger matrices.
  @Test(arguments: [(0, 0), (40, 20), (20, 130), (128, 512), (512, 128)])
  func `orthogonal matrices agree with an independent program`(rows: Int, width: Int) throws {
    let memory = NewtonSchulz(length: 512, side: 144)
    var worst = 0.0
    for (input, output) in try Self.golden() {
      let numbers = Self.padded(input, rows: rows, width: width)
      memory.orthogonalize(numbers.matrix)
      for row in 0..<numbers.matrix.rows {
        for column in 0..<numbers.matrix.columns {
          let isInside = row < output.count && column < output[0].count
          let expected = isInside ? output[row][column] : 0
          worst = max(worst, abs(Double(numbers.matrix[row, column]) - expected))
          if !isInside { #expect(numbers.matrix[row, column] == 0, "padding at (\(row), \(column))") }
        }
      }
    }
    print("Newton–Schulz in \(rows) × \(width): worst error \(worst)")
    #expect(worst < 1e-4)
  }

  @Test(arguments: [(16, 16), (32, 32), (16, 64), (96, 32), (48, 160)])
  func `singular values are near 1`(rows: Int, width: Int) {
    var random = RandomSource(seed: 42)
    let numbers = Numbers(rows: rows, width: width, scale: 0.01, using: &random)
    NewtonSchulz(length: max(rows, width), side: min(rows, width)).orthogonalize(numbers.matrix)
    let singular = eigenvalues(gram(numbers.values)).map { max(0, $0).squareRoot() }
    let (least, most) = (singular.min() ?? 0, singular.max() ?? 0)
    print("\(rows) × \(width): singular values from \(least) to \(most)")
    #expect(least > 0.65 && most < 1.25)
  }

  /// Of three matrices side by side, as queries, keys and values are, the middle one.
  @Test func `a step agrees with the formula and touches no other matrix`() {
    var random = RandomSource(seed: 3)
    let (rate, decay, scale, factor) = (0.02, 0.1, 0.25, 2.0)
    let parts = (0..<3).map { _ in Numbers(rows: 32, width: 96, using: &random) }
    let (weights, gradients, first) = (parts[0], parts[1], parts[2])
    let memory = NewtonSchulz(length: 32, side: 32)
    for step in 1...3 {
      for row in 0..<32 {
        for column in 0..<96 { gradients.matrix[row, column] = Float(random.normal()) }
      }
      let before = parts.map(\.values)
      let direction = Numbers(rows: 32, width: 32)
      for row in 0..<32 {
        for column in 0..<32 {
          let gradient = 0.05 * scale * before[1][row][32 + column]
          let momentum = 0.95 * before[2][row][32 + column] + gradient
          direction.matrix[row, column] = Float(0.95 * momentum + gradient)
        }
      }
      memory.orthogonalize(direction.matrix)
      muon(
        weights: weights.matrix[columns: 32..<64], gradients: gradients.matrix[columns: 32..<64],
        first: first.matrix[columns: 32..<64],
        MuonStep(step: step, rate: rate, momentum: 0.95, weightDecay: decay, scale: Float(scale)),
        factor: Float(factor), in: memory)
      let (after, directions) = (parts.map(\.values), direction.values)
      for row in 0..<32 {
        for column in 0..<96 where !(32..<64).contains(column) {
          for (after, before) in zip(after, before) { #expect(after[row][column] == before[row][column]) }
        }
        for column in 32..<64 {
          let momentum = 0.95 * before[2][row][column] + 0.05 * scale * before[1][row][column]
          #expect(abs(after[2][row][column] - momentum) < 1e-6)
          let expected = before[0][row][column] * (1 - rate * decay) - rate * factor * directions[row][column - 32]
          #expect(abs(after[0][row][column] - expected) < 1e-5)
        }
      }
    }
  }
}

/// Returns the products of each two rows, or of each two columns where there are fewer.
private func gram(_ matrix: [[Double]]) -> [[Double]] {
  let columns = matrix[0].indices.map { column in matrix.map { $0[column] } }
  let vectors = matrix.count <= columns.count ? matrix : columns
  return vectors.map { a in vectors.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } } }
}

/// Returns the eigenvalues of a symmetric matrix, by Jacobi's rotations.
private func eigenvalues(_ matrix: [[Double]]) -> [Double] {
  var a = matrix
  for _ in 0..<12 {
    for p in a.indices {
      for q in a.indices where q > p && abs(a[p][q]) > 1e-14 {
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        for k in a.indices { (a[k][p], a[k][q]) = (c * a[k][p] - t * c * a[k][q], t * c * a[k][p] + c * a[k][q]) }
        for k in a.indices { (a[p][k], a[q][k]) = (c * a[p][k] - t * c * a[q][k], t * c * a[p][k] + c * a[q][k]) }
      }
    }
  }
  return a.indices.map { a[$0][$0] }
}
