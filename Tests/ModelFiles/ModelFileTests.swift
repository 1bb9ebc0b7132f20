import Files
import Foundation
import GPT
import ModelFiles
import StrictJSON
import Support
import TestSupport
import Testing
import Tokenization

@Suite struct ModelFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.path("model") }

  private func bytes(of model: ModelFile) throws -> [UInt8] {
    try model.write(to: path)
    return Array(try folder.contents("model"))
  }

  @Test(arguments: [false, true])
  func `a written file reads back the same`(isCheckpoint: Bool) throws {
    let model = try sampleModel(isCheckpoint: isCheckpoint)
    try model.checkWriting(to: path)
    let bytes = try bytes(of: model)
    let read = try ModelFile(contentsOf: path)
    #expect(read == model)
    #expect(read.tokenizer.vocabulary.count == 5)
    #expect(Array(copying: read.tokenizer.vocabulary[3]) == [0xFF, 0x80])
    #expect(try read.training.integer("seed", as: UInt64.self) == .max)
    #expect(try self.bytes(of: read) == bytes, "the same model gives the same bytes")
    #expect(try folder.names == ["model"])
  }

  /// The names and layout that other programs rely on.
  @Test func `the file has the documented names and layout`() throws {
    _ = try bytes(of: sampleModel(isCheckpoint: true))
    let file = try SafetensorsFile(InputFile(path))
    let names = [
      "wte", "wpe", "lm_head", "layer0.attn_wq", "layer0.attn_wk", "layer0.attn_wv", "layer0.attn_wo",
      "layer0.mlp_fc1", "layer0.mlp_fc2",
    ]
    #expect(
      file.tensors.map(\.name)
        == ["", "adam.first.", "adam.second.", "best."].flatMap { part in names.map { part + $0 } })
    #expect(
      file.tensors.prefix(9).map(\.shape) == [
        [6, 2], [3, 2], [6, 2], [2, 2], [2, 2], [2, 2], [2, 2], [8, 2], [2, 8],
      ])
    #expect(file.metadata.members.map(\.key) == ["format_version", "configuration", "tokenizer", "training"])
    #expect(try file.metadata.string("format_version") == "2")
    #expect(
      try file.metadata.string("configuration") == #"{"layers":1,"embedding":2,"heads":1,"context":3,"vocabulary":6}"#)
    #expect(
      try file.metadata.string("tokenizer")
        == #"{"name":"character","version":1,"settings":{"größe":"1","normalize":"none","unit":"grapheme"},"#
        + #""vocabulary":["a","é","e\#u{301}",[255,128],"</\n\""]}"#)
    #expect(try file.metadata.string("training") == #"{"seed":18446744073709551615,"loss":2.5,"corpus":["names.txt"]}"#)
  }

  @Test func `metadata of other programs is kept`() throws {
    var model = try sampleModel()
    model.notes["license"] = "CC0"
    _ = try bytes(of: model)
    #expect(try ModelFile(contentsOf: path).notes.string("license") == "CC0")
    model.notes["tokenizer"] = "mine"
    #expect(throws: ModelError.self) { try model.write(to: path) }
  }

  @Test func `the previous file is kept`() throws {
    var model = try sampleModel()
    try model.write(to: path, keepingPrevious: true)
    let old = try folder.contents("model")
    model.weights.tensors[0][0] = 5
    try model.write(to: path, keepingPrevious: true)
    #expect(try folder.contents("model.previous") == old)
    #expect(try ModelFile(contentsOf: path) == model)
  }

  /// The weights of a diverged run must not replace a working model.
  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `weights that are not finite are not written`(value: Float) throws {
    let good = try bytes(of: sampleModel(isCheckpoint: true))
    var model = try sampleModel(isCheckpoint: true)
    model.weights.tensors[3][2] = value
    let error = #expect(throws: ModelError.self) { try model.write(to: path) }
    #expect(error?.description == "\(path) is not written: layer0.attn_wq is \(value) at [1, 0].")
    model = try sampleModel(isCheckpoint: true)
    model.moments?.second.tensors[8][9] = value
    #expect(throws: ModelError.self) { try model.write(to: path) }
    #expect(Array(try folder.contents("model")) == good)
    #expect(try folder.names == ["model"])
  }

  @Test func `invalid tokens are refused before training`() throws {
    var model = try sampleModel()
    for (entries, sentence) in [
      ([[1], [2]], "its tokenizer has 2 tokens, and its configuration 5 and the boundary."),
      (
        [[1], [2], [3], [4], Array(repeating: 5, count: 65537)],
        "its token 4 has 65537 bytes; a token has at most 65536."
      ),
    ] as [([[UInt8]], String)] {
      model.tokenizer.vocabulary = try #require(Vocabulary(entries))
      let error = #expect(throws: ModelError.self) { try model.checkWriting(to: path) }
      #expect(error?.description == "\(path) is not written: \(sentence)")
    }
    #expect(try folder.names == [])
  }

  @Test func `missing files and folders are reported`() throws {
    #expect(throws: FileError.self) { _ = try ModelFile(contentsOf: path) }
    #expect(throws: FileError.self) { _ = try ModelFile(contentsOf: folder.url.path) }
    #expect(throws: FileError.self) { try sampleModel().checkWriting(to: folder.path("no/model")) }
    #expect(throws: FileError.self) { try sampleModel().write(to: folder.path("no/model")) }
  }
}
