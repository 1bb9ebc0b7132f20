import CommandOptions

/// The most bytes of an n-gram memory.
struct MemoryLimit: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    guard argument != "none" else {
      bytes = 0
      return
    }
    guard let bytes = Int(argument), bytes >= 0 else { return nil }
    self.bytes = bytes
  }

  static var valueName: String { "none|BYTES" }
  static var expectation: String { "must be none or a number of bytes" }
}
