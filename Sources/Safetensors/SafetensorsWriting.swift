import DurableFiles
import StrictJSON

/// A tensor of `Float` for a file.
public struct FloatTensor: Sendable {
  public let name: String
  public let shape: [Int]
  public let values: [Float]

  public init(name: String, shape: [Int], values: [Float]) {
    let count = shape.reduce(1, *)
    precondition(values.count == count, "\(name) has \(values.count) values for a shape of \(count)")
    self.name = name
    self.shape = shape
    self.values = values
  }
}

extension AtomicFile {
  /// Writes `tensors` in their order behind a header, the same bytes for the same values everywhere.
  ///
  /// The tensors are written from where they are, without a copy.
  public func write(_ tensors: [FloatTensor], metadata: [(key: String, value: String)]) throws {
    try write(SafetensorsFile.head(of: path, tensors, metadata: metadata))
    for tensor in tensors { try write(tensor.values) }
  }
}

extension SafetensorsFile {
  /// Everything that stands before the tensors in a file called `path`: the length of the header, and the header.
  public static func head(
    of path: String, _ tensors: [FloatTensor], metadata: [(key: String, value: String)]
  ) throws(SafetensorsError) -> [UInt8] {
    let strings = metadata.map { JSON.Object.Member(key: $0.key, value: .string($0.value)) }
    var members = [JSON.Object.Member(key: "__metadata__", value: .object(try unique(strings, path)))]
    var end = 0
    for tensor in tensors {
      let start = end
      end += 4 * tensor.values.count
      members.append(
        JSON.Object.Member(
          key: tensor.name,
          value: [
            "dtype": "F32", "shape": .array(tensor.shape.map { .integer($0) }),
            "data_offsets": [.integer(start), .integer(end)],
          ]))
    }
    var header = JSON.object(try unique(members, path)).bytes()
    header += repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    guard header.count <= longestHeader else {
      throw SafetensorsError(path, "its header would be \(header.count) bytes long; the limit is \(longestHeader).")
    }
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
  }

  private static func unique(_ members: [JSON.Object.Member], _ path: String) throws(SafetensorsError) -> JSON.Object {
    guard let object = JSON.Object(members) else { throw SafetensorsError(path, "two of its parts have one name.") }
    return object
  }
}
