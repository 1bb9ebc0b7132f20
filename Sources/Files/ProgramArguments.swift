/// The arguments of this program, byte for byte.
package enum ProgramArguments {
  /// The first argument that is not valid UTF-8, counted from 1, with escapes for its bytes beyond ASCII. Converted to
  /// a string, it would be a different text, or the name of a different file.
  package static var firstNotUTF8: (number: Int, shown: String)? {
    for number in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[number], String(validatingCString: argument) == nil else { continue }
      var shown = ""
      var place = argument
      while place.pointee != 0 {
        let byte = UInt8(bitPattern: place.pointee)
        shown += byte < 0x80 ? String(Unicode.Scalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
        place += 1
      }
      return (number, shown)
    }
    return nil
  }
}
