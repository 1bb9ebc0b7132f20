import SwiftletKit
import Testing

/// The listings of “Model files”.
struct ModelFileExamples {
  private let workspace: Workspace
  private let path: String

  init() throws {
    workspace = try Workspace()
    path = workspace.path
  }

  @Test func `a model in a file`() throws {
    try workspace.trainQuickly()
    let copy = workspace.path("copy.safetensors")
    let model = try Model.load(path)
    print(model.configuration.layers, model.configuration.parameterCount, model.tokenizer.vocabulary.count)
    try model.save(to: copy)
    #expect(try Model.load(copy).samples(5) == model.samples(5))
  }
}
