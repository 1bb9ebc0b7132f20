import CommandOptions

/// The most bytes of an n-gram memory.
struct MemoryLimit: ExpressibleByArgument {
  /// `nil` where the recipe chooses.
  let bytes: Int?

  init?(argument: String) {
    switch argument {
    case "auto": bytes = nil
    case "none": bytes = 0
    default:
      guard let bytes = Int(argument), bytes >= 0 else { return nil }
      self.bytes = bytes
    }
  }

  static var valueName: String { "auto|none|BYTES" }
  static var expectation: String { "must be auto, none or a number of bytes" }
}
