import HTML
import ModelFiles
import PageModel
import StrictJSON
import Support
import SwiftletKit
import Tokenization

/// An HTML page that contains a model. It scores and generates text in any browser, offline.
///
///     let playground = try Playground(of: Model(contentsOf: "names.safetensors"), title: "names")
///     try AtomicFile(replacing: "play.html").write(playground.html)
///
/// The model runs in the engine of this package, compiled to WebAssembly, which `.ci/engine` keeps among the resources
/// of this module.
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
    try Self.check(model.tokenizer)
    do {
      let inside = try PageModel(
        of: model.file, unsampled: model.tokenizer.unsampled, title: title, precision: precision)
      self.precision = inside.precision
      page = Page(
        template: PackageResources.playground_html, title: title,
        styles: [sharedStyleSheet, PackageResources.playground_css], scripts: Self.scripts,
        parts: [
          "data": try inside.elements(), "sections": compact(PackageResources.sections_html),
          "engine": denseText(PackageResources.engine_wasm_lzma),
          "worker": compact(PackageResources.worker_js),
        ], runsModule: true)
    } catch let error as PageModelError {
      throw ExportError(error.description)
    }
  }

  package var html: [UInt8] { page.html }

  private static var scripts: [[UInt8]] {
    [
      Array("\"use strict\";\n".utf8), PackageResources.elements_js, PackageResources.packed_js,
      PackageResources.engine_js,
      PackageResources.composer_js, PackageResources.samples_js, PackageResources.attention_js,
      PackageResources.token_map_js, PackageResources.about_js, PackageResources.playground_js,
      PackageResources.page_js,
    ]
  }

  /// The engine of the page has the tokenizers of this package.
  private static func check(_ tokenizer: some Tokenizer) throws(ExportError) {
    guard TokenizerRegistry.standard.kinds.contains(where: { $0 == type(of: tokenizer) }) else {
      throw ExportError(
        "the page cannot tokenize text as the tokenizer \(JSON.quoted(tokenizer.description.name)) does, which is not in its "
          + "engine; export the model with --format pytorch.")
    }
  }
}
