import Datasets
import PlaygroundPage
import Training

extension PageError {
  init(_ error: CorpusError) { self.init(error.description) }
  init(_ error: TrainingError) { self.init(error.description) }
}
