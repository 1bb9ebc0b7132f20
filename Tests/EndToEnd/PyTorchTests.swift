import Foundation
import TestSupport
import Testing

@Suite("Two commands take a model to PyTorch and back")
struct PyTorchTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", "anna\nbob\neve\nmia\n")
    #expect(try run("train names.txt --members 1 --steps 30 --quiet").status == 0)
  }

  private func run(_ command: String) throws -> ToolRun {
    try ToolRun(command.split(separator: " ").map(String.init), in: folder)
  }

  @Test func `an exported and imported model generates the same texts`() throws {
    let exported = try run("export names.safetensors --format pytorch --output out")
    #expect(exported.status == 0 && exported.output.contains("python out/model.py sample"))
    #expect(exported.errors.contains("--novel works only with the original model"))
    let imported = try run("import out --output back.safetensors").output
    #expect(imported.hasPrefix("back.safetensors  ") && imported.hasSuffix(" parameters, 9 tokens\n"))
    #expect(try run("sample back.safetensors").output == run("sample names.safetensors --memory 0").output)
    #expect(try run("import out --weights out/model.safetensors").status == 0)
    #expect(try run("score out.safetensors names.txt").status == 0)
  }

  @Test func `an impossible export or import is refused in one sentence`() throws {
    #expect(try run("export names.safetensors --format pytorch --output names.txt").status == 73)
    #expect(try run("export names.safetensors --format pytorch --output no/folder").status == 73)
    let missing = try run("import nowhere")
    #expect(missing.status == 66 && missing.errors == "swiftlet: nowhere/config.json does not exist.\n")
    #expect(try run("export names.safetensors --format pytorch").status == 0)
    try folder.write("names-pytorch/config.json", "[]")
    let broken = try run("import names-pytorch")
    #expect(broken.status == 65 && broken.errors.contains("must be an object"))
  }
}
