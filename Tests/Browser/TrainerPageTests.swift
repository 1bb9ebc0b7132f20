import Export
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
      _ = try page.value(
        of: """
          globalThis.total = async text => {
            const options = { temperature: 1, topK: null, topP: null, count: 1 };
            return (await (await started).engine.do("read", { text, ...options })).total;
          };
          started.then(() => true)
          """)
      return page
    }

    private func start(_ page: OpenPage, _ text: String, tokenizer: String = "character", recipe: String) throws {
      try page.apply(
        """
        (text, tokenizer, recipe) => {
          byId("corpus").value = text;
          byId("corpus").dispatchEvent(new Event("input"));
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
          return byId("training-problem").textContent;
        }
        """)
    }

    private func savedModel(_ page: OpenPage) throws -> Model {
      let text: String = try page.apply(
        """
        async () => {
          const bytes = await (await started).engine.do("save");
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
      #expect(page.loadsNothing)
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
        let total: Double = try page.apply("text => total(text)", text)
        #expect(abs(total - (try model.score(of: text).total)) < 1e-4)
      }
      #expect(model.isNew(texts[0]) == false)
      let samples: [String] = try page.apply("() => [...byId('samples').children].map(item => item.firstChild.data)")
      #expect(samples.count == 20)
    }

    /// A user who saves a page expects the one that the tool would export, now and with every version of both.
    @Test func `a saved page is that of the tool`() throws {
      let page = try open()
      try start(page, try TrainedModel.texts("dialogue").joined(separator: "\n"), recipe: "microgpt")
      #expect(try finish(page) == "")
      let html: String = try page.apply("async () => pageWithModel((await started).engine, 'a <name>')")
      let expected = try Playground(of: savedModel(page), title: "a <name>").html
      #expect(Array(html.utf8) == expected, "run make engine")
    }

    @Test func `texts are held out as chosen`() throws {
      let page = try open()
      try page.apply("() => { byId('holdout').value = '20'; return true }", as: Bool.self)
      try start(page, try TrainedModel.texts("names").joined(separator: "\n"), recipe: "microgpt")
      #expect(try finish(page) == "")
      #expect(try page.apply("() => byId('status').textContent", as: String.self).contains("held out"))
    }

    /// The writing in the page works with the model that was trained in it.
    @Test func `the model is written with where it was trained`() throws {
      let page = try open()
      try start(page, try TrainedModel.texts("names").joined(separator: "\n"), recipe: "microgpt")
      #expect(try finish(page) == "")
      let counts: [Int] = try page.apply(
        """
        async () => {
          const { composer } = (await started).playground;
          await composer.read({ text: "mari" });
          return [byId("next").children.length, byId("chips").children.length, byId("heads").children.length,
            document.querySelectorAll("#map circle").length, byId("samples").children.length];
        }
        """)
      #expect(counts == [10, 5, 4, 27, 20])
      #expect(page.complaints == [])
    }

    @Test func `a file of five megabytes is learned`() throws {
      let page = try open()
      let bytes: Int = try page.apply(
        """
        async text => {
          const file = new File(Array(5).fill(text + "\\n"), "long.txt");
          await corpus.take(file);
          byId("tokenizer").value = "word";
          byId("recipe").value = "";
          byId("seconds").value = 3;
          byId("train").click();
          return file.size;
        }
        """, try TrainedModel.texts("sentences").joined(separator: "\n"))
      #expect(bytes > 5_000_000)
      // The browser must answer while the engine works.
      let clock = ContinuousClock()
      let time = try clock.measure {
        while try page.apply("() => run.isRunning") { Thread.sleep(forTimeInterval: 0.1) }
      }
      #expect(try page.apply("() => byId('training-problem').textContent") == "")
      let seconds: Double = try page.apply("() => run.seconds")
      print("\(bytes) bytes for 3 s: \(seconds) s of training, \(time) with reading and measuring")
      #expect(try savedModel(page).configuration.vocabulary > 500)
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
          if (byId("file-problem").textContent !== "") throw new Error(byId("file-problem").textContent);
          const options = { text: "", count: 20, temperature: 0.8, topK: null, topP: null, seed: "42" };
          return (await (await started).engine.do("sample", options)).map(({ text }) => text);
        }
        """, base64)
      let expected = try trained.model.samples(count: 20, temperature: 0.8, seed: 42).map(\.text)
      // Without fused multiply-adds, a probability in a thousand may differ enough for another token.
      #expect(zip(texts, expected).count { $0 == $1 } >= 18, "\(texts)")
      for text in trained.texts.prefix(5) {
        let total: Double = try page.apply("text => total(text)", text)
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

    /// Not a test of a figure, which depends on the machine; it prints how soon a page trains.
    @Test func `a page is opened and trains`() throws {
      let page = try OpenPage([UInt8](Data(contentsOf: Self.file)))
      let times: [Double] = try page.apply(
        """
        async text => {
          await started;
          const opened = performance.now();
          byId("corpus").value = text;
          byId("corpus").dispatchEvent(new Event("input"));
          byId("recipe").value = "microgpt";
          byId("train").click();
          while (run.losses.length === 0) await new Promise(done => setTimeout(done, 1));
          return [opened, performance.now() - opened];
        }
        """, try TrainedModel.texts("names").joined(separator: "\n"))
      print("opened within \(times[0]) ms, the first step \(times[1]) ms after the click")
      #expect(try finish(page) == "")
    }

    /// The times are printed: they depend on the machine. Each is the shortest of three, taken in turns.
    @Test func `a preset is timed in the page and in the tool`() throws {
      for (name, recipe) in [("names", Recipe.microgpt), ("sentences", .sentences)] {
        let texts = try TrainedModel.texts(name)
        let isByWord = name == "sentences"
        let page = try open()
        var (inPage, inTool) = (Double.infinity, Double.infinity)
        for _ in 0..<3 {
          try start(
            page, texts.joined(separator: "\n"), tokenizer: isByWord ? "word" : "character",
            recipe: isByWord ? "sentences" : "microgpt")
          #expect(try finish(page) == "")
          inPage = min(inPage, try page.apply("() => run.seconds"))
          let corpus = try Corpus(texts)
          let trainer =
            isByWord
            ? try Trainer(recipe, tokenizer: WordTokenizer(training: corpus.documents), corpus: corpus)
            : try Trainer(recipe, tokenizer: CharacterTokenizer(training: corpus.documents), corpus: corpus)
          inTool = min(inTool, try ContinuousClock().measure { try trainer.run { _ in } } / .seconds(1))
        }
        print("\(name): \(recipe.steps) steps in \(inPage) s in the page, \(inTool) s in the tool on one thread")
      }
    }

    /// Not a test of a figure, which depends on the machine; it prints both speeds.
    @Test(arguments: [(16, 1, 1000), (64, 16, 200)])
    func `the engine is measured beside plain JavaScript`(width: Int, batch: Int, steps: Int) throws {
      let page = try open()
      let script = URL(filePath: #filePath).appending(path: "../../Comparison/training.js").standardized
      _ = try page.value(
        of: String(contentsOf: script, encoding: .utf8) + "\nglobalThis.PlainTrainer = PlainTrainer;")
      let seconds: [Double] = try page.apply(
        """
        async (texts, width, batch, steps) => {
          const { engine } = await started;
          const { vocabulary } = await engine.do("prepare", new TextEncoder().encode(texts.join("\\n")), {
            name: "names", tokenizer: "character", preset: "microgpt", seconds: 1, seed: "1", holdout: null,
            changes: { embedding: width, batch, steps },
          });
          const { seconds } = await engine.do("train", 60_000);
          const characters = [...new Set(texts.join(""))].sort();
          const numbers = new Map(characters.map((character, index) => [character, index]));
          const boundary = characters.length;
          if (boundary !== vocabulary) throw new Error(`${vocabulary} tokens instead of ${boundary}`);
          const documents = texts.map(text => [boundary, ...Array.from(text, letter => numbers.get(letter)), boundary]);
          const plainSteps = Math.min(steps, 100);
          const trainer = new PlainTrainer({
            vocabulary: boundary + 1, width, heads: 4, context: 16, layers: 1, steps: plainSteps, learningRate: 0.01,
          });
          const start = performance.now();
          for (let step = 0; step < plainSteps; step++) {
            trainer.train(documents.slice(step * batch, (step + 1) * batch));
          }
          return [seconds / steps, (performance.now() - start) / 1000 / plainSteps];
        }
        """, try TrainedModel.texts("names"), width, batch, steps)
      print("names, \(width) wide, \(batch) documents: \(seconds[0]) s per step, plain JavaScript \(seconds[1]) s")
      #expect(seconds[0] < seconds[1])
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
            return byId("training-problem").textContent;
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
            return byId("file-problem").textContent;
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
