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
  /// A page that cut text otherwise than the tool would show other tokens, and other surprises, for what a person
  /// types.
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
        Reading(corpus: "sentences-punctuated", tokenizer: "word", settings: ["keep": "[0-9]+:[0-9]+|\\w+'\\w+"]),
      ]

    /// The scripts that are cut by dictionaries, which differ between versions of ICU.
    private static let byDictionary: Set = ["thai", "chinese", "japanese"]

    @Test(arguments: readings)
    func `text becomes the tool's tokens and comes back`(_ reading: Reading) throws {
      let kind = try TokenizerRegistry.standard.kind(named: reading.tokenizer)
      var untrained = Recipe.microgpt
      untrained.steps = 0
      let trained = try TrainedModel(reading.corpus, kind, untrained, settings: reading.settings)
      let page = try OpenPage(Playground(of: trained.model, title: reading.corpus).html)
      let texts = stride(from: 0, to: trained.texts.count, by: max(1, trained.texts.count / 400)).map {
        trained.texts[$0]
      }
      let tokens: [[Int]] = try page.apply(
        """
        texts => texts.map(text => {
          try { return model.tokenizer.encode(text) } catch (error) { return [] }
        })
        """, texts)
      let expected = try texts.map { try trained.model.tokenizer.encode($0) }
      let differing = zip(tokens, expected).count { $0 != $1.map(Int.init) }
      if reading.tokenizer == "word" && Self.byDictionary.contains(reading.corpus) {
        print("\(reading.corpus): \(differing) of \(texts.count) texts are cut otherwise by this browser")
        #expect(differing <= texts.count / 10)
      } else {
        #expect(differing == 0)
      }
      let decoded: [String] = try page.apply("all => all.map(tokens => model.tokenizer.decode(tokens))", expected)
      #expect(decoded == expected.map { trained.model.tokenizer.text(of: $0) })
    }

    /// What a model writes is not always what a person would: any tokens, in any order, are spaced as the tool spaces
    /// them.
    @Test func `any row of words is spaced as the tool spaces it`() throws {
      let trained = try TrainedModel("sentences-punctuated", WordTokenizer.self, .microgpt)
      let page = try OpenPage(Playground(of: trained.model, title: "words").html)
      var options = SamplingOptions(temperature: 5, seed: 3)
      options.maxTokens = 15
      let rows = try trained.model.samples(0..<400, options: options)
      let decoded: [String] = try page.apply(
        "all => all.map(tokens => model.tokenizer.decode(tokens))", rows.map(\.tokens))
      #expect(decoded == rows.map(\.text))
    }

    @Test func `what the model does not know is answered with a sentence`() throws {
      let page = try OpenPage(Playground(of: TrainedModel.all[0].model, title: "names").html)
      let problem: String = try page.apply(
        """
        () => {
          byId("text").value = "anna7";
          byId("text").dispatchEvent(new Event("input"));
          return byId("problem").textContent;
        }
        """)
      #expect(problem == "“7” is not in the model's vocabulary.")
      #expect(page.complaints == [])
    }

    @Test func `a word that is cut otherwise is read in parts, and that is said`() throws {
      let page = try OpenPage(Playground(of: TrainedModel.all[2].model, title: "thai").html)
      let divided: [String] = try page.apply(
        """
        () => {
          const { tokenizer } = model;
          const word = tokenizer.displayText(0) + tokenizer.displayText(1);
          tokenizer.segmenter = { segment: text => [{ segment: text, index: 0 }] };
          const tokens = tokenizer.encode(word);
          return [...tokenizer.divided, word, tokens.join()];
        }
        """)
      #expect(divided[0] == divided[1] && divided[2] == "0,1")
    }
  }
}
