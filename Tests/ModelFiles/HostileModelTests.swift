import Files
import Foundation
import GPT
import ModelFiles
import StrictJSON
import Support
import TestSupport
import Testing
import Tokenization

/// People send each other model files. For any contents, the reader must return a valid model or an error.
@Suite struct HostileModelTests {
  let folder: TemporaryFolder
  let model: [UInt8]
  let checkpoint: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    try sampleModel().write(to: folder.path("model"))
    model = Array(try folder.contents("model"))
    try sampleModel(isCheckpoint: true).write(to: folder.path("model"))
    checkpoint = Array(try folder.contents("model"))
  }

  private func read(_ bytes: [UInt8]) throws -> ModelFile { try ModelFile(InputFile(bytes, named: "x")) }

  /// A valid safetensors file with some parts of a model changed.
  private func file(
    _ metadata: [String: String?] = [:], _ change: (inout [Tensor]) -> Void = { _ in }, isCheckpoint: Bool = false
  ) throws -> [UInt8] {
    let sound = try SafetensorsFile(InputFile(isCheckpoint ? checkpoint : model, named: "sound"))
    var tensors = try sound.tensors.map {
      Tensor(name: $0.name, shape: $0.shape, values: try sound.floats(of: $0))
    }
    change(&tensors)
    var strings = sound.metadata
    for (key, value) in metadata { strings[key] = value.map { .string($0) } }
    let pairs = strings.members.map { ($0.key, $0.value.string ?? "") }
    let file = try AtomicFile(replacing: folder.path("changed"))
    try file.write(tensors, metadata: pairs)
    try file.commit()
    return Array(try folder.contents("changed"))
  }

  private func sentence(_ bytes: [UInt8]) -> String? {
    let error = #expect(throws: ModelError.self) { _ = try read(bytes) }
    return error?.description.replacing(#/^x is not a (usable )?Swiftlet model: /#, with: "", maxReplacements: 1)
  }

  private static func tokenizer(_ vocabulary: String, settings: String = "{}") -> [String: String?] {
    ["tokenizer": #"{"name":"character","version":1,"settings":\#(settings),"vocabulary":\#(vocabulary)}"#]
  }

  @Test(
    arguments: [
      (["format_version": nil], "it has no format_version."),
      (["format_version": "1"], "its format is 1, and this swiftlet reads format 2; train the model again."),
      (["format_version": "3"], "its format is 3, and this swiftlet reads format 2; a newer swiftlet is needed."),
      (["format_version": "01"], "its format_version is \"01\", which is no version."),
      (["format_version": "-1"], "its format_version is \"-1\", which is no version."),
      (["format_version": "1 "], "its format_version is \"1 \", which is no version."),
      (
        ["format_version": "99999999999999999999"],
        "its format_version is \"99999999999999999999\", which is no version."
      ),
      (["configuration": nil], "its configuration: \"configuration\" is missing."),
      (
        ["configuration": ""],
        "its configuration: expected a value, found the end of the text, at line 1, column 1 (byte 0)."
      ),
      (["configuration": "[]"], "its configuration: it must be an object, not an array."),
      (["configuration": "{}"], "its configuration: \"layers\" is missing."),
      (
        ["configuration": #"{"layers":1,"embedding":2,"heads":1,"context":3,"vocabulary":6,"rotary":true}"#],
        "its configuration: \"rotary\" is not a known member."
      ),
      (
        ["configuration": #"{"layers":1.5,"embedding":2,"heads":1,"context":3,"vocabulary":6}"#],
        "its configuration: \"layers\" is 1.5; it must be a whole number from -9223372036854775808 to 9223372036854775807."
      ),
      (
        ["configuration": #"{"layers":"1","embedding":2,"heads":1,"context":3,"vocabulary":6}"#],
        "its configuration: \"layers\" must be a whole number, not a string."
      ),
      (
        ["configuration": #"{"layers":1,"embedding":2,"heads":0,"context":3,"vocabulary":6}"#],
        "its configuration: heads is 0; it must be from 1 to 1024."
      ),
      (
        ["configuration": #"{"layers":1,"embedding":-9223372036854775808,"heads":1,"context":3,"vocabulary":6}"#],
        "its configuration: embedding is -9223372036854775808; it must be from 1 to 16384."
      ),
      (
        ["configuration": #"{"layers":64,"embedding":16384,"heads":1,"context":65536,"vocabulary":16777216}"#],
        "its configuration: these sizes make 756987985920 parameters; the limit is 4294967296."
      ),
      (
        ["configuration": #"{"layers":1,"embedding":2,"heads":1,"context":4,"vocabulary":6}"#],
        "its tensor wpe is shaped [3, 2], and its configuration demands [4, 2]."
      ),
      (
        ["configuration": #"{"layers":2,"embedding":2,"heads":1,"context":3,"vocabulary":6}"#],
        "its tensor layer1.attn_wq is missing."
      ),
      (
        ["configuration": #"{"layers":1,"embedding":2,"heads":1,"context":3,"vocabulary":16777216}"#],
        "its tensor wte is shaped [6, 2], and its configuration demands [16777216, 2]."
      ),
      (["training": nil], "its training: \"training\" is missing."),
      (
        ["training": "{\"a\":1,\"a\":2}"],
        "its training: the key \"a\" occurs twice in one object, at line 1, column 8 (byte 7)."
      ),
      (["tokenizer": nil], "its tokenizer: \"tokenizer\" is missing."),
      (["tokenizer": "{}"], "its tokenizer: \"name\" is missing."),
      (
        ["tokenizer": #"{"name":"character","version":1,"settings":{},"vocabulary":["a"],"more":1}"#],
        "its tokenizer: \"more\" is not a known member."
      ),
      (tokenizer(#"["a"]"#), "its tokenizer has 1 tokens, and its configuration 5 and the boundary."),
      (tokenizer(#"["a","b","c","d","a"]"#), "its tokenizer: token 4, \"a\", occurs twice."),
      (tokenizer(#"["a","b","c","d",[97]]"#), "its tokenizer: token 4, \"a\", occurs twice."),
      (tokenizer(#"["a","","c","d",[]]"#), "its tokenizer: token 4, \"\", occurs twice."),
      (
        tokenizer(#"["a","b","c","d",[256]]"#),
        "its tokenizer: token 4 must be a string, or an array of bytes from 0 to 255."
      ),
      (
        tokenizer(#"["a","b","c","d",[-1]]"#),
        "its tokenizer: token 4 must be a string, or an array of bytes from 0 to 255."
      ),
      (
        tokenizer(#"["a","b","c","d",5]"#),
        "its tokenizer: token 4 must be a string, or an array of bytes from 0 to 255."
      ),
      (tokenizer(#"{"a":0}"#), "its tokenizer: \"vocabulary\" must be an array, not an object."),
      (tokenizer("[]", settings: #"{"unit":1}"#), "its tokenizer: its setting \"unit\" must be a string."),
      (
        tokenizer("[]", settings: "{\"\u{E0}\":\"\",\"a\u{300}\":\"\"}"),
        "its tokenizer: two of its settings have one name."
      ),
    ] as [([String: String?], String)])
  func `invalid metadata is refused`(metadata: [String: String?], expected: String) throws {
    #expect(sentence(try file(metadata)) == expected)
  }

  @Test func `invalid tensors are refused`() throws {
    func sentence(isCheckpoint: Bool = false, _ change: (inout [Tensor]) -> Void) throws -> String? {
      self.sentence(try file([:], change, isCheckpoint: isCheckpoint))
    }
    #expect(try sentence { $0.removeAll() } == "its tensor wte is missing.")
    #expect(try sentence { $0.removeLast() } == "its tensor layer0.mlp_fc2 is missing.")
    #expect(
      try sentence { $0.append(Tensor(name: "layer1.attn_wq", shape: [0], values: [])) }
        == "its tensor \"layer1.attn_wq\" belongs to no such model.")
    #expect(
      try sentence { $0[0] = Tensor(name: "wte", shape: [2, 6], values: Array(repeating: 0, count: 12)) }
        == "its tensor wte is shaped [2, 6], and its configuration demands [6, 2].")
    #expect(
      try sentence { $0[0] = Tensor(name: "wte", shape: [12], values: Array(repeating: 0, count: 12)) }
        == "its tensor wte is shaped [12], and its configuration demands [6, 2].")
    #expect(
      try sentence { $0[1] = Tensor(name: "wpe", shape: [3, 2], values: [0, 1, 2, 3, .nan, 5]) }
        == "wpe is nan at [2, 0].")
    #expect(
      try sentence { $0[1] = Tensor(name: "wpe", shape: [3, 2], values: [0, 1, 2, -.infinity, 4, 5]) }
        == "wpe is -inf at [1, 1].")
    #expect(try sentence(isCheckpoint: true) { $0.removeLast() } == "its tensor best.layer0.mlp_fc2 is missing.")
    #expect(
      try sentence(isCheckpoint: true) { $0.remove(at: 26) } == "its tensor adam.second.layer0.mlp_fc2 is missing.")
    #expect(
      try sentence(isCheckpoint: true) { $0.removeSubrange(18..<27) } == "its tensor adam.second.wte is missing.")
    #expect(
      try sentence(isCheckpoint: true) {
        $0[19] = Tensor(name: "adam.second.wpe", shape: [3, 2], values: [0, 0, -1, 0, 0, 0])
      }
        == "adam.second.wpe is -1.0 at [1, 0].")
  }

  @Test func `other element types are refused`() throws {
    // U32 has the size of F32, so only the type differs.
    var bytes = model
    let place = try #require(bytes.firstRange(of: Array("F32".utf8)))
    bytes.replaceSubrange(place, with: Array("U32".utf8))
    #expect(sentence(bytes) == "its tensor wte holds U32, not F32.")
  }

  /// The format does not specify the order of tensors and strings, and Python's writer uses another.
  @Test func `tensors and strings may be in any order`() throws {
    let shuffled = try file([:], { $0.reverse() }, isCheckpoint: true)
    #expect(try read(shuffled) == sampleModel(isCheckpoint: true))
  }

  @Test func `every prefix is refused`() {
    for end in 0..<checkpoint.count {
      #expect(throws: ModelError.self) { _ = try read(Array(checkpoint[..<end])) }
    }
    #expect(throws: ModelError.self) { _ = try read(checkpoint + [0]) }
  }

  /// Flips every bit, replaces every byte by those with a meaning, and makes thousands of random changes.
  @Test func `a damaged file gives a valid model or an error`() throws {
    var accepted = 0
    func tryReading(_ bytes: [UInt8], _ note: Comment? = nil) {
      do {
        let model = try read(bytes)
        #expect(model.tokenizer.vocabulary.count == model.configuration.vocabulary - 1, note)
        #expect(model.weights.tensors.map(\.count) == model.configuration.tensors.map(\.count), note)
        #expect(model.weights.tensors.allSatisfy { $0.allSatisfy(\.isFinite) }, note)
        accepted += 1
      } catch {
        #expect(error is ModelError, note)
      }
    }
    for index in model.indices {
      for byte in (0..<8).map({ model[index] ^ 1 << $0 }) + Array("\u{0}\"\\{}[],:09-é".utf8) {
        var damaged = model
        damaged[index] = byte
        tryReading(damaged)
      }
    }
    #expect(accepted > model.count, "many changes leave a valid model")
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomSource(seed: seed)
    for _ in 0..<20_000 {
      var damaged = checkpoint
      for _ in 0...random.integer(below: 3) {
        let length = random.integer(below: 20)
        let source = random.integer(below: damaged.count - length)
        let target = random.integer(below: damaged.count - length)
        let bits = UInt8(1 << random.integer(below: 8))
        if random.integer(below: 2) == 0 {
          damaged[target] ^= bits
        } else {
          damaged.replaceSubrange(target..<target + length, with: Array(damaged[source..<source + length]))
        }
      }
      tryReading(damaged, "seed \(seed)")
    }
  }
}
