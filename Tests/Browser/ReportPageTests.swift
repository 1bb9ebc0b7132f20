import Datasets
import Export
import Report
import SwiftletKit
import Testing
import Training

extension BrowserTests {
  struct ReportPageTests {
    private func page() throws -> [UInt8] {
      var recipe = Recipe.microgpt
      (recipe.holdout, recipe.steps) = (.count(500), 500)
      let corpus = try Corpus(TrainedModel.texts("names"))
      let trainer = try Trainer(recipe, tokenizer: CharacterTokenizer(training: corpus.documents), corpus: corpus)
      var curve = LossCurve(of: trainer, points: 300)
      var report = Report(of: trainer, title: "names", command: "swiftlet train names.txt")
      try trainer.run { step in
        curve.record(step)
        report.record(step)
      }
      try report.measureNovelty()
      return report.html(curve, .finished)
    }

    @Test(arguments: [360, 1200])
    func `the report fits the window and loads nothing`(width: Int) throws {
      let page = try OpenPage(page(), width: width, isDark: width == 360)
      #expect(page.complaints == [])
      #expect(page.requests == [])
      #expect(try page.apply("() => document.documentElement.scrollWidth", as: Int.self) <= width)
      // One of the two drawings of each chart is visible, with legible text.
      let sizes: [Double] = try page.apply(
        """
        () => [...document.querySelectorAll("svg")]
          .map(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * 13)
        """)
      #expect(sizes.count == 8 && sizes.count { $0 > 0 } == 4)
      #expect(sizes.allSatisfy { $0 == 0 || $0 >= 8.5 }, "\(sizes)")
    }
  }
}
