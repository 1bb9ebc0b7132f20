import Files
import Support
import Tokenization

#if hasFeature(Embedded)
  /// In a page, which reads no files itself, only the text can be wrong. Embedded Swift has no errors of any type.
  typealias ReadingError = CorpusError
#else
  typealias ReadingError = any Error
#endif

/// Reads files into documents. Besides these it holds one line or one record of a table in memory, or one file where
/// that is a single JSON value.
struct CorpusReader {
  let isLossy: Bool
  var documents = Documents()
  var notes = CorpusNotes()
  var places = DocumentPlaces()
  /// The first place of the present file where the field is missing.
  private var firstWithoutField: CorpusError?

  init(isLossy: Bool) { self.isLossy = isLossy }

  /// Reads the text of `lines`, which are at the beginning of a file.
  mutating func read(_ lines: inout LineReader, as form: DocumentForm) throws(ReadingError) {
    try Self.checkFormat(of: lines.peek(BinaryFormat.headLength), lines.path)
    let count = documents.count
    firstWithoutField = nil
    (places.path, places.unit) = (lines.path, .line)
    switch form {
    case .lines: try readLines(&lines)
    case .paragraphs: try readBlocks(&lines, endAtBlankLine: true)
    case .whole: try readBlocks(&lines, endAtBlankLine: false)
    case .json(let field): try readJSON(&lines, field.map(FieldPath.init))
    case .csv(let column): try readTable(&lines, .commas, column)
    case .tsv(let column): try readTable(&lines, .tabs, column)
    case .chat(.whatsapp, let name): try readWhatsApp(&lines, answersBy: name)
    case .chat(.telegram, let name): try readTelegram(&lines, answersBy: name)
    case .chat(.discord, let name): try readDiscord(&lines, answersBy: name)
    }
    // A field that only some values have is passed over; one that none has is a mistake.
    if documents.count == count, let error = firstWithoutField { throw error }
  }

  /// Refuses archives, documents, programs and models, whatever their bytes may be read as.
  private static func checkFormat(of head: [UInt8], _ path: String) throws(CorpusError) {
    let path = path.escapingInvisibles
    if let format = BinaryFormat(head: head) {
      throw CorpusError("\(path) is \(format.name), not plain text. \(format.remedy).")
    }
    if BinaryFormat.safetensorsHeaderLength(head) != nil {
      throw CorpusError(
        "\(path) is a model, not a text. To train it further: swiftlet train CORPUS --from \(path.pathQuotedForShell)")
    }
  }

  // MARK: Text

  private mutating func readLines(_ lines: inout LineReader) throws(ReadingError) {
    try eachLine(of: &lines) { (reader, line, _) throws(ReadingError) in
      if line.isBlank { reader.notes.blankLines += 1 } else { try reader.append(line) }
    }
  }

  /// Joins lines by line feeds. Blank lines at the start and the end of a document are not part of it.
  private mutating func readBlocks(_ lines: inout LineReader, endAtBlankLine: Bool) throws(ReadingError) {
    var block: [UInt8] = []
    var blankLines: [UInt8] = []
    var start = 1
    try eachLine(of: &lines) { (reader, line, number) throws(ReadingError) in
      if !line.isBlank {
        if block.isEmpty { start = number } else { block.append(UInt8(ascii: "\n")) }
        block += blankLines
        blankLines.removeAll(keepingCapacity: true)
        block.append(copying: line)
      } else if endAtBlankLine || block.isEmpty {
        reader.notes.blankLines += 1
        try reader.finish(&block, from: start)
      } else {
        blankLines.append(copying: line)
        blankLines.append(UInt8(ascii: "\n"))
      }
    }
    notes.blankLines += blankLines.count { $0 == UInt8(ascii: "\n") }
    try finish(&block, from: start)
  }

  /// Refuses more documents than memory holds, with 24 bytes each besides their text.
  func checkRoom(_ path: String) throws(CorpusError) {
    guard documents.byteCount + 24 * documents.count <= memoryForText else {
      throw CorpusError(
        "\(path.escapingInvisibles) has more than the \(documents.byteCount) bytes that fit in memory; use a part of it."
      )
    }
  }

  private mutating func finish(_ block: inout [UInt8], from line: Int) throws(CorpusError) {
    places.number = line
    if !block.isEmpty { try append(block.span) }
    block.removeAll(keepingCapacity: true)
  }

  mutating func append(_ text: Span<UInt8>) throws(CorpusError) {
    try CorpusError.check(text.count, of: documents.count)
    places.append(documents.count)
    documents.append(text)
  }

