import Files
import Support

extension CorpusReader {
  /// Reads a plain or gzipped file; `-` is standard input.
  mutating func read(_ path: String, as form: DocumentForm) throws {
    let room = max(0, memoryForText - documents.byteCount)
    // A JSON array may be a single line.
    let longestLine = form.isJSON ? room : LineReader.longestLine
    var lines =
      path == "-"
      ? try LineReader(standardInput: (), inflating: true, upTo: room, longestLine: longestLine)
      : try LineReader(path, inflating: true, upTo: room, longestLine: longestLine)
    if let file = try? InputFile(path) {
      guard file.count <= room else {
        throw CorpusError(
          "\(path.escapingInvisibles) has \(file.count) bytes, and this machine has memory for \(room); take a part of it."
        )
      }
      documents.reserve(bytes: file.count)
    }
    try read(&lines, as: form)
  }
}
