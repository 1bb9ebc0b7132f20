import Export
import StrictJSON
import Testing

@Suite struct PlaygroundConfigurationTests {
  /// A page that computed another network than the model's would show made-up numbers.
  @Test func `another network is refused by name`() throws {
    let known: JSON = ["layers": 1, "embedding": 16, "heads": 4, "context": 16, "vocabulary": 27]
    #expect(try Playground.checked(known) == known)
    #expect(
      throws: PlaygroundError("a page cannot compute this model: in its configuration, \"rotary\" is not known here.")
    ) {
      _ = try Playground.checked([
        "layers": 1, "embedding": 16, "heads": 4, "context": 16, "vocabulary": 27, "rotary": true,
      ])
    }
  }
}
