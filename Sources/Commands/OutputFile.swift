import Files
import ModelFiles
import StrictJSON
import Training

/// The last stage of training: the model file that a run leaves. Only the first process writes it.
struct OutputFile {
  private let trainer: Trainer
  private let corpus: TrainingCorpus
  private let plan: TrainingPlan
  /// The model that is there before.
  private var replaced: ReplacedModel?

  /// Checks at once that the file can be written, and says what it replaces.
  init(_ trainer: Trainer, _ corpus: TrainingCorpus, _ plan: TrainingPlan) throws {
    self.trainer = trainer
    self.corpus = corpus
    self.plan = plan
    guard plan.processes.isFirst, let output = plan.output else { return }
    try model.checkWriting(to: output)
    if !plan.isForced { replaced = ReplacedModel(at: output, by: trainer.provenance) }
    plan.note([plan.outputNote, replaced?.note].compactMap(\.self))
  }

  /// Writes the model, and returns it. A model that it replaces is kept if it may be better; a sentence says so.
  func write(isFinished: Bool) throws -> ModelFile {
    guard plan.processes.isFirst else { return model }
    if !isFinished { trainer.completeMemory() }
    let model = model
    if plan.writesToStandardOutput { try model.writeToStandardOutput() }
    if let output = plan.output {
      try model.write(to: output, keepingPrevious: replaced?.isToBeKept ?? false)
      plan.note([replaced?.settle(after: model.training, isFinished: isFinished)].compactMap(\.self))
    }
    return model
  }

  /// The present model with its provenance, which is equal for two runs that make the same model.
  private var model: ModelFile {
    var origin = trainer.provenance
    origin["files"] = .array(plan.corpora.map { .string(FileName.last(of: $0)) })
    return ModelFile(
      weights: trainer.bestWeights, tokenizer: corpus.tokenizer.description, training: origin, documents: corpus.known,
      memory: trainer.memory?.mixed)
  }
}
