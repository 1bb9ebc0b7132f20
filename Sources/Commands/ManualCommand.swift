import CommandOptions
import Support
import Terminal

/// `swiftlet manual`: prints the help of all commands as a page for `man`.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the manual page for man.",
    discussion: "Example: swiftlet manual > swiftlet.1 && man ./swiftlet.1")

  func run() throws {
    try StandardStream.output.write(
      CommandTree(of: Swiftlet.self).manualPage(sections: [
        (
          title: "Exit status",
          text: """
          0    success
          1    fewer texts than --count were found (sample --novel or --unique)
          64   wrong usage
          65   invalid data: a corpus, a model, a text
          66   the input does not exist or cannot be opened
          69   the processor lacks instructions that the tool was built for
          70   internal error
          73   a file cannot be created
          74   reading or writing failed
          129  ended by a closed terminal, after everything was saved
          130  interrupted (Ctrl-C), after everything was saved
          143  terminated (kill), after everything was saved
          """
        )
      ]))
  }
}
