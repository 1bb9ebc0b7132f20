import CharacterTokenization
import Datasets
import Support
import Testing

@Suite struct SplitTests {
  private func encode(_ corpus: Corpus) throws -> EncodedCorpus {
    try EncodedCorpus(corpus, with: CharacterTokenizer(training: corpus.documents))
  }

  /// A text in both parts would make the held-out loss too low.
  @Test(arguments: 0..<30 as Range<UInt64>) func `no text is in both parts of the split`(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let texts = (0..<300).map { _ in "\(random.integer(below: 80) * random.integer(below: 4))" }
    let corpus = try Corpus(texts)
    let encoded = try encode(corpus)
    #expect(corpus.notes.duplicates == texts.count - Set(texts).count)
    for holdout in [Holdout.automatic, .fraction(0.3), .count(50), .count(299)] {
      let split = encoded.split(holdout, seed: seed)
      #expect((split.training + split.heldOut).sorted() == Array(0..<300))
      let heldOut = Set(split.heldOut.map { texts[Int($0)] })
      #expect(heldOut.isDisjoint(with: split.training.map { texts[Int($0)] }), "seed \(seed)")
    }
  }

  @Test func `without duplicates the requested number of documents is held out`() throws {
    let corpus = try encode(Corpus((0..<20_000).map(String.init)))
    for (holdout, count) in [
      (Holdout.none, 0), (.separate, 0), (.automatic, 1000), (.fraction(0.25), 5000), (.count(7), 7),
      (.count(20_000), 19_999),
    ] {
      #expect(corpus.split(holdout, seed: 1).heldOut.count == count)
    }
    #expect(corpus.split(.automatic, seed: 1) == corpus.split(.automatic, seed: 1))
    #expect(corpus.split(.automatic, seed: 1) != corpus.split(.automatic, seed: 2))
    #expect(try encode(Corpus(["one"])).split(.count(5), seed: 1).heldOut.isEmpty)
  }
}
