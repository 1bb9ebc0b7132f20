import HTML
import Inference
import ModelFiles
import StrictJSON
import Support
import SwiftletKit
import Tokenization

/// A page with a model inside: it reads and writes text with nothing but a browser, offline.
///
///     let playground = try Playground(of: Model.load("names.safetensors"), title: "names")
///     try AtomicFile(replacing: "play.html").write(playground.html)
package struct Playground {
  /// How many bits each of the model's numbers has in the page.
  package let precision: Precision
  private let page: Page

  /// `precision` chooses the bits of the model's numbers; without it, they are as few as change nothing that matters.
  ///
  /// A model that the page would not compute rightly is refused with a `PlaygroundError`.
  package init(of model: Model, title: String, precision: Precision? = nil) throws {
    let configuration = try Self.checked(model.configuration.json)
    let tokenizer = try Self.tokenizer(of: model)
    let numbers = try PageNumbers(of: model, precision)
    self.precision = numbers.precision
    page = Page(
      template: PackageResources.playground_html,
      title: title,
      styles: [sharedStyleSheet, PackageResources.playground_css],
      scripts: [
        Array("\"use strict\";\n".utf8), PackageResources.bits_js, PackageResources.network_js,
        PackageResources.tokenizers_js, PackageResources.words_js, PackageResources.sampling_js,
        PackageResources.elements_js, PackageResources.composer_js, PackageResources.samples_js,
        PackageResources.attention_js, PackageResources.token_map_js, PackageResources.playground_js,
      ],
      data: [
        "title": .string(title),
        "configuration": configuration,
        "tokenizer": tokenizer,
        "training": .object(model.file.training),
        "precision": .integer(numbers.precision.rawValue),
        "lossDifference": numbers.lossDifference.map(JSON.real) ?? .null,
        "numbers": .string(String(decoding: base64(numbers.bytes), as: UTF8.self)),
        "known": model.file.documents.map(Self.known) ?? .null,
      ])
  }

  package var html: [UInt8] { page.html }

  /// The texts that the model was trained on.
  private static func known(_ documents: DocumentFingerprints) -> JSON {
    let code = AscendingCode(documents.upperHalves)
    return [
      "count": .integer(documents.count), "bits": .integer(code.bits),
      "gaps": .string(String(decoding: base64(code.bytes), as: UTF8.self)),
    ]
  }

  /// Refuses a configuration with members that the page's network does not know: they may stand for another network.
  package static func checked(_ configuration: JSON) throws(PlaygroundError) -> JSON {
    do {
      try configuration.object?.refuseMembers(otherThan: [
        "layers", "embedding", "heads", "context", "vocabulary", "activation", "bigrams", "trigrams",
      ])
    } catch {
      throw PlaygroundError("a page cannot compute this model: in its configuration, \(error)")
    }
    return configuration
  }
}

/// Why there can be no page of a model: a sentence.
package struct PlaygroundError: Error, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
