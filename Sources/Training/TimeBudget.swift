import Datasets
import GPT
import NGrams
import Tokenization

/// The speed of training on this machine, measured with a model that is thrown away.
package struct TrainingSpeed: Sendable {
  /// The seconds that a step takes.
  package let step: Double
  /// The seconds that scoring the held-out documents takes.
  package let score: Double
  /// The seconds that measuring took.
  package let measuring: Double
  /// The seconds that making and scoring the n-gram memory takes.
  package let memory: Double

  package init(step: Double, score: Double, measuring: Double, memory: Double) {
    (self.step, self.score, self.measuring, self.memory) = (step, score, measuring, memory)
  }

  /// Returns how many of `seconds` are for training, at least half of them. In the rest the n-gram memory is made.
  package func trainingTime(within seconds: Double) -> Double { seconds - min(seconds / 2, memory) }

  /// Returns the number of steps that take about `seconds`, and the interval at which scoring the held-out documents
  /// takes at most a twentieth of that time.
  package func steps(within seconds: Double) -> (steps: Int, evaluateEvery: Int) {
    let scores = max(1, min(20, Int(0.05 * max(0, seconds) / max(score, 1e-9))))
    let count = max(1, Int((seconds - Double(scores) * score) / step))
    return (count, max(1, count / scores))
  }
}

extension Recipe {
  /// Measures for about a twentieth of `seconds` how fast this recipe trains.
  package func measureSpeed(
    within seconds: Double, _ data: TrainingData, vocabulary: Int,
    engine makeEngine: @escaping (Weights, Moments) -> any Engine
  ) throws(TrainingError) -> TrainingSpeed {
    var trial = self
    trial.steps = .max
    trial.evaluateEvery = .max
    trial.warmup = 0
    let configuration: Configuration
    do { configuration = try self.configuration(vocabulary: vocabulary) } catch {
      throw .badRecipe(error.description)
    }
    let trainer = try Trainer(trial, data, from: TrainingState(initialWeights(configuration)), engine: makeEngine)
    let clock = ContinuousClock()
    // The first steps warm the caches and are not measured.
    let beginning = clock.now
    let length = Duration.seconds(min(seconds / 20, 1))
    repeat { _ = try trainer.advance() } while beginning.duration(to: .now) < length / 4 && trainer.step < 1000
    let (start, first) = (clock.now, trainer.step)
    repeat { _ = try trainer.advance() } while start.duration(to: .now) < length
    let perStep = start.duration(to: .now) / .seconds(1) / Double(trainer.step - first)
    let score =
      data.heldOut.map { heldOut in clock.measure { _ = HeldOutScore(of: heldOut, by: trainer.engine) } / .seconds(1) }
    let measuring = beginning.duration(to: .now) / .seconds(1)
    guard memory > 0 else { return TrainingSpeed(step: perStep, score: score ?? 0, measuring: measuring, memory: 0) }
    let tokens = data.training.predictionCount
    let sample = data.training.text(every: 1 + tokens / 16384, separator: NGramMemory.separator)
    let counting = clock.measure {
      NGramMemory.countNGrams(
        of: sample, from: tokens, vocabulary: vocabulary, threads: trainer.engine.threads)
    }
    let perToken = counting / .seconds(1) / Double(max(1, sample.count))
    return TrainingSpeed(
      step: perStep, score: score ?? 0, measuring: measuring,
      memory: data.memoryTime(vocabulary: vocabulary, perToken: perToken) + (score ?? 0))
  }

  /// Returns the compute of `seconds` of training at this speed, for `suggested(for:compute:_:)`.
  package func compute(in seconds: Double, at speed: TrainingSpeed, on data: TrainingData, _ corpus: EncodedCorpus)
    -> Double
  {
    let tokens = Double(batch) * data.training.meanLength
    return shape.weightsPerToken(OutputCost(corpus)) * tokens * seconds / speed.step
  }
}

extension TrainingData {
  /// Estimates the seconds that making the n-gram memory takes, and mixing its probabilities with those of the network.
  ///
  /// - Parameter perToken: The seconds for each token that counting the n-grams of a sample takes.
  package func memoryTime(vocabulary: Int, perToken: Double) -> Double {
    let learned = Double(min(training.predictionCount, NGramMemory.mostTokens))
    let mixed = Double(vocabulary * (heldOut?.predictionCount ?? 0))
    return perToken * (1e6 + 2.2 * learned + 0.005 * mixed)
  }
}
