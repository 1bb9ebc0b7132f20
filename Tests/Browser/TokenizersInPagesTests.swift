import Export
import Inference
import ModelFiles
import Report
import Support
import SwiftletKit
import Testing
import Tokenization
import Training

extension BrowserTests {
  /// A page that tokenized text differently would show other tokens and surprisals than the tool.
  struct TokenizersInPagesTests {
    struct Reading: Sendable, CustomTestStringConvertible {
      let corpus: String
      let tokenizer: String
      var settings: [String: String] = [:]

      var testDescription: String { "\(corpus) by \(tokenizer) \(settings)" }
    }

    private static let readings =
      ["names", "sentences-punctuated", "dialogue", "accents", "thai", "chinese", "japanese"].flatMap { corpus in
        ["character", "word", "bpe"].map { Reading(corpus: corpus, tokenizer: $0) }
      } + [
        Reading(corpus: "accents", tokenizer: "character", settings: ["unit": "byte"]),
        Reading(corpus: "accents", tokenizer: "character", settings: ["unit": "scalar", "normalize": "nfkc"]),
        Reading(corpus: "dialogue", tokenizer: "word", settings: ["lowercase": "true", "min-count": "3"]),
        Reading(corpus: "sentences-punctuated", tokenizer: "word", settings: ["spaces": "attached"]),
        Reading(corpus: "sentences-punctuated", tokenizer: "word", settings: ["keep": "[0-9]+:[0-9]+|\\w+'\\w+"]),
      ]

    /// The scripts whose words are found with dictionaries, which differ between versions of ICU.
    private static let byDictionary: Set = ["thai", "chinese", "japanese"]

    @Test(arguments: readings)
    func `tokens and decoded texts are those of the tool`(_ reading: Reading) throws {
      let kind = try TokenizerRegistry.standard.kind(named: reading.tokenizer)
      var untrained = Recipe.microgpt
      untrained.steps = 0
      let trained = try TrainedModel(reading.corpus, kind, untrained, settings: reading.settings)
      let page = try OpenPage(playgroundOf: trained.model, title: reading.corpus)
      let texts = stride(from: 0, to: trained.texts.count, by: max(1, trained.texts.count / 400)).map {
        trained.texts[$0]
      }
      let tokens: [[Int]] = try page.apply(
        """
        async texts => {
          const { engine } = await started;
          const options = { temperature: 1, topK: null, topP: null, count: 1 };
          return Promise.all(texts.map(async text => {
            try {
              const { tokens } = await engine.do("read", { text, ...options });
              return tokens.slice(0, -1).map(({ id }) => id);
            } catch (error) { return [] }
          }));
        }
        """, texts)
      let expected = try texts.map { try trained.model.tokenizer.encode($0) }
      let differing = zip(tokens, expected).count { $0 != $1.map(Int.init) }
      if reading.tokenizer == "word" && Self.byDictionary.contains(reading.corpus) {
        print("\(reading.corpus): \(differing) of \(texts.count) texts are split differently by this browser")
        #expect(differing <= texts.count / 10)
      } else {
        #expect(differing == 0)
      }
      let decoded = try decoded(expected, by: page)
      #expect(decoded == expected.map { trained.model.tokenizer.text(of: $0) })
    }

    /// A model may generate unusual sequences. Any tokens, in any order, must have the same spaces as in the tool.
    @Test func `any sequence of words is spaced as in the tool`() throws {
      let trained = try TrainedModel("sentences-punctuated", WordTokenizer.self, .microgpt)
      let page = try OpenPage(playgroundOf: trained.model, title: "words")
      var options = SamplingOptions(temperature: 5, seed: 3)
      options.maxTokens = 15
      let rows = try trained.model.samples(0..<400, options: options)
      #expect(try decoded(rows.map(\.tokens), by: page) == rows.map(\.text))
    }

    private func decoded(_ all: [[TokenID]], by page: OpenPage) throws -> [String] {
      try page.apply(
        """
        async all => {
          const { engine } = await started;
          const options = { temperature: 1, topK: null, topP: null, count: 1 };
          return Promise.all(all.map(async tokens => (await engine.do("read", { tokens, ...options })).text));
        }
        """, all)
    }

    @Test func `text outside the vocabulary is reported`() throws {
      let trained = TrainedModel.all[0]
      let page = try OpenPage(playgroundOf: trained.model, title: "names")
      let problem: String = try page.apply(
        """
        async () => {
          byId("text").value = "anna7";
          byId("text").dispatchEvent(new Event("input"));
          while (byId("problem").textContent === "") await new Promise(done => setTimeout(done, 10));
          return byId("problem").textContent;
        }
        """)
      let error = #expect(throws: TokenizerError.self) { try trained.model.tokenizer.encode("anna7") }
      #expect(error.map { "\($0)." } == problem)
      #expect(page.complaints == [])
    }
  }
}
