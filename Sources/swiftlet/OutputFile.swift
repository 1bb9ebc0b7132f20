import Files
import ModelFiles
import StrictJSON
import Training

/// The last stage of training: the model file that a run leaves. Only the first process writes it.
struct OutputFile {
  private let trainer: Trainer
  private let corpus: TrainingCorpus
  private let plan: TrainingPlan

  /// Checks at once that the file can be written.
  init(_ trainer: Trainer, _ corpus: TrainingCorpus, _ plan: TrainingPlan) throws {
    self.trainer = trainer
    self.corpus = corpus
    self.plan = plan
    if plan.processes.isFirst { try model.checkWriting(to: plan.output) }
  }

  func write() throws {
    if plan.processes.isFirst { try model.write(to: plan.output) }
  }

  /// The present model with its provenance, which is equal for two runs that make the same model.
  private var model: ModelFile {
    var origin = trainer.provenance
    origin["files"] = .array(plan.corpora.map { .string(FileName.last(of: $0)) })
    return ModelFile(
      weights: trainer.bestWeights, tokenizer: corpus.tokenizer.description, training: origin, documents: corpus.known)
  }
}
