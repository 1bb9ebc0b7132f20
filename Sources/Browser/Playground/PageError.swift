import GPT
import Inference
import ModelFiles
import PageModel
import StrictJSON
import Tokenization

/// The reason why the page cannot do what it was asked for: the sentence of the error that the tool would print.
package struct PageError: Error {
  let sentence: String

  package init(_ sentence: String) { self.sentence = sentence }
  package init(_ error: TokenizerError) { sentence = error.description + "." }
  package init(_ error: SamplingError) { sentence = error.description }
  package init(_ error: ModelError) { sentence = error.description }
  package init(_ error: PageModelError) { sentence = error.description }
  package init(_ error: JSONError) { sentence = error.description + "." }
}
