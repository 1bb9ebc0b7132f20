import Foundation
import Inference
import Testing

/// With another temperature the same model would look better or worse in one place than in another.
struct DefaultTemperatureTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  /// Files in other languages, and how each spells its default.
  @Test(arguments: [
    ("Sources/Export/Web/sections.html", #"id="temperature" type="range" min="0" max="2" step="0.05" value="{}""#),
    ("Sources/Browser/Web/trainer.js", "temperature: {}, seed: String(progress.step)"),
    ("Sources/Export/model.py", "def sample(self, count, temperature={}, "),
    ("Sources/Export/model.py", #""--temperature", type=float, default={})"#),
  ])
  func `every program samples at the same temperature`(file: String, text: String) throws {
    let source = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
    let temperature = String(SamplingOptions.defaultTemperature)
    #expect(SamplingOptions().temperature == SamplingOptions.defaultTemperature)
    #expect(source.contains(text.replacing("{}", with: temperature)), "\(file)")
  }
}
