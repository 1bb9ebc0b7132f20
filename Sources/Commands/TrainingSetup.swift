import CommandOptions
import Datasets
import GPT
import ModelFiles
import Parallelism
import Report
import StrictJSON
import Support
import Tokenization
import Training

/// The third stage of training: the recipe, the data and the starting point of a run.
struct TrainingSetup {
  let recipe: Recipe
  let data: TrainingData
  let configuration: Configuration
  /// True if the corpus is too small for the time that was given.
  private let endsEarly: Bool
  private let checkpoint: Checkpoint?
  private let corpus: TrainingCorpus
  private let plan: TrainingPlan

  init(_ corpus: TrainingCorpus, _ plan: TrainingPlan) throws {
    let choice = try RecipeChoice(corpus, plan)
    let ordinary = choice.ordinary
    try ordinary.check()
    try plan.processes.check(ordinary, plan.engine, seconds: plan.seconds)
    _ = try Self.configuration(ordinary, corpus.tokenizer)
    let checkpoint = try plan.keeping.checkpointToResume(plan.output)
    let chosen =
      switch (plan.seconds, checkpoint) {
      case (nil, _): choice.chosen(ordinary)
      case (_, let checkpoint?): choice.continued(from: checkpoint.recipe)
      case (let seconds?, nil): try choice.fitted(to: seconds, from: ordinary)
      }
    try checkpoint?.check(chosen.recipe, chosen.data.identity, corpus.tokenizer.description)

    recipe = chosen.recipe
    data = chosen.data
    endsEarly = chosen.endsEarly
    configuration = try Self.configuration(recipe, corpus.tokenizer)
    self.checkpoint = checkpoint
    self.corpus = corpus
    self.plan = plan
  }

  func makeTrainer() throws -> Trainer {
    let tuned = try corpus.fineTuning?.weights.grown(toContext: recipe.shape.context, seed: recipe.seed)
    let start = checkpoint?.state ?? TrainingState(tuned ?? recipe.initialWeights(configuration))
    return try Trainer(
      recipe, data, from: start, engine: plan.engine.make(threads: plan.threads, plan.processes))
  }

  /// The corpus, the model and the steps, one sentence each.
  var sentences: [String] {
    dataSentences + growth + [
      "\(corpus.encoded.documentCount.of("document")), \(corpus.encoded.tokenCount.of("token")).",
      configuration.summary + ".",
      recipe.sentence,
    ]
      + (endsEarly ? ["The corpus needs no more than these, so training ends before --seconds."] : [])
      + resumption + [plan.seed.sentence(repeating: "the same model")].compactMap(\.self)
  }

  /// The growth of a trained model's context.
  private var growth: [String] {
    guard let old = corpus.fineTuning?.weights.configuration.context, old < recipe.shape.context else { return [] }
    return ["The context grows from \(old.grouped) to \(recipe.shape.context.of("token"))."]
  }

  /// What --resume found, or what it would find.
  private var resumption: [String] {
    guard let path = plan.checkpointPath else { return [] }
    if let checkpoint {
      let plan = plan.seconds == nil ? "" : " The checkpoint's number of steps holds, not --seconds."
      return ["Resuming from step \(checkpoint.state.step.grouped).\(plan)"]
    }
    if plan.keeping.resume {
      return ["No checkpoint found at \(path): starting from the beginning."] + finished
    }
    guard let header = ModelHeader(of: path), header.isCheckpoint else { return [] }
    let step = header.training["progress"]?.object?["step"]?.number?.integer(as: Int.self)
    return [
      "\(path) is the checkpoint of an interrupted run\(step.map { ", at step \($0.grouped)" } ?? "");"
        + " with --resume it would continue."
    ]
  }

  /// A sentence about the model of the same corpus, whose checkpoint was removed when its run was complete.
  private var finished: [String] {
    guard let path = plan.output, let training = ModelHeader(of: path)?.training,
      training["corpus"] == .object(data.identity.json),
      let steps = training["result"]?.object?["steps"]?.number?.integer(as: Int.self)
    else { return [] }
    return [
      "The run of \(steps.of("step")) that made \(path) is complete; to train that model further, use --from \(path)."
    ]
  }

  /// Sizes come from the options, so that wrong ones are wrong usage.
  private static func configuration(_ recipe: Recipe, _ tokenizer: any Tokenizer) throws -> Configuration {
    do {
      return try recipe.configuration(vocabulary: tokenizer.vocabulary.count + 1)
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// What was held out, and what became of long documents.
  private var dataSentences: [String] {
    var sentences: [String] = []
    if recipe.holdout != .none && data.heldOut == nil {
      sentences.append(
        recipe.holdout == .automatic
          ? "Nothing is held out of so few documents, so the model learns all of them; --validation 10% holds out a tenth."
          : "Nothing is held out: the corpus has too few different documents.")
    }
    if data.holdsOutEnds, let share = recipe.holdout.endShare {
      sentences.append(
        "The last \(share.percent) of \(data.identity.heldOutDocuments.of("long document")) is held out.")
    }
    let long = data.training.longDocumentCount
    if long > 0 {
      let documents = "\(long.of("document")) longer than the context \(long == 1 ? "is" : "are")"
      let context = recipe.shape.context.grouped
      sentences.append(
        recipe.longDocuments == .truncate
          ? "\(documents) truncated to \(context) tokens." : "\(documents) split into \(context)-token windows.")
    }
    return sentences
  }
}

extension Recipe {
  /// `1,290 steps of 32 documents at a learning rate of 0.005.`
  fileprivate var sentence: String {
    "\(steps.of("step")) of \(batch.of("document")) at a learning rate of \(learningRate)"
      + (optimizer == .muon ? ", and Muon's of \(muonRate)." : ".")
  }
}
