import Datasets
import GPT
import Inference
import ModelFiles
import StrictJSON
import Tokenization
import Training

/// The reason why the page cannot do what it was asked for: the sentence of the error that the tool would print.
struct PageError: Error {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
  init(_ error: CorpusError) { sentence = error.description }
  init(_ error: TokenizerError) { sentence = error.description + "." }
  init(_ error: TrainingError) { sentence = error.description }
  init(_ error: ConfigurationError) { sentence = error.description }
  init(_ error: SamplingError) { sentence = error.description }
  init(_ error: ModelError) { sentence = error.description }
  init(_ error: JSONError) { sentence = error.description + "." }
}
