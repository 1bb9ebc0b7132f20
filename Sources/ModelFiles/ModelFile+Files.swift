import Files
import GPT
import StrictJSON
import Tokenization

extension ModelFile {
  /// Reads a model file.
  ///
  /// No tensor is read before the names, types and shapes of all tensors have been compared with the configuration.
  ///
  /// - Throws: `FileError` or `ModelError`.
  package init(contentsOf path: String) throws {
    try self.init(InputFile(path))
  }

  /// A model with weights from another program's safetensors file, whose tensors have the names of
  /// `Configuration.tensors`.
  ///
  /// - Parameter description: The rest of the model, in the members `configuration` and `tokenizer`.
  package init(weightsIn path: String, _ description: JSON.Object, training: JSON.Object) throws {
    let file = try SafetensorsFile(InputFile(path))
    do {
      let configuration = try Configuration(description.object("configuration"))
      let places = try Self.places(of: [.weights], in: file.tensors, configuration)
      self.init(
        weights: try Weights(configuration, tensors: places[0].map(file.weights)),
        tokenizer: try TokenizerDescription(description.object("tokenizer")), training: training)
      try check()
    } catch let problem as ModelProblem {
      throw ModelError("\(path) does not make a model: \(problem.sentence)")
    } catch let error as JSONError {
      throw ModelError("\(path) does not make a model: in its description \(error).")
    }
  }

  /// A model of weights that another module has read from `path`, after all checks of a model file.
  package init(
    weights: Weights, tokenizer: JSON.Object, training: JSON.Object, from path: String
  ) throws(ModelError) {
    do throws(ModelProblem) {
      self.init(weights: weights, tokenizer: try TokenizerDescription(tokenizer), training: training)
      try check()
    } catch {
      throw ModelError("\(path) does not make a model: \(error.sentence)")
    }
  }

  /// Replaces the file at `path` as a whole, or leaves it unchanged. Weights that are not finite are refused, so that
  /// they never replace a model that works.
  package func write(to path: String, keepingPrevious: Bool = false) throws {
    try check(for: path)
    let file = try AtomicFile(replacing: path, keepingPrevious: keepingPrevious)
    try file.write(tensors, metadata: metadata)
    try file.commit()
  }

  /// Writes the file to standard output.
  package func writeToStandardOutput() throws {
    try check(for: "standard output")
    try StandardOutput().write(tensors, metadata: metadata)
  }

  /// Checks before training that such a model can be written to `path`: the name, the permissions and the space on the
  /// disk.
  package func checkWriting(to path: String) throws {
    try check(for: path)
    let head = try SafetensorsFile.head(of: path, tensors, metadata: metadata)
    let numbers = 4 * configuration.parameterCount * parts.count + 8 * (documents?.hashes.count ?? 0)
    try AtomicFile.check(path, byteCount: head.count + numbers)
  }
}

extension SafetensorsFile {
  /// Reads the F32 tensors of these names and shapes. Missing and additional tensors are errors.
  package func floats(of wanted: [(name: String, shape: [Int])]) throws -> [[Float]] {
    do {
      return try ModelFile.entries(wanted, in: tensors).map(weights)
    } catch let problem as ModelProblem {
      throw ModelError("\(path) does not make a model: \(problem.sentence)")
    }
  }
}

extension ByteSink where Self: ~Copyable {
  /// Writes a safetensors file: a header and `tensors` in their order.
  package func write(_ tensors: [Tensor], metadata: [(key: String, value: String)]) throws {
    try write(SafetensorsFile.head(of: path, tensors, metadata: metadata))
    try write(tensors)
  }
}
