import Export
import Foundation
import Inference
import ModelFiles
import Report
import Support
import SwiftletKit
import Testing
import Tokenization

extension BrowserTests {
  /// If these fail, a user of the page sees results that are not those of the model.
  struct PlaygroundTests {
    private func open(_ trained: TrainedModel, _ precision: Precision? = nil) throws -> OpenPage {
      try OpenPage(playgroundOf: trained.model, title: trained.name, precision: precision)
    }

    @Test(arguments: TrainedModel.all)
    func `the page shows the model's probabilities`(_ trained: TrainedModel) throws {
      for precision in Precision.allCases {
        let page = try open(trained, precision)
        let model = precision == .half ? try Model(#require(trained.model.file.roundedToHalf)) : trained.model
        var worst = 0.0
        for prompt in try trained.prompts(50) {
          let probabilities: [Double] = try page.apply(
            """
            async tokens => {
              const options = { temperature: 1, topK: null, topP: null, count: 1_000_000 };
              const { next } = await (await started).engine.do("read", { tokens, ...options });
              return next.sort((one, other) => one.id - other.id).map(({ probability }) => probability);
            }
            """, prompt)
          let expected = model.probabilities(after: prompt)
          #expect(probabilities.count == expected.count)
          worst = zip(probabilities, expected).reduce(worst) { max($0, abs($1.0 - $1.1)) }
        }
        print("\(trained.name), \(precision.rawValue) bits: largest difference of a probability: \(worst)")
        #expect(worst < 1e-5)
      }
    }

    /// A user who goes from the page to the tool expects the same texts for the same seed. WebAssembly has no fused
    /// multiply-add, so that a rare token may be another one; here none is.
    @Test(arguments: TrainedModel.all)
    func `the page samples the tool's texts`(_ trained: TrainedModel) throws {
      let page = try open(trained)
      var filtered = SamplingOptions(temperature: 0.7, seed: 7)
      (filtered.topK, filtered.topP) = (10, 0.9)
      let greedy = SamplingOptions(temperature: 0, seed: 1)
      let prompt = try trained.model.tokenizer.text(of: trained.prompts(10)[3])
      var differing = 0
      for (options, prompt) in [
        (SamplingOptions(temperature: 1), ""), (filtered, ""), (filtered, prompt), (greedy, prompt),
      ] {
        let texts: [String] = try page.apply(
          """
          async (text, seed, temperature, topK, topP) => {
            const options = { temperature, topK: topK || null, topP: topP || null, seed, count: 100 };
            return (await (await started).engine.do("sample", { text, ...options })).map(({ text }) => text);
          }
          """, prompt, "\(options.seed)", options.temperature, options.topK ?? 0, options.topP ?? 0)
        let expected = try trained.model.samples(0..<100, options: options, prompt: prompt).map(\.text)
        #expect(texts.count == expected.count)
        differing += zip(texts, expected).count { $0 != $1 }
      }
      print("\(trained.name): \(differing) of 400 texts differ")
      #expect(differing == 0)
    }

    /// The last text is longer than the context, so it is scored in windows.
    @Test(arguments: TrainedModel.all)
    func `surprisals are those of the tool`(_ trained: TrainedModel) throws {
      let page = try open(trained)
      for text in trained.texts.prefix(20) + [trained.texts.prefix(6).joined()] {
        guard (try? trained.model.tokenizer.encode(text)) != nil else { continue }
        let nats: [Double] = try page.apply("text => surprisals(text)", text)
        let expected = try trained.model.score(of: text).nats
        #expect(zip(nats, expected).allSatisfy { abs($0 - Double($1)) < 1e-4 } && nats.count == expected.count)
      }
    }

    /// Each row of attention is a distribution over the tokens so far. The first token sees itself alone.
    @Test(arguments: TrainedModel.all)
    func `attention adds up to one`(_ trained: TrainedModel) throws {
      let page = try open(trained)
      let prompt = try #require(trained.prompts(10).max { $0.count < $1.count })
      let sums: [Double] = try page.apply(
        """
        async tokens => {
          const { playground } = await started;
          await playground.composer.setTokens(tokens);
          const { layers, heads } = playground.composer.model.configuration;
          return Array.from({ length: layers * heads }).flatMap((_, index) =>
            playground.attention.rows(Math.floor(index / heads), index % heads)
              .map(row => row.reduce((sum, weight) => sum + weight, 0)));
        }
        """, prompt)
      let configuration = trained.model.configuration
      #expect(sums.count == configuration.layers * configuration.heads * (prompt.count + 1))
      #expect(sums.allSatisfy { abs($0 - 1) < 1e-5 })
    }

    @Test(arguments: TrainedModel.all)
    func `training texts are recognized`(_ trained: TrainedModel) throws {
      let page = try open(trained)
      let samples = try trained.model.samples(0..<200, options: SamplingOptions(temperature: 0.5))
      let isNew: [Bool] = try page.apply(
        """
        async () => {
          const options = { text: "", temperature: 0.5, topK: null, topP: null, seed: "42", count: 200 };
          return (await (await started).engine.do("sample", options)).map(({ isNew }) => isNew);
        }
        """)
      let expected = samples.map { trained.model.isNew($0.text) ?? true }
      #expect(isNew == expected)
    }

    /// Markup in a downloaded vocabulary must not become part of the page, nor run.
    @Test func `a hostile vocabulary stays text`() throws {
      let tokens = [
        "<img src=x onerror=\"window.hacked=1\">", "</script><script>window.hacked=1</script>", "<!--", "{{script}}",
        "\u{2028}", "'\"`${window.hacked=1}", "&lt;b&gt;", "<svg onload=window.hacked=1>", "__proto__", "constructor",
      ]
      let trained = try TrainedModel(vocabulary: tokens)
      let page = try open(trained)
      let all = Array(0..<TokenID(tokens.count))
      let shown: [String] = try page.apply(
        """
        async tokens => {
          await (await started).playground.composer.setTokens(tokens);
          return [...document.querySelectorAll("#chips b")].map(chip => chip.textContent);
        }
        """, all)
      #expect(shown.count == tokens.count + 1)
      #expect(shown[1] == tokens[1] && shown[0] == tokens[0].replacing(" ", with: "␣"))
      try page.apply("() => { byId('generate').click(); return true }", as: Bool.self)
      #expect(try page.apply("() => 'hacked' in window", as: Bool.self) == false)
      #expect(try page.apply("() => document.querySelectorAll('img, script:not([type])').length", as: Int.self) == 1)
      #expect(page.complaints == [])
      #expect(page.loadsNothing)
    }

    /// The security policy applies even to markup that gets into the page.
    @Test func `nothing else can run or be loaded`() throws {
      let page = try open(TrainedModel.all[0])
      try page.apply(
        """
        () => {
          byId('map').innerHTML = '<img src="http://127.0.0.1:9/x.png" onerror="window.hacked=1">';
          return true;
        }
        """, as: Bool.self)
      #expect(try page.complains(of: "Content Security Policy"))
      #expect(try page.apply("() => 'hacked' in window", as: Bool.self) == false)
    }

    @Test(arguments: TrainedModel.all)
    func `the page opens quickly, loads nothing and reports no error`(_ trained: TrainedModel) throws {
      let html = try Playground(of: trained.model, title: trained.name).html
      let page = try OpenPage(html)
      _ = try page.value(of: "started.then(() => true)")
      #expect(page.complaints == [])
      #expect(page.loadsNothing)
      let paint: Double = try page.apply(
        """
        () => new Promise((done, fail) => {
          setTimeout(() => fail('nothing was painted for a minute'), 60_000);
          new PerformanceObserver(list => {
            for (const { startTime } of list.getEntriesByName('first-contentful-paint')) done(startTime);
          }).observe({ type: 'paint', buffered: true });
        })
        """)
      let speed: Double = try page.apply(
        """
        async () => {
          const { engine } = await started;
          const options = { text: "", temperature: 1, topK: null, topP: null, seed: "9", count: 2000 };
          const start = performance.now();
          await engine.do("sample", options);
          return 2000 / (performance.now() - start) * 1000;
        }
        """)
      print("\(trained.name): \(html.count) bytes, first paint after \(Int(paint)) ms, \(Int(speed)) texts per second")
      // The page must be small enough for e-mail.
      if trained.name == "names" { #expect(html.count < 200_000) }
      if trained.name == "sentences" { #expect(html.count <= 554_000) }
    }
  }
}
