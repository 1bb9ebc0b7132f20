import Files

/// A file in the format of llama.cpp: a list of keys and values, then tensors at multiples of 32 bytes.
struct GGUFFile: Sendable {
  enum Value: Sendable {
    case count(Int)
    case real(Double)
    case flag(Bool)
    case text(String)
    case texts([String])
    case reals([Float])
    case numbers([Int32])
  }

  struct Tensor: Sendable {
    enum Values: Sendable {
      case floats([Float])
      case halves([UInt16])
      case blocks(QuantizedBlocks)
    }

    let name: String
    /// Rows and columns, or the number of elements of a vector.
    let shape: [Int]
    let values: Values

    init(name: String, shape: [Int], values: Values) {
      precondition(shape.reduce(1, *) == values.count, "\(name) has \(values.count) values for the shape \(shape)")
      (self.name, self.shape, self.values) = (name, shape, values)
    }
  }

  /// The bytes before the tensors.
  let head: [UInt8]
  let tensors: [Tensor]

  init(_ values: [(key: String, value: Value)], _ tensors: [Tensor]) {
    var head = HeadWriter()
    head.write("GGUF".utf8)
    head.write(UInt32(3))
    head.write(UInt64(tensors.count))
    head.write(UInt64(values.count))
    for (key, value) in values {
      head.write(key)
      head.write(value)
    }
    var offset = 0
    for tensor in tensors {
      head.write(tensor, offset: offset)
      offset += tensor.values.byteCount + Self.padding(after: tensor.values.byteCount)
    }
    head.write(repeatElement(0, count: Self.padding(after: head.bytes.count)))
    self.head = head.bytes
    self.tensors = tensors
  }

  static func padding(after count: Int) -> Int { (32 - count % 32) % 32 }

  /// The size of the file in bytes.
  var byteCount: Int {
    tensors.reduce(head.count) { $0 + $1.values.byteCount + Self.padding(after: $1.values.byteCount) }
  }
}

extension ByteSink where Self: ~Copyable {
  func write(_ file: GGUFFile) throws(FileError) {
    try write(file.head)
    for tensor in file.tensors {
      switch tensor.values {
      case .floats(let numbers): try write(numbers)
      case .halves(let numbers): try write(numbers)
      case .blocks(let blocks): try write(blocks.bytes)
      }
      try write(Array(repeating: UInt8(0), count: GGUFFile.padding(after: tensor.values.byteCount)))
    }
  }
}

extension GGUFFile.Tensor.Values {
  var count: Int {
    switch self {
    case .floats(let numbers): numbers.count
    case .halves(let numbers): numbers.count
    case .blocks(let blocks): blocks.count
    }
  }

  var byteCount: Int {
    switch self {
    case .floats: 4 * count
    case .halves: 2 * count
    case .blocks(let blocks): blocks.bytes.count
    }
  }

  /// The number of the format for the type of the elements.
  fileprivate var type: UInt32 {
    switch self {
    case .floats: 0
    case .halves: 1
    case .blocks: 8
    }
  }
}

/// The bytes before the tensors, under construction. All numbers are little-endian.
private struct HeadWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ bytes: some Sequence<UInt8>) { self.bytes += bytes }

  mutating func write(_ number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    write(text.utf8)
  }

  /// Writes the number of a value's type, and the value.
  mutating func write(_ value: GGUFFile.Value) {
    switch value {
    case .count(let count):
      write(ValueType.uint32)
      write(UInt32(count))
    case .real(let number):
      write(ValueType.float32)
      write(Float(number).bitPattern)
    case .flag(let flag):
      write(ValueType.bool)
      write(UInt8(flag ? 1 : 0))
    case .text(let text):
      write(ValueType.string)
      write(text)
    case .texts(let texts):
      write(arrayOf: ValueType.string, texts.count)
      for text in texts { write(text) }
    case .reals(let numbers):
      write(arrayOf: ValueType.float32, numbers.count)
      for number in numbers { write(number.bitPattern) }
    case .numbers(let numbers):
      write(arrayOf: ValueType.int32, numbers.count)
      for number in numbers { write(number) }
    }
  }

  private mutating func write(arrayOf type: UInt32, _ count: Int) {
    write(ValueType.array)
    write(type)
    write(UInt64(count))
  }

  /// Writes the description of a tensor whose data begin at `offset`. The format lists the columns before the rows.
  mutating func write(_ tensor: GGUFFile.Tensor, offset: Int) {
    write(tensor.name)
    write(UInt32(tensor.shape.count))
    for size in tensor.shape.reversed() { write(UInt64(size)) }
    write(tensor.values.type)
    write(UInt64(offset))
  }

  /// The numbers of the format for the types of values.
  private enum ValueType {
    static let uint32: UInt32 = 4
    static let int32: UInt32 = 5
    static let float32: UInt32 = 6
    static let bool: UInt32 = 7
    static let string: UInt32 = 8
    static let array: UInt32 = 9
  }
}
