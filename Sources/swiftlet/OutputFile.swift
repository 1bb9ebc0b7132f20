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
    guard plan.processes.isFirst && !plan.writesToStandardOutput else { return }
    try model.checkWriting(to: plan.output)
    if !plan.isForced { replaced = ReplacedModel(at: plan.output, by: trainer.provenance) }
    plan.note([plan.outputNote, replaced?.note].compactMap(\.self))
  }

  /// Writes the model. A model that it replaces is kept if it may be better; a sentence says so.
  func write(isFinished: Bool) throws {
    guard plan.processes.isFirst else { return }
    if !isFinished { trainer.completeMemory() }
    if plan.writesToStandardOutput { return try model.writeToStandardOutput() }
    let model = model
    try model.write(to: plan.output, keepingPrevious: replaced?.isToBeKept ?? false)
    plan.note([replaced?.settle(after: model.training, isFinished: isFinished)].compactMap(\.self))
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
