import CProcessor

/// Sets of instructions that not every processor has.
package struct InstructionSets: OptionSet, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The sets that the kernels of this build use.
  package static var ofBuild: Self { Self(rawValue: build_instructions) }

  /// The sets that this processor and its system have.
  package static var ofProcessor: Self { Self(rawValue: processor_instructions()) }

  /// The names of the sets, as processors' manuals write them.
  package var names: [String] {
    Self.all.filter { contains(Self(rawValue: UInt32($0.bit))) }.map(\.name)
  }

  private static let all: [(bit: Int, name: String)] = [
    (INSTRUCTIONS_SSE42, "SSE4.2"), (INSTRUCTIONS_AVX, "AVX"), (INSTRUCTIONS_AVX2, "AVX2"),
    (INSTRUCTIONS_BMI2, "BMI2"), (INSTRUCTIONS_FMA, "FMA"), (INSTRUCTIONS_AVX512F, "AVX-512F"),
    (INSTRUCTIONS_AVX512VL, "AVX-512VL"),
  ]
}
