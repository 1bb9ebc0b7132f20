import CBrowser
import Datasets
import GPT
import ModelFiles
import PlaygroundPage
import StrictJSON
import Support
import Tokenization
import Training
import TrainingEngine

/// A training run of the page.
final class Run {
  let tokenizer: KnownTokenizer
  private let trainer: Trainer
  private let notes: [String]
  private let corpus: EncodedCorpus

  /// Prepares to train on a text whose bytes are in memory.
  init(_ text: [UInt8], _ settings: Settings) throws(PageError) {
    let corpus: Corpus
    do throws(CorpusError) { corpus = try Corpus(text, named: settings.name) } catch { throw PageError(error) }
    notes = corpus.notes.sentences
    do throws(TokenizerError) {
      tokenizer = try KnownTokenizer(settings.tokenizer, training: corpus.documents)
      self.corpus = try tokenizer.encoded(corpus)
    } catch {
      throw PageError(error)
    }
    do throws(TrainingError) {
      let fitted = try settings.fitted(on: self.corpus)
      trainer = try Trainer(fitted.recipe, fitted.data, from: try fitted.recipe.start(self.corpus)) {
        FastEngine(weights: $0, moments: $1)
      }
    } catch {
      throw PageError(error)
    }
  }

  /// The facts about the run before its first step.
  var description: JSON {
    let (recipe, configuration) = (trainer.recipe, trainer.engine.configuration)
    return [
      "notes": .array(notes.map { .string($0) }), "documents": .integer(corpus.documentCount),
      "tokens": .integer(corpus.tokenCount), "vocabulary": .integer(configuration.vocabulary - 1),
      "parameters": .integer(configuration.parameterCount), "layers": .integer(configuration.layers),
      "embedding": .integer(configuration.embedding), "context": .integer(configuration.context),
      "steps": .integer(recipe.steps), "batch": .integer(recipe.batch),
    ]
  }

  /// Trains for about so many milliseconds, and describes the steps.
  func train(for milliseconds: Double) throws(PageError) -> JSON {
    let start = browser_now()
    let tokensBefore = trainer.tokens
    var losses: [JSON] = []
    var scores: [JSON] = []
    do throws(TrainingError) {
      while !trainer.isFinished && browser_now() - start < milliseconds {
        let step = try trainer.advance()
        losses.append(.real(Double(step.loss)))
        if let score = step.score {
          scores.append(["step": .integer(step.number), "loss": .real(score.natsPerToken)])
        }
      }
    } catch {
      throw PageError(error)
    }
    if trainer.isFinished { trainer.completeMemory() }
    return [
      "step": .integer(trainer.step), "steps": .integer(trainer.recipe.steps), "losses": .array(losses),
      "mean": trainer.meanLoss.map { .real($0) } ?? .null, "scores": .array(scores),
      "heldOut": trainer.modelScore.map { .string($0.sentence) } ?? .null,
      "tokens": .integer(trainer.tokens - tokensBefore), "seconds": .real((browser_now() - start) / 1000),
      "isFinished": .bool(trainer.isFinished),
    ]
  }

  /// The model with the lowest held-out loss so far or, without held-out documents, the present one.
  var model: ModelFile {
    ModelFile(
      weights: trainer.bestWeights, tokenizer: tokenizer.description, training: trainer.provenance,
      documents: trainer.data.documents, memory: trainer.memory?.mixed)
  }
}

extension Recipe {
  /// Returns the untrained weights of a run on `corpus`.
  fileprivate func start(_ corpus: EncodedCorpus) throws(TrainingError) -> TrainingState {
    do throws(ConfigurationError) {
      return TrainingState(initialWeights(try configuration(vocabulary: corpus.vocabulary)))
    } catch {
      throw .badRecipe(error.description)
    }
  }
}
