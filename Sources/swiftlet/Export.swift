import CommandOptions
import DurableFiles
import Pages
import SwiftletKit
import Terminal

/// `swiftlet export`: a model in a form that something else reads.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a model in another form.",
    discussion: """
      Example: swiftlet export names.safetensors --format html --output names.html

      html   one page with the model inside, which reads and writes text in any
             browser, offline
      """)

  @Argument(help: "A file that swiftlet train wrote.") var model: String
  @Option(help: "The form.") var format: ExportFormat
  @Option(valueName: "PATH", default: "the model's name, in this folder", help: "The file to write.")
  var output: String?
  @Option(
    valueName: "16|32", default: "16 for large models whose loss stays the same",
    help: "For html: how many bits each number of the model has in the page.")
  var precision: Precision?

  func validate() throws {
    if precision != nil && format != .html { throw ValidationError("--precision goes with --format html") }
  }

  func run() throws {
    let path = output ?? FileName.stem(of: FileName.last(of: model)) + format.suffix
    if path == model { throw ValidationError("--output \(path) is the model; choose another file") }
    try AtomicFile.check(path, byteCount: 0)
    let bytes = try format.bytes(of: Model.load(model), for: self)
    let file = try AtomicFile(replacing: path)
    try file.write(bytes)
    try file.commit()
    try StandardStream.output.writeLine("\(path)  \(bytes.count.of("byte"))")
  }
}

/// The forms that a model can be written in. A new one is a case here and a line in each table.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
  case html

  /// What the names of its files end with.
  var suffix: String {
    switch self {
    case .html: ".html"
    }
  }

  fileprivate func bytes(of model: Model, for command: Export) throws -> [UInt8] {
    switch self {
    case .html:
      try Playground(
        of: model, title: FileName.stem(of: FileName.last(of: command.model)), precision: command.precision
      ).html
    }
  }
}

extension Precision: ExpressibleByArgument {
  public init?(argument: String) {
    guard let bits = Int(argument), let precision = Precision(rawValue: bits) else { return nil }
    self = precision
  }

  public static var valueName: String { "16|32" }
  public static var expectation: String { "must be 16 or 32" }
}
