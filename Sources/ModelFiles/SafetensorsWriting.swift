import Files
import StrictJSON

/// A tensor to be written to a file.
package struct Tensor: Sendable {
  /// The elements, one row after the other.
  package enum Values: Sendable {
    case floats([Float])
    /// The bits of 16-bit floats.
    case halves([UInt16])
    case integers([Int64])
    case words([Int32])
    case shorts([UInt16])
    case bytes([UInt8])
  }

  package let name: String
  package let shape: [Int]
  package let values: Values

  package init(name: String, shape: [Int], values: [Float], _ precision: Precision = .single) {
    let elements: Values =
      switch precision {
      case .single: .floats(values)
      case .half: .halves(values.map { Float16($0).bitPattern })
      }
    self.init(name, shape, elements, count: values.count)
  }

  package init(name: String, shape: [Int], integers: [Int64]) {
    self.init(name, shape, .integers(integers), count: integers.count)
  }

  /// A list of numbers.
  init(name: String, _ values: Values) {
    self.init(name, [values.count], values, count: values.count)
  }

  private init(_ name: String, _ shape: [Int], _ values: Values, count: Int) {
    let wanted = shape.reduce(1, *)
    precondition(count == wanted, "\(name) has \(count) values for a shape of \(wanted)")
    self.name = name
    self.shape = shape
    self.values = values
  }
}

extension Tensor.Values {
  var type: ElementType {
    switch self {
    case .floats: .f32
    case .halves: .f16
    case .integers: .i64
    case .words: .i32
    case .shorts: .u16
    case .bytes: .u8
    }
  }

  var count: Int {
    switch self {
    case .floats(let numbers): numbers.count
    case .halves(let numbers): numbers.count
    case .integers(let numbers): numbers.count
    case .words(let numbers): numbers.count
    case .shorts(let numbers): numbers.count
    case .bytes(let numbers): numbers.count
    }
  }

  var byteCount: Int { count * type.bits / 8 }
}

extension ByteSink where Self: ~Copyable {
  /// Writes `tensors` in their order, without copying them, as they follow a header. Equal values give equal bytes on
  /// every machine.
  package func write(_ tensors: [Tensor]) throws(FileError) {
    for tensor in tensors {
      switch tensor.values {
      case .floats(let numbers): try write(numbers)
      case .halves(let numbers): try write(numbers)
      case .integers(let numbers): try write(numbers)
      case .words(let numbers): try write(numbers)
      case .shorts(let numbers): try write(numbers)
      case .bytes(let numbers): try write(numbers)
      }
    }
  }
}

extension SafetensorsFile {
  /// The bytes before the tensors: the length of the header, and the header.
  ///
  /// - Parameter path: The file to name in errors.
  package static func head(
    of path: String, _ tensors: [Tensor], metadata: [(key: String, value: String)]
  ) throws(ModelError) -> [UInt8] {
    let strings = metadata.map { JSON.Object.Member(key: $0.key, value: .string($0.value)) }
    var members = [JSON.Object.Member(key: "__metadata__", value: .object(try unique(strings, path)))]
    var end = 0
    for tensor in tensors {
      let start = end
      end += tensor.values.byteCount
      members.append(
        JSON.Object.Member(
          key: tensor.name,
          value: [
            "dtype": .string(tensor.values.type.rawValue), "shape": .array(tensor.shape.map { .integer($0) }),
            "data_offsets": [.integer(start), .integer(end)],
          ]))
    }
    var header = JSON.object(try unique(members, path)).bytes()
    header += repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    let limit = BinaryFormat.longestSafetensorsHeader
    guard header.count <= limit else {
      throw ModelError(
        safetensors: path, "its header would be \(header.count) bytes long; the limit is \(limit).")
    }
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
  }

  private static func unique(_ members: [JSON.Object.Member], _ path: String) throws(ModelError) -> JSON.Object {
    guard let object = JSON.Object(members) else {
      throw ModelError(safetensors: path, "two of its parts have one name.")
    }
    return object
  }
}
