import Files
import GPT

extension ModelFile {
  /// Returns the bytes of this model's file.
  ///
  /// - Parameters:
  ///   - name: The name of the file, for error messages.
  ///   - precision: The number of bits of the weights.
  package func bytes(named name: String, _ precision: Precision = .single) throws(ModelError) -> [UInt8] {
    try check(for: name)
    let file = ByteArray(named: name)
    let tensors = tensors(precision)
    let head = try SafetensorsFile.head(of: name, tensors, metadata: metadata)
    do throws(FileError) {
      try file.write(head)
      try file.write(tensors)
    } catch {
      throw ModelError(error.description)
    }
    return file.bytes
  }

  /// This model with all weights rounded to 16 bits; `nil` if one is too large for them.
  package var roundedToHalf: ModelFile? {
    var model = self
    for tensor in model.weights.tensors.indices {
      model.weights.tensors[tensor] = model.weights.tensors[tensor].map { Float(Float16($0)) }
      guard model.weights.tensors[tensor].allSatisfy({ $0.isFinite }) else { return nil }
    }
    return model
  }
}
