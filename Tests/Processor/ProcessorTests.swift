import Processor
import Testing

/// Without the check, the tool ends with an illegal instruction and no sentence.
@Suite("The processor has the instructions of the build")
struct ProcessorTests {
  /// The sets of `x86-64-v3`.
  private let packaged = InstructionSets(rawValue: 0b0011111)

  @Test func `this machine runs its own tests`() {
    #expect(InstructionSets.ofBuild.isSubset(of: .ofProcessor))
    #expect(throws: Never.self) { try UnsupportedProcessor.check() }
  }

  @Test(arguments: [
    (0b0000001, "AVX, AVX2, BMI2 and FMA"), (0b0000000, "SSE4.2, AVX, AVX2, BMI2 and FMA"),
    (0b0010011, "AVX2 and BMI2"), (0b0001111, "FMA"),
  ])
  func `a processor without some of them is named with what it lacks`(present: UInt32, missing: String) throws {
    let error = try #require(UnsupportedProcessor(needing: packaged, with: InstructionSets(rawValue: present)))
    #expect(
      error.description
        == "this processor lacks \(missing), which this build of swiftlet uses; build swiftlet from its source on this machine."
    )
  }

  @Test func `more than the build needs is no obstacle`() {
    #expect(UnsupportedProcessor(needing: packaged, with: InstructionSets(rawValue: 0b1111111)) == nil)
    #expect(UnsupportedProcessor(needing: [], with: []) == nil)
  }

  @Test func `a build for this machine alone names what another lacks`() throws {
    let error = try #require(UnsupportedProcessor(needing: InstructionSets(rawValue: 0b1111111), with: packaged))
    #expect(error.description.contains("AVX-512F and AVX-512VL"))
  }

  #if arch(x86_64)
    @Test func `the processor says what it has`() { #expect(!InstructionSets.ofProcessor.isEmpty) }
  #else
    @Test func `other architectures need nothing`() { #expect(InstructionSets.ofBuild.isEmpty) }
  #endif
}
