import Datasets
import Inference
import ModelFiles
import Support
import SwiftletKit
import Tokenization
import Training
import TrainingEngine

/// The corpus of a run, in tokens. The text itself is let go of: a large one would take half of the memory.
struct TrainingText {
  let tokenizer: any Tokenizer
  let encoded: EncodedCorpus
  /// What the model will know its training documents by.
  let known: DocumentFingerprints
  /// The trained model that the run begins with, when that is wanted.
  let fineTuning: FineTuning?
  /// What was noticed in reading it, in sentences.
  let notes: [String]

  init(_ command: TrainCommand) throws {
    let corpus = try command.read(command.corpora)
    notes = corpus.notes.sentences
    var older: DocumentFingerprints?
    if let path = command.from {
      let model = try Model(contentsOf: path)
      let tuning = try FineTuning(
        model.file, model.tokenizer, on: corpus.documents, growingVocabulary: command.growVocabulary, seed: command.seed
      )
      if tuning.newTokens > 0 { command.note(["\(tuning.newTokens) tokens of the corpus are new to the model."]) }
      tokenizer = tuning.tokenizer
      fineTuning = tuning
      older = model.file.documents
    } else {
      tokenizer = try TokenizerRegistry.standard.train(
        command.tokens.tokenizer?.text ?? command.preset?.tokenizer ?? "character", on: corpus.documents,
        settings: command.tokens.settings)
      fineTuning = nil
    }
    command.note(tokenizer.warnings)
    encoded = try EncodedCorpus(consume corpus, with: tokenizer, threads: command.threadCount)
    known = older.map(encoded.documents.union) ?? encoded.documents
  }
}
