// Writes the standard input as the dense text of a page to the standard output. `.ci/page` compiles it with
// Sources/Support/DenseText.swift.
import Glibc

@main struct Tool {
  static func main() {
    var bytes: [UInt8] = []
    while true {
      let byte = getchar()
      if byte == EOF { break }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
    for byte in denseText(bytes) { putchar(Int32(byte)) }
  }
}
