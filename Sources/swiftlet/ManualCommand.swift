import CommandOptions
import Support
import Terminal

/// `swiftlet manual`: everything that the commands' help says, as a page for `man`.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the manual page, as man reads it.",
    discussion: "Example: swiftlet manual > swiftlet.1 && man ./swiftlet.1")

  func run() throws {
    try StandardStream.output.write(
      CommandTree(of: Swiftlet.self).manualPage(sections: [
        (
          title: "Exit status",
          text: """
          0    done
          64   wrong usage
          65   bad data: a corpus, a model, a text
          66   no such input
          70   internal error
          73   a file cannot be created
          74   reading or writing failed
          130  interrupted, after everything was saved
          143  terminated, after everything was saved
          """
        )
      ]))
  }
}
