import Files
import Tokenization

extension Corpus {
  /// Reads a file whose bytes are in memory, with the documents that its name stands for.
  package init(_ bytes: [UInt8], named name: String) throws(CorpusError) {
    var reader = CorpusReader(isLossy: false)
    var lines = LineReader(bytes, named: name)
    reader.documents.reserve(bytes: bytes.count)
    try reader.read(&lines, as: DocumentForm(path: name))
    try self.init(reader, of: [name])
  }
}
