/// The fuzzer, which generates inputs, keeps those that reach new branches, and stops at the first that breaks a
/// promise.
///
///     swiftlet-fuzz safetensors -max_total_time=60 findings Tests/Fuzz/Seeds/safetensors
///
/// Arguments after the name of the target are those of LibFuzzer. `make fuzz` builds the fuzzer with branch coverage
/// and the address sanitizer in every module, and runs each target for a while.
@main
enum Fuzz {
  /// The targets by name. Each takes any bytes, and ends the process if a promise is broken.
  private static let targets: [String: @Sendable ([UInt8]) -> Void] = [
    "safetensors": tensors, "model": model, "tokenizer": tokenizer, "corpus": corpus, "json": json,
    "commandline": commandLine, "roundtrip": roundTrip, "table": table,
  ]

  nonisolated(unsafe) private static var target: @Sendable ([UInt8]) -> Void = { _ in }

  static func main() {
    guard let name = CommandLine.arguments.dropFirst().first, let target = targets[name] else {
      print(targets.keys.sorted().joined(separator: "\n"))
      return
    }
    self.target = target
    // LibFuzzer does not expect the name of the target.
    var count = CommandLine.argc - 1
    var arguments = CommandLine.unsafeArgv + 1
    arguments[0] = CommandLine.unsafeArgv[0]
    _ = runDriver(&count, &arguments) { bytes, count in
      Fuzz.target(Array(UnsafeBufferPointer(start: bytes, count: count)))
      return 0
    }
  }

  /// Ends the process if a promise does not hold, so that the fuzzer keeps the input.
  static func require(_ promise: Bool, _ sentence: @autoclosure () -> String) {
    if !promise { fatalError(sentence()) }
  }
}

/// LibFuzzer's main loop, which calls the function with each input.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
