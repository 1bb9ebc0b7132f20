/// A processor on which the kernels of this build would stop with an illegal instruction.
package struct UnsupportedProcessor: Error, CustomStringConvertible {
  private let missing: InstructionSets

  /// Creates the error for a processor that has only the sets `present`; `nil` if it has all that are `needed`.
  package init?(needing needed: InstructionSets, with present: InstructionSets) {
    missing = needed.subtracting(present)
    if missing.isEmpty { return nil }
  }

  /// Throws the error if this is such a processor.
  package static func check() throws(UnsupportedProcessor) {
    if let error = UnsupportedProcessor(needing: .ofBuild, with: .ofProcessor) { throw error }
  }

  package var description: String {
    let names = missing.names
    let list = names.dropLast().joined(separator: ", ") + (names.count > 1 ? " and " : "") + (names.last ?? "")
    return
      "this processor lacks \(list), which this build of swiftlet uses; build swiftlet from its source on this machine."
  }
}
