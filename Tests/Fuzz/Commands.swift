import CommandOptions

@testable import Commands

extension Fuzz {
  /// Arguments of the tool, one per line, must make a command, request help, or be refused in one sentence.
  static func commandLine(_ input: [UInt8]) {
    let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    do {
      _ = try Swiftlet.parseAsRoot(lines.map { String(decoding: $0, as: UTF8.self) })
    } catch let error as ValidationError {
      require(!error.description.isEmpty, "a refusal without a reason")
    } catch let exit as CleanExit {
      require(!exit.message.isEmpty, "no help")
    } catch {
      fatalError("\(error)")
    }
  }
}
