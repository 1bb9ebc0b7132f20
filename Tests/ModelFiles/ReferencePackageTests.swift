import Files
import Foundation
import ModelFiles
import StrictJSON
import Support
import Testing
import Tokenization

/// Produces the results that Tests/Golden/safetensors_agreement.py compares with those of the reference package.
private let folder = ProcessInfo.processInfo.environment["SWIFTLET_REFERENCE_FOLDER"]

@Suite(.enabled(if: folder != nil, "safetensors_agreement.py runs these"))
struct ReferencePackageTests {
  /// Reads every file that the script made and writes one line for each.
  @Test func `files are accepted or refused as by the reference package`() throws {
    let folder = try #require(folder)
    let cases = try InputFile(folder + "/cases")
    var verdicts = ""
    var place = 0
    while place < cases.count {
      let length = try cases.bytes(place..<place + 4).reversed().reduce(0) { $0 << 8 | Int($1) }
      place += 4
      do {
        _ = try SafetensorsFile(InputFile(cases.bytes(place..<place + length), named: "x"))
        verdicts += "accepted\n"
      } catch let error as ModelError {
        verdicts += error.description.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n"
      }
      place += length
    }
    try Data(verdicts.utf8).write(to: URL(filePath: folder + "/verdicts.txt"))
  }

  /// Writes models for the script to load, with their expected contents.
  @Test(arguments: ["model", "checkpoint"])
  func `the reference package reads written models`(name: String) throws {
    let path = try #require(folder) + "/" + name
    try sampleModel(isCheckpoint: name == "checkpoint").write(to: path + ".safetensors")
    let file = try SafetensorsFile(InputFile(path + ".safetensors"))
    var expected = JSON.Object()
    for tensor in file.tensors {
      expected[tensor.name] = [
        "shape": .array(tensor.shape.map { .integer($0) }),
        "bits": .array(try file.floats(of: tensor).map { .integer($0.bitPattern) }),
      ]
    }
    try Data(JSON.object(expected).bytes()).write(to: URL(filePath: path + ".json"))
  }
}

@Suite(.enabled(if: folder != nil, "safetensors_agreement.py runs these"))
struct SavedAgainTests {
  /// Reads models that the reference package saved, with the tensors in its own order.
  @Test(arguments: ["model", "checkpoint"])
  func `models of the reference package are read`(name: String) throws {
    let path = try #require(folder) + "/saved again/" + name + ".safetensors"
    #expect(try ModelFile(contentsOf: path) == sampleModel(isCheckpoint: name == "checkpoint"))
  }
}
