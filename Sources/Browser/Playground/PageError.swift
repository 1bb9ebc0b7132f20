import Inference
import PageModel
import Tokenization

/// The reason why the page cannot do what it was asked for: the sentence of the error that the tool would print.
package struct PageError: Error {
  let sentence: String

  package static var noModel: PageError { PageError("There is no model yet: train one, or open a model file.") }

  package init(_ sentence: String) { self.sentence = sentence }
  package init(_ error: TokenizerError) { sentence = error.description + "." }
  package init(_ error: SamplingError) { sentence = error.description }
  package init(_ error: PageModelError) { sentence = error.description }
}
