import Export
import StrictJSON
import Testing

struct ExportedNetworkTests {
  /// A page that computed another network than the model's would show made-up numbers.
  @Test func `another network is refused by name`() throws {
    try ExportedNetwork.check([
      "layers": 1, "embedding": 16, "heads": 4, "context": 16, "vocabulary": 27, "positions": "rotary",
      "final-norm": true,
      "bigrams": 9,
    ])
    let error = #expect(throws: ExportError.self) {
      try ExportedNetwork.check([
        "layers": 1, "embedding": 16, "heads": 4, "context": 16, "vocabulary": 27, "biases": true,
      ])
    }
    #expect(
      error?.description
        == "the exported program cannot compute this model: in its configuration, \"biases\" is not a known member.")
  }
}
