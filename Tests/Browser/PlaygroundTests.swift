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
  /// The page implements the network, sampling and the tokenizers again, in JavaScript. If it differed from the tool,
  /// its user would see results that are not those of the model.
  struct PlaygroundTests {
    private func open(_ trained: TrainedModel, _ precision: Precision? = nil) throws -> OpenPage {
      try OpenPage(Playground(of: trained.model, title: trained.name, precision: precision).html)
    }

    @Test(arguments: TrainedModel.all)
    func `the page computes the model's logits`(_ trained: TrainedModel) throws {
      for precision in Precision.allCases {
        let page = try open(trained, precision)
        let model = precision == .half ? try #require(trained.model.roundedToHalf) : trained.model
        var worst = 0.0
        for prompt in try trained.prompts(50) {
          let logits: [Double] = try page.apply("p => Array.from(model.network.forwardAll(p).logits)", prompt)
          let expected = model.logits(after: prompt)
          #expect(logits.count == expected.count)
          worst = zip(logits, expected).reduce(worst) { max($0, abs($1.0 - $1.1)) }
        }
        print("\(trained.name), \(precision.rawValue) bits: largest difference of the logits of 50 prompts: \(worst)")
        #expect(worst < 1e-4)
      }
    }

    /// A user who goes from the page to the tool expects the same texts for the same seed.
    @Test(arguments: TrainedModel.all)
    func `the page samples the tool's texts`(_ trained: TrainedModel) throws {
      let page = try open(trained)
      var filtered = SamplingOptions(temperature: 0.7, seed: 7)
      (filtered.topK, filtered.topP) = (10, 0.9)
      let greedy = SamplingOptions(temperature: 0, seed: 1)
      let prompt = try trained.model.tokenizer.text(of: trained.prompts(10)[3])
      for (options, prompt) in [
        (SamplingOptions(temperature: 1), ""), (filtered, ""), (filtered, prompt), (greedy, prompt),
      ] {
        let texts: [String] = try page.apply(
          """
          (prompt, seed, temperature, topK, topP) => Array.from({ length: 100 }, (_, number) => model.tokenizer.decode(
            sampleText(
              model, number, BigInt(seed), model.tokenizer.encode(prompt), { temperature, topK, topP }).tokens))
          """, prompt, Int(options.seed), options.temperature, options.topK ?? 1_000_000, options.topP ?? 1)
        let expected = try trained.model.samples(0..<100, options: options, prompt: prompt).map(\.text)
        #expect(texts == expected, "\(options), “\(prompt)”")
      }
    }

    @Test(arguments: TrainedModel.all)
    func `surprisals are those of the tool`(_ trained: TrainedModel) throws {
      let page = try open(trained)
      // The last text is longer than the context, so it is scored in windows.
      for text in trained.texts.prefix(20) + [trained.texts.prefix(6).joined()] {
        guard let tokens = try? trained.model.tokenizer.encode(text) else { continue }
        let nats: [Double] = try page.apply("tokens => model.network.surprisals(tokens)", tokens)
        let expected = try trained.model.score(of: text).nats
        #expect(zip(nats, expected).allSatisfy { abs($0 - Double($1)) < 1e-4 } && nats.count == expected.count)
      }
    }

    @Test(arguments: TrainedModel.all)
    func `training texts are recognized, and no others`(_ trained: TrainedModel) throws {
      let page = try open(trained)
      let known: [Bool] = try page.apply("texts => texts.map(text => model.known.has(text))", trained.texts)
      #expect(!known.contains(false))
      let others = trained.texts.prefix(1000).map { $0 + " \u{1F98A}" }
      let taken: [Bool] = try page.apply("texts => texts.map(text => model.known.has(text))", others)
      #expect(!taken.contains(true))
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
        tokens => {
          composer.setTokens(tokens);
          return [...document.querySelectorAll("#chips b")].map(chip => chip.textContent);
        }
        """, all)
      #expect(shown.count == tokens.count + 1)
      #expect(shown[1] == tokens[1] && shown[0] == tokens[0].replacing(" ", with: "␣"))
      try page.apply("() => { byId('generate').click(); return true }", as: Bool.self)
      #expect(try page.apply("() => 'hacked' in window", as: Bool.self) == false)
      #expect(try page.apply("() => document.querySelectorAll('img, script:not([type])').length", as: Int.self) == 1)
      #expect(page.complaints == [])
      #expect(page.requests == [])
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
      #expect(page.complaints == [])
      #expect(page.requests == [])
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
        () => {
          const start = performance.now();
          let tokens = 0;
          for (let number = 0; performance.now() - start < 500; number++) {
            tokens += sampleText(model, number, 9n, [], { temperature: 1, topK: Infinity, topP: 1 }).tokens.length + 1;
          }
          return tokens / (performance.now() - start) * 1000;
        }
        """)
      print("\(trained.name): \(html.count) bytes, first paint after \(Int(paint)) ms, \(Int(speed)) tokens per second")
      // The page must be small enough for e-mail.
      if trained.name == "names" { #expect(html.count <= 100_000) }
      if trained.name == "sentences" { #expect(html.count <= 500_000) }
    }
  }
}
