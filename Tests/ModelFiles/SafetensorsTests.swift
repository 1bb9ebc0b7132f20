import Files
import Foundation
import ModelFiles
import Support
import TestSupport
import Testing

@Suite struct SafetensorsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func written(_ tensors: [Tensor], _ metadata: [(key: String, value: String)] = []) throws -> [UInt8] {
    let file = try AtomicFile(replacing: folder.path("x"))
    try file.write(tensors, metadata: metadata)
    try file.commit()
    return Array(try folder.contents("x"))
  }

  @Test func `a written file reads back the same`() throws {
    let tensors = [
      Tensor(name: "wte", shape: [3, 2], values: [1, -2.5, .leastNonzeroMagnitude, -0.0, .infinity, 3e38]),
      Tensor(name: "none", shape: [4, 0], values: []),
      Tensor(name: "scalar", shape: [], values: [7]),
    ]
    _ = try written(tensors, [("format_version", "1"), ("emoji", "😀\n\"")])
    let file = try SafetensorsFile(InputFile(folder.path("x")))
    #expect(file.tensors.map(\.name) == ["wte", "none", "scalar"])
    #expect(file.tensors.map(\.shape) == [[3, 2], [4, 0], []])
    for (entry, tensor) in zip(file.tensors, tensors) {
      guard case .floats(let values) = tensor.values else { continue }
      #expect(try file.floats(of: entry).map(\.bitPattern) == values.map(\.bitPattern))
    }
    #expect(try file.metadata.string("format_version") == "1")
    #expect(try file.metadata.string("emoji") == "😀\n\"")
  }

  /// The layout of the reference implementation, byte for byte: other programs map it and expect alignment.
  @Test func `the bytes are those of the reference implementation`() throws {
    let header = #"{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#
    let bytes = try written([Tensor(name: "a", shape: [1, 2], values: [1, 2])], [("k", "v")])
    #expect(bytes.prefix(8) == [88, 0, 0, 0, 0, 0, 0, 0])
    #expect(header.utf8.count == 81)
    #expect(bytes[8..<96].elementsEqual((header + "       ").utf8))
    #expect(bytes[96...] == [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40])
  }

  @Test func `two tensors of one name are refused`() throws {
    let tensor = Tensor(name: "a", shape: [], values: [1])
    #expect(throws: ModelError.self) { _ = try written([tensor, tensor]) }
    #expect(throws: ModelError.self) { _ = try written([], [("k", "1"), ("k", "2")]) }
    #expect(try folder.names == [])
  }

  @Test(arguments: [
    ("{}", 0, 0), ("{}     ", 0, 0), ("{ }\n", 0, 0), ("{\"__metadata__\":{}}", 0, 0), ("{\(entry("a", "[]"))}", 4, 1),
    ("{\(entry("", "[1,1,1,1,1]"))}", 4, 1), ("{\(entry("a", "[0,5]", "[0,0]")),\(entry("b", "[0]", "[0,0]"))}", 0, 2),
    ("{\(entry("c", "[1]", "[4,8]")),\(entry("b", "[0]", "[4,4]")),\(entry("a"))}", 8, 3),
    ("{\(entry("a", "[1]", "[0,1]", type: "U8")),\(entry("b", "[1]", "[1,5]"))}", 5, 2),
    ("{\(entry("a", "[2]", "[0,1]", type: "F4")),\(entry("b", "[4]", "[1,4]", type: "F6_E2M3"))}", 4, 2),
    ("{\(entry("a", "[4611686018427387904,2,0]", "[0,0]"))}", 0, 1),
  ])
  func `everything that the format allows is accepted`(header: String, data: Int, count: Int) throws {
    let file = try read(safetensors(header, data: data))
    #expect(file.tensors.count == count)
  }

  @Test(arguments: ElementType.allCases)
  func `every element type has its size`(type: ElementType) throws {
    let bytes = 2 * type.bits
    let header = "{\(entry("a", "[4,4]", "[0,\(bytes)]", type: type.rawValue))}"
    let file = try read(safetensors(header, data: bytes))
    #expect(file.tensors[0].type == type)
    #expect(throws: ModelError.self) { _ = try read(safetensors(header, data: bytes - 1)) }
    guard type != .f32 else { return }
    let error = #expect(throws: ModelError.self) { _ = try file.floats(of: file.tensors[0]) }
    #expect(error?.description.hasSuffix(": \"a\" holds \(type.rawValue), where F32 is needed.") == true)
  }

  /// Every prefix is refused. Every changed byte and every random change gives a valid file or an error.
  @Test func `damaged input gives a value or an error`() throws {
    let sound = try written(
      [
        Tensor(name: "a", shape: [2, 1], values: [1, 2]), Tensor(name: "b", shape: [0], values: []),
        Tensor(name: "c", shape: [], values: [3]),
      ], [("k", "v")])
    for end in 0..<sound.count { #expect(throws: ModelError.self) { _ = try read(Array(sound[..<end])) } }
    for index in sound.indices {
      for byte in UInt8.min...UInt8.max {
        var damaged = sound
        damaged[index] = byte
        if let file = try? read(damaged) { check(file, damaged) }
      }
    }
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomSource(seed: seed)
    for _ in 0..<50_000 {
      var damaged = sound
      for _ in 0...random.integer(below: 4) {
        switch random.integer(below: 3) {
        case 0: damaged[random.integer(below: damaged.count)] = UInt8(random.integer(below: 256))
        case 1: damaged.insert(UInt8(random.integer(below: 256)), at: random.integer(below: damaged.count))
        default: damaged.remove(at: random.integer(below: damaged.count))
        }
      }
      if let file = try? read(damaged) { check(file, damaged, "seed \(seed)") }
    }
  }

  /// The tensors of an accepted file cover its bytes exactly.
  private func check(_ file: SafetensorsFile, _ bytes: [UInt8], _ note: Comment? = nil) {
    var end = 0
    for tensor in file.tensors {
      #expect(tensor.range.lowerBound == end, note)
      #expect(8 * tensor.range.count == tensor.shape.reduce(tensor.type.bits, *), note)
      end = tensor.range.upperBound
      if tensor.type == .f32 { #expect(throws: Never.self, note) { _ = try file.floats(of: tensor) } }
    }
    let headerCount = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(end == bytes.count - 8 - headerCount, note)
  }
}
