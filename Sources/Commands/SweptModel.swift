import CommandOptions
import Files
import Parallelism
import Support
import Sweeps
import Training

/// A model of a sweep, with the command that trains it.
struct SweptModel {
  let settings: Grid.Point
  /// A hash of the settings and of the files that the model is trained on.
  let run: String
  private let arguments: [String]

  /// Refuses what `swiftlet train` refuses, before any model is trained.
  init(_ point: Grid.Point, _ words: CommonWords, folder: String) throws {
    settings = point
    var chosen: [String] = []
    for setting in point {
      let remedy = "use --vary \(setting.name)=true,false"
      chosen += try words.options.words(setting.name, setting.value, remedy: remedy)
    }
    let model = "\(folder)/\(Self.name(of: point))\(FileName.modelSuffix)"
    // Several models are trained at a time, one per processor.
    let threads = (words.all + chosen).contains { $0.hasPrefix("--threads") } ? [] : ["--threads=1"]
    arguments = words.all + chosen + threads + ["--output=\(model)", "--quiet", "--resume", "--force"]
    var hash = words.hash
    try hash.combine(chosen)
    run = hash.digits
    _ = try command()
  }

  func train() throws -> TrainingSummary {
    let (command, process) = (try command(), SingleProcess())
    return try command.train(process, ToolHost(command, process, catchesSignals: false)).summary
  }

  private func command() throws -> TrainCommand {
    guard let train = try TrainCommand.parseAsRoot(arguments) as? TrainCommand else {
      throw ValidationError("these are not arguments of swiftlet train")
    }
    return train
  }

  /// `layers-2_seed-1`; the hash of a value stands for it where it cannot be part of a file's name.
  private static func name(of point: Grid.Point) -> String {
    if point.isEmpty { return "model" }
    return point.map { setting in
      let plain = setting.value.utf8.allSatisfy { byte in
        Character(Unicode.Scalar(byte)).isLetter && byte < 0x80 || (0x30...0x39).contains(byte) || byte == 0x2e
      }
      return "\(setting.name)-\(plain && setting.value.count <= 40 ? setting.value : hash(setting.value))"
    }.joined(separator: "_")
  }

  private static func hash(_ text: String) -> String {
    var hash = StableHash()
    hash.combine(Array(text.utf8).span)
    return hash.digits
  }
}

/// The arguments that all models of a sweep share.
struct CommonWords {
  let all: [String]
  let options = OptionWords(of: TrainCommand.self)
  fileprivate let hash: StableHash

  init(_ words: [String]) throws {
    all = words
    var hash = StableHash()
    try hash.combine(words)
    self.hash = hash
  }
}

extension StableHash {
  /// Adds words of a command, and the contents of the files that they name.
  fileprivate mutating func combine(_ words: [String]) throws {
    for word in words {
      let name = Array(word.utf8)
      combine(name.span)
      if let contents = try Self.contents(word) { combine(contents.span) }
    }
  }

  /// The contents of the file named by `word`, or by the value after its `=`.
  private static func contents(_ word: String) throws -> [UInt8]? {
    let value = word.split(separator: "=", maxSplits: 1).last.map(String.init) ?? word
    for path in [word, value] where (try? InputFile(path)) != nil {
      return try InputFile.contents(of: path, upTo: memoryForText)
    }
    return nil
  }
}
