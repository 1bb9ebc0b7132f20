import HTML
import Inference
import ModelFiles
import StrictJSON
import Support
import SwiftletKit
import Tokenization

/// An HTML page that contains a model. It scores and generates text in any browser, offline.
///
///     let playground = try Playground(of: Model(contentsOf: "names.safetensors"), title: "names")
///     try AtomicFile(replacing: "play.html").write(playground.html)
package struct Playground {
  /// The number of bits of each weight in the page.
  package let precision: Precision
  private let page: Page

  /// Builds the page of `model`.
  ///
  /// - Parameter precision: The number of bits of each weight. By default it is 16 for a large model whose loss does
  ///   not change with it, and 32 otherwise.
  /// - Throws: `ExportError` if the page could not compute the model correctly.
  package init(of model: Model, title: String, precision: Precision? = nil) throws {
    let configuration = model.configuration.json
    try ExportedNetwork.check(configuration)
    guard model.configuration.cutoffs.isEmpty else {
      throw ExportError(
        "the page cannot compute this model yet, because of its adaptive softmax. Train the model with --cutoffs none, "
          + "or export it with --format pytorch.")
    }
    let tokenizer = try Self.tokenizer(of: model)
    let weights = try PageWeights(of: model, precision)
    self.precision = weights.precision
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
        "precision": .integer(weights.precision.rawValue),
        "lossDifference": weights.lossDifference.map(JSON.real) ?? .null,
        "numbers": .string(String(decoding: base64(weights.bytes), as: UTF8.self)),
        "known": model.file.documents.map(Self.known) ?? .null,
      ])
  }

  package var html: [UInt8] { page.html }

  /// The training texts, as the upper halves of their hashes.
  private static func known(_ documents: DocumentFingerprints) -> JSON {
    let code = AscendingCode(documents.upperHalves)
    return [
      "count": .integer(documents.count), "bits": .integer(code.bits),
      "gaps": .string(String(decoding: base64(code.bytes), as: UTF8.self)),
    ]
  }
}
