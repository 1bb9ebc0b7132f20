import Files
import StrictJSON

/// A safetensors file whose every byte is accounted for: eight bytes with the header's length, the header, the tensors.
///
///     let file = try SafetensorsFile(InputFile("names.safetensors"))
///     let embedding = try file.floats(of: file.tensors[0])
///
/// It refuses everything that the reference implementation refuses, and also duplicate keys, unknown fields, and a
/// header that does not start with a brace. At first only the header is read, and no memory is allocated for sizes that
/// it merely claims.
package struct SafetensorsFile: Sendable {
  /// The strings of `__metadata__`.
  package let metadata: JSON.Object

  /// The tensors in the order of their data, which has no gaps.
  package let tensors: [TensorEntry]

  private let file: InputFile
  private let dataStart: Int

  /// The path or name of the file, for error messages.
  var path: String { file.path }

  package init(_ file: InputFile) throws(ReadingError) {
    self.file = file
    dataStart = try Self.dataStart(of: file)
    let header = try file.bytes(8..<dataStart)
    do throws(JSONError) {
      (metadata, tensors) = try Self.contents(of: header.span, dataCount: file.count - dataStart)
    } catch {
      throw ModelError(safetensors: file.path, error.description)
    }
  }

  /// Reads the elements of an F32 tensor, one row after the other.
  package func floats(of tensor: TensorEntry) throws(ReadingError) -> [Float] {
    try file.floats(place(of: tensor, .f32))
  }

  /// Reads the elements of an F32 or F16 tensor, one row after the other.
  func weights(of tensor: TensorEntry) throws(ReadingError) -> [Float] {
    guard tensor.type == .f16 else { return try floats(of: tensor) }
    return try file.shorts(place(of: tensor, .f16)).map { Float(Float16(bitPattern: $0)) }
  }

  /// Reads the elements of an I64 tensor, one row after the other.
  package func integers(of tensor: TensorEntry) throws(ReadingError) -> [Int64] {
    try file.integers(place(of: tensor, .i64))
  }

  /// Reads the elements of an I32 list.
  package func words(of tensor: TensorEntry) throws(ReadingError) -> [Int32] { try file.words(place(of: tensor, .i32)) }

  /// Reads the elements of a U16 list.
  package func shorts(of tensor: TensorEntry) throws(ReadingError) -> [UInt16] {
    try file.shorts(place(of: tensor, .u16))
  }

  /// Reads the elements of a U8 list.
  package func bytes(of tensor: TensorEntry) throws(ReadingError) -> [UInt8] { try file.bytes(place(of: tensor, .u8)) }

  private func place(of tensor: TensorEntry, _ type: ElementType) throws(ModelError) -> Range<Int> {
    guard tensor.type == type else {
      throw ModelError(
        safetensors: file.path,
        "\(JSON.quoted(tensor.name)) holds \(tensor.type.rawValue), where \(type.rawValue) is needed.")
    }
    return dataStart + tensor.range.lowerBound..<dataStart + tensor.range.upperBound
  }

  private static func dataStart(of file: InputFile) throws(ReadingError) -> Int {
    let head = try file.bytes(0..<min(file.count, BinaryFormat.headLength))
    guard let length = BinaryFormat.safetensorsHeaderLength(head) else {
      throw ModelError(file.path, isNotAModelBut: head)
    }
    guard length <= file.count - 8 else {
      throw ModelError(
        safetensors: file.path,
        "its first 8 bytes make its header \(length) bytes long, and only \(file.count - 8) follow: it was cut off.")
    }
    return 8 + length
  }

  private static func contents(
    of header: Span<UInt8>, dataCount: Int
  ) throws(JSONError) -> (metadata: JSON.Object, tensors: [TensorEntry]) {
    var metadata = JSON.Object()
    var tensors: [TensorEntry] = []
    for member in try JSON(parsing: header).object?.members ?? [] {
      do throws(JSONError) {
        if member.key == "__metadata__" {
          metadata = try strings(member.value)
        } else {
          tensors.append(try TensorEntry(member))
        }
      } catch {
        throw JSONError("\(JSON.quoted(member.key)): \(error.problem)")
      }
    }
    tensors.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var end = 0
    for tensor in tensors {
      guard tensor.range.lowerBound == end else {
        throw JSONError(
          "\(JSON.quoted(tensor.name)) begins at byte \(tensor.range.lowerBound) of the data; what lies before ends at \(end)"
        )
      }
      end = tensor.range.upperBound
    }
    guard end <= dataCount else {
      throw JSONError("its tensors take \(end) bytes, and only \(dataCount) follow the header: it was cut off")
    }
    guard end == dataCount else {
      throw JSONError("its tensors take \(end) bytes, and \(dataCount) follow the header")
    }
    return (metadata, tensors)
  }

  private static func strings(_ value: JSON) throws(JSONError) -> JSON.Object {
    guard let object = value.object else { throw JSONError("it must be an object, not \(value.kind)") }
    for member in object.members where member.value.string == nil {
      throw JSONError("\(JSON.quoted(member.key)) must be a string, not \(member.value.kind)")
    }
    return object
  }
}