  /// Appends a text, unless it is blank.
  mutating func appendUnlessBlank(_ text: Span<UInt8>) throws(CorpusError) {
    if text.isBlank { notes.blankStrings += 1 } else { try append(text) }
  }

  /// Counts a place without the field.
  mutating func passOver(_ error: @autoclosure () -> CorpusError) {
    notes.missingFields += 1
    firstWithoutField = firstWithoutField ?? error()
  }

  /// Calls `body` with every line as valid UTF-8 and its number, without byte order mark and line end.
  mutating func eachLine(
    of lines: inout LineReader, _ body: (inout CorpusReader, Span<UInt8>, _ number: Int) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    while try lines.next() {
      if lines.number.isMultiple(of: 4096) && Cancellation.isRequested { return }
      places.number = lines.number
      if lines.line.firstFaultInUTF8 == nil {
        let line = lines.line
        try body(&self, line.extracting(textRange(of: line, isFirst: lines.number == 1)), lines.number)
      } else {
        let line = try presentLine(of: &lines)
        try body(&self, line.span, lines.number)
      }
      try checkRoom(lines.path)
    }
  }

  /// Returns the present line as valid UTF-8, without byte order mark and line end.
  mutating func presentLine(of lines: inout LineReader) throws(CorpusError) -> [UInt8] {
    let line = try repaired(lines.line, at: lines.offset, line: lines.number, of: lines.path)
    return Array(copying: line.span.extracting(textRange(of: line.span, isFirst: lines.number == 1)))
  }

  /// Returns the part of a line without a byte order mark at the start of the file and a carriage return at the end.
  private mutating func textRange(of line: Span<UInt8>, isFirst: Bool) -> Range<Int> {
    var range = 0..<line.count
    if isFirst && line.count >= 3 && line[0] == 0xEF && line[1] == 0xBB && line[2] == 0xBF {
      notes.byteOrderMarks += 1
      range = 3..<line.count
    }
    if !range.isEmpty && line[line.count - 1] == UInt8(ascii: "\r") {
      notes.carriageReturns += 1
      range = range.dropLast()
    }
    return range
  }

  /// Returns `text` with U+FFFD for every sequence that is not UTF-8; throws unless `isLossy`.
  mutating func repaired(
    _ text: Span<UInt8>, at offset: Int, line: Int, of path: String
  ) throws(CorpusError) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text
    while let fault = rest.firstFaultInUTF8 {
      guard isLossy else { throw .notUTF8(text, at: fault.lowerBound, line: line, offset: offset, of: path) }
      result.append(copying: rest.extracting(first: fault.lowerBound))
      result += "\u{FFFD}".utf8
      notes.replacements += 1
      rest = rest.extracting(droppingFirst: fault.upperBound)
    }
    result.append(copying: rest)
    return result
  }
}

extension CorpusError {
  /// The error for the byte at `fault` of the line `text`, which begins at `offset` in its file.
  fileprivate static func notUTF8(
    _ text: Span<UInt8>, at fault: Int, line: Int, offset: Int, of path: String
  ) -> CorpusError {
    let byte = String(text[fault], radix: 16, uppercase: true)
    let isUTF16 = offset == 0 && fault == 0 && text.count > 1 && text[0] ^ text[1] == 0x01 && text[0] >= 0xFE
    let remedy =
      if isUTF16 {
        "The file looks like UTF-16: convert it with iconv -f UTF-16 -t UTF-8."
      } else if text.hasControlCharacters {
        "The file looks like binary data, not text."
      } else {
        "Convert the file to UTF-8 (from Latin-1: iconv -f ISO-8859-1 -t UTF-8)."
      }
    return CorpusError(
      "\(path.escapingInvisibles), line \(line), byte \(offset + fault): the byte \(byte) is not UTF-8. \(remedy)",
      isRepairable: !isUTF16)
  }
}

extension Span<UInt8> {
  /// The range of the first bytes that are not UTF-8.
  fileprivate var firstFaultInUTF8: Range<Int>? {
    if isASCII { return nil }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: self)
      return nil
    } catch {
      return error.byteOffsets
    }
  }

  /// The first byte that is not white space.
  var firstVisible: UInt8? {
    for index in indices where !(self[index] == 0x20 || 0x09...0x0D ~= self[index]) { return self[index] }
    return nil
  }

  var isBlank: Bool { firstVisible == nil }

  /// True if there is a control character that no text has.
  fileprivate var hasControlCharacters: Bool { indices.contains { self[$0] < 0x07 } }
}
