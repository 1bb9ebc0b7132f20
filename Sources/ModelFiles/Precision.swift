/// The number of bits of each weight in an exported file.
package enum Precision: Int, Sendable, CaseIterable {
  case half = 16
  case single = 32
}
