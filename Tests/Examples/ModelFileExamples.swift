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
    let model = try Model(contentsOf: path)
    print(model.configuration.layers, model.configuration.parameterCount, model.tokenizer.vocabulary.count)
    try model.write(to: copy)
    #expect(try Model(contentsOf: copy).samples(count: 5) == model.samples(count: 5))
  }
}
