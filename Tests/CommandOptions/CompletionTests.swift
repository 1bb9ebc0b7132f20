import CommandOptions
import Foundation
import Testing

@Suite("Shells complete commands, options and values")
struct CompletionTests {
  let tree = CommandTree(of: Tool.self)

  /// The words that bash offers after `words`, the last of which is being typed.
  private func offered(_ words: String...) throws -> [String] {
    let script = """
      \(tree.completions(for: .bash))
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { COMPREPLY=(files); }; _tool
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    return try run("bash", ["-c", script, "bash"] + words).split(separator: "\n").map(String.init)
  }

  private func run(_ shell: String, _ arguments: [String]) throws -> String {
    let (status, output) = try result(of: shell, arguments)
    try #require(status == 0, "\(shell): \(output)")
    return output
  }

  private func result(of shell: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [shell] + arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  @Test func `bash offers commands, options, values and files where each belongs`() throws {
    #expect(try offered("tool", "") == ["--help", "--version", "train", "show", "group"])
    #expect(try offered("tool", "group", "i") == ["inner"])
    #expect(try offered("tool", "train", "--l") == ["--learning-rate", "--lowercase", "--locale", "--layers"])
    #expect(try offered("tool", "train", "a.txt", "--engine", "") == ["fast", "scalar"])
    #expect(try offered("tool", "train", "--unit", "=", "b") == ["byte"])
    #expect(try offered("tool", "train", "--output", "") == ["files"])
    #expect(try offered("tool", "train", "-o", "") == ["files"])
    #expect(try offered("tool", "train", "a") == ["files"])
    #expect(try offered("tool", "train", "--steps", "") == [])
    #expect(try offered("tool", "group", "inner", "--") == ["--help"])
  }

  @Test(arguments: Shell.allCases)
  func `the script has every option of every command, and the shell can read it`(shell: Shell) throws {
    let script = tree.completions(for: shell)
    for option in CommandTable(of: TrainCommand.self, path: "").parameters where option.kind != .argument {
      let name = shell == .fish ? "-l \(option.name.dropFirst(2)) " : option.name
      #expect(script.contains(name), "\(option.name)")
    }
    for command in ["train", "show", "group", "inner"] { #expect(script.contains(command)) }
    // env exits with 127 when a shell is not installed.
    guard try result(of: shell.rawValue, ["-c", "true"]).status != 127 else { return }
    let file = FileManager.default.temporaryDirectory.appending(path: "completions-\(UUID())")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(script.utf8).write(to: file)
    _ = try run(shell.rawValue, ["-n", file.path])
  }

  @Test func `the manual page has every command, option and section, with roff commands escaped`() throws {
    let page = tree.manualPage(sections: [("Files", ".hidden\n'quoted' \\ - back")])
    let table = CommandTable(of: TrainCommand.self, path: "")
    for parameter in table.parameters {
      #expect(page.contains(parameter.name.split(separator: "-").joined(separator: "\\-")), "\(parameter.name)")
    }
    #expect(page.hasPrefix(".TH TOOL 1 \"\" \"1.2.3\"\n.SH NAME\ntool \\- Try every kind of declaration.\n"))
    #expect(page.contains("\\fB\\-\\-engine fast|scalar\\fR\nThe implementation"))
    #expect(page.contains(".SS tool group inner\nBelong to another command."))
    #expect(page.hasSuffix(".SH FILES\n.PP\n.nf\n\\&.hidden\n\\&'quoted' \\e \\- back\n.fi\n"))
  }
}
