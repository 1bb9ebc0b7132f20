import Foundation
import ModelFiles
import SwiftletKit
import Testing
import Training

extension BrowserTests {
  /// The page that `make page` builds. A user who trains in it expects the tool's model.
  struct TrainerPageTests {
    private static let file = URL(filePath: #filePath).appending(path: "../../../.build/page/swiftlet.html")
      .standardized

    private func open(width: Int = 1200) throws -> OpenPage {
      let page = try OpenPage([UInt8](Data(contentsOf: Self.file)), width: width)
      _ = try page.value(of: "started.then(() => true)")
      return page
    }

    private func start(_ page: OpenPage, _ text: String, tokenizer: String = "character", recipe: String) throws {
      try page.apply(
        """
        (text, tokenizer, recipe) => {
          byId("text").value = text;
          byId("text").dispatchEvent(new Event("input"));
          byId("tokenizer").value = tokenizer;
          byId("recipe").value = recipe;
          byId("train").click();
          return true;
        }
        """, text, tokenizer, recipe, as: Bool.self)
    }

    /// Waits for the end of the run and of the samples after it, and returns the page's problem.
    private func finish(_ page: OpenPage) throws -> String {
      try page.apply(
        """
        async () => {
          while (run.isRunning) await new Promise(done => setTimeout(done, 20));
          return byId("problem").textContent;
        }
        """)
    }

    private func savedModel(_ page: OpenPage) throws -> Model {
      let text: String = try page.apply(
        """
        async () => {
          const bytes = await (await started).do("save");
          return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
        }
        """)
      let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors")
      defer { try? FileManager.default.removeItem(at: file) }
      try #require(Data(base64Encoded: text)).write(to: file)
      return try Model(contentsOf: file.path)
    }

    @Test func `the losses of a run are those of the tool`() throws {
      let texts = try TrainedModel.texts("names")
      let corpus = try Corpus(texts)
      var expected: [Double] = []
      let trainer = try Trainer(.microgpt, tokenizer: CharacterTokenizer(training: corpus.documents), corpus: corpus)
      try trainer.run { expected.append(Double($0.loss)) }

      let page = try open()
      try start(page, texts.joined(separator: "\n"), recipe: "microgpt")
      #expect(try finish(page) == "")
      let losses: [Double] = try page.apply("() => run.losses")
      #expect(losses.count == expected.count)
      let worst = zip(losses, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
      let seconds: Double = try page.apply("() => run.seconds")
      print("largest difference of \(losses.count) losses: \(worst); \(seconds) s in the page")
      #expect(worst < 1e-3)
      #expect(page.complaints.isEmpty)
      // The worker's script is in the page.
      #expect(page.requests.allSatisfy { $0.hasPrefix("blob:") })
    }

    /// The browser's dictionary finds the words of a language without spaces.
    @Test func `a Thai text is learned by word`() throws {
      let page = try open()
      try start(page, try TrainedModel.texts("thai").joined(separator: "\n"), tokenizer: "word", recipe: "sentences")
      #expect(try finish(page) == "")
      let losses: [Double] = try page.apply("() => run.losses")
      #expect(losses.count == 5000 && losses.suffix(100).reduce(0, +) / 100 < 2)
      let vocabulary = try savedModel(page).configuration.vocabulary
      #expect((150...400).contains(vocabulary), "\(vocabulary) tokens")
    }

    @Test func `a saved model gives the scores that the page showed`() throws {
      let texts = try TrainedModel.texts("names")
      let page = try open()
      try start(page, texts.joined(separator: "\n"), recipe: "microgpt")
      #expect(try finish(page) == "")
      let model = try savedModel(page)
      for text in texts.prefix(20) {
        let total: Double = try page.apply("async text => (await (await started).do('score', text)).total", text)
        #expect(abs(total - (try model.score(of: text).total)) < 1e-4)
      }
      #expect(model.isNew(texts[0]) == false)
      let samples: [String] = try page.apply("() => [...byId('samples').children].map(item => item.firstChild.data)")
      #expect(samples.count == 20)
    }

    @Test(arguments: TrainedModel.all)
    func `a model of the tool is opened`(_ trained: TrainedModel) throws {
      let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors")
      defer { try? FileManager.default.removeItem(at: file) }
      try trained.model.write(to: file.path)
      let page = try open()
      let base64 = try Data(contentsOf: file).base64EncodedString()
      let texts: [String] = try page.apply(
        """
        async base64 => {
          const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
          await open(await started, new File([bytes], "model.safetensors"));
          const options = { prompt: "", count: 20, temperature: 0.8, seed: 42 };
          return (await (await started).do("sample", options)).map(({ text }) => text);
        }
        """, base64)
      let expected = try trained.model.samples(count: 20, temperature: 0.8, seed: 42).map(\.text)
      // Without fused multiply-adds, a probability in a thousand may differ enough for another token.
      #expect(zip(texts, expected).count { $0 == $1 } >= 18, "\(texts)")
      for text in trained.texts.prefix(5) {
        let total: Double = try page.apply("async text => (await (await started).do('score', text)).total", text)
        #expect(abs(total - (try trained.model.score(of: text).total)) < 1e-3)
      }
    }

    @Test func `a run is paused, continued and stopped`() throws {
      let page = try open()
      try start(page, try TrainedModel.texts("dialogue").joined(separator: "\n"), recipe: "sentences")
      let steps: [Int] = try page.apply(
        """
        async () => {
          const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));
          while (run.losses.length === 0) await wait(10);
          byId("pause").click();
          await wait(300);
          const paused = run.losses.length;
          await wait(300);
          const still = run.losses.length;
          byId("pause").click();
          while (run.losses.length === still) await wait(10);
          byId("stop").click();
          while (run.isRunning) await wait(10);
          return [paused, still, run.losses.length];
        }
        """)
      #expect(steps[0] == steps[1] && steps[2] > steps[1])
      #expect(try savedModel(page).configuration.embedding == 32)
    }

    @Test func `bad input is answered with a sentence`() throws {
      let page = try open()
      for (bytes, sentence) in [
        ([], "The text holds no text: there must be at least one line that is not blank."),
        ([0x61, 0xFF, 0x0A], "The text, line 1, byte 1: the byte FF is not UTF-8."),
      ] as [([UInt8], String)] {
        let problem: String = try page.apply(
          """
          async bytes => {
            corpus.file = { name: "The text", bytes: new Uint8Array(bytes) };
            byId("train").click();
            while (run.isRunning) await new Promise(done => setTimeout(done, 10));
            return byId("problem").textContent;
          }
          """, bytes)
        #expect(problem.hasPrefix(sentence), "\(problem)")
      }
      let model = try TrainedModel(vocabulary: ["a", "b"])
      let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors")
      defer { try? FileManager.default.removeItem(at: file) }
      try model.model.write(to: file.path)
      let whole = [UInt8](try Data(contentsOf: file))
      var newer = whole
      let version = try #require(whole.firstRange(of: Array("\"format_version\":\"2\"".utf8)))
      newer[version.upperBound - 2] = UInt8(ascii: "9")
      for (bytes, words) in [
        (Array(whole.dropLast(10)), "it was cut off"), (newer, "a newer swiftlet is needed"),
        (Array("emma\n".utf8), "m.safetensors is a text, not a Swiftlet model"),
      ] {
        let problem: String = try page.apply(
          """
          async bytes => {
            await open(await started, new File([new Uint8Array(bytes)], "m.safetensors"));
            return byId("open-problem").textContent;
          }
          """, bytes.map(Int.init))
        #expect(problem.contains(words), "\(problem)")
      }
    }

    @Test(arguments: [360, 1200])
    func `nothing is wider than the window`(width: Int) throws {
      let page = try open(width: width)
      #expect(try page.apply("() => document.documentElement.scrollWidth", as: Int.self) <= width)
    }
  }
}
