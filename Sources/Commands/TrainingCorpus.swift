import Datasets
import Support
import SwiftletKit
import Tokenization
import Training

/// The second stage of training: the corpus in tokens. The text itself is freed, since it may take half of the memory.
struct TrainingCorpus {
  let tokenizer: any Tokenizer
  let encoded: EncodedCorpus
  /// The documents that the model was trained on by the end of this run.
  let known: DocumentFingerprints
  /// The trained model that the run starts from.
  let fineTuning: FineTuning?
  /// What reading dropped or replaced, in sentences.
  let notes: [String]

  init(_ plan: TrainingPlan) throws {
    let corpus = try plan.readCorpus()
    try Cancellation.check()
    notes = corpus.notes.sentences
    var older: DocumentFingerprints?
    if let path = plan.from {
      let model = try Model(contentsOf: path)
      let tuning = try FineTuning(
        model.file, model.tokenizer, on: corpus.documents, growingVocabulary: plan.growsVocabulary,
        seed: plan.seed.number)
      if tuning.newTokens > 0 { plan.note(["\(tuning.newTokens) tokens of the corpus are new to the model."]) }
      if model.memoryShare != nil { plan.note(["The n-gram memory of \(path.escapingInvisibles) is not kept."]) }
      tokenizer = tuning.tokenizer
      fineTuning = tuning
      older = model.file.documents
    } else {
      let name = plan.tokens.tokenizer?.text ?? plan.preset?.tokenizer ?? "character"
      tokenizer = try TokenizerRegistry.standard.train(
        name, on: corpus.documents, settings: plan.tokens.settings(of: name, isPortable: plan.isPortable))
      fineTuning = nil
    }
    try Cancellation.check()
    plan.note(tokenizer.warnings)
    encoded = try EncodedCorpus(consume corpus, with: tokenizer, threads: plan.threads)
    try Cancellation.check()
    known = older.map(encoded.documents.union) ?? encoded.documents
  }
}
