import Datasets
import ModelFiles
import PlaygroundPage
import StrictJSON
import Training

extension PageError {
  init(_ error: ModelError) { self.init(error.description) }
  init(_ error: JSONError) { self.init(error.description + ".") }
  init(_ error: CorpusError) { self.init(error.description) }
  init(_ error: TrainingError) { self.init(error.description) }
}
