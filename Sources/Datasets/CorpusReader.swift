import Files
import StrictJSON
import Support
import Tokenization

/// Reads files into documents. Besides these it holds one line in memory, or one file where that is a JSON array.
struct CorpusReader {
  let isLossy: Bool
  var documents = Documents()
  var notes = CorpusNotes()

  init(isLossy: Bool) { self.isLossy = isLossy }

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
    try Self.checkFormat(of: lines.peek(BinaryFormat.headLength), lines.path)
    switch form {
    case .lines: try readLines(&lines)
    case .paragraphs: try readBlocks(&lines, endAtBlankLine: true)
    case .whole: try readBlocks(&lines, endAtBlankLine: false)
    case .json(let field): try readJSON(&lines, field)
    }
  }

  /// Refuses archives, documents, programs and models, whatever their bytes may be read as.
  private static func checkFormat(of head: [UInt8], _ path: String) throws(CorpusError) {
    let path = path.escapingInvisibles
    if let format = BinaryFormat(head: head) {
      throw CorpusError("\(path) is \(format.name), not plain text. \(format.remedy).")
    }
    // A safetensors file: the length of its header in eight bytes, and the header.
    if head.count > 9 && head[5..<8].allSatisfy({ $0 == 0 }) && head[8] == UInt8(ascii: "{") {
      throw CorpusError(
        "\(path) is a model, not a text. To train it further: swiftlet train CORPUS --from \(path.pathQuotedForShell)")
    }
  }

  // MARK: Text

  private mutating func readLines(_ lines: inout LineReader) throws {
    try eachLine(of: &lines) { reader, line in
      if line.isBlank { reader.notes.blankLines += 1 } else { try reader.append(line) }
    }
  }

  /// Joins lines by line feeds. Blank lines at the start and the end of a document are not part of it.
  private mutating func readBlocks(_ lines: inout LineReader, endAtBlankLine: Bool) throws {
    var block: [UInt8] = []
    var blankLines: [UInt8] = []
    try eachLine(of: &lines) { reader, line in
      if !line.isBlank {
        if !block.isEmpty { block.append(UInt8(ascii: "\n")) }
        block += blankLines
        blankLines.removeAll(keepingCapacity: true)
        block.append(copying: line)
      } else if endAtBlankLine || block.isEmpty {
        reader.notes.blankLines += 1
        try reader.finish(&block)
      } else {
        blankLines.append(copying: line)
        blankLines.append(UInt8(ascii: "\n"))
      }
    }
    notes.blankLines += blankLines.count { $0 == UInt8(ascii: "\n") }
    try finish(&block)
  }

  /// Refuses more documents than memory holds, with 24 bytes each besides their text.
  private func checkRoom(_ path: String) throws(CorpusError) {
    guard documents.byteCount + 24 * documents.count <= memoryForText else {
      throw CorpusError(
        "\(path.escapingInvisibles) has more than the \(documents.byteCount) bytes that fit in memory; use a part of it."
      )
    }
  }

  private mutating func finish(_ block: inout [UInt8]) throws(CorpusError) {
    if !block.isEmpty { try append(block.span) }
    block.removeAll(keepingCapacity: true)
  }

  private mutating func append(_ text: Span<UInt8>) throws(CorpusError) {
    try CorpusError.check(text.count, of: documents.count)
    documents.append(text)
  }

  /// Calls `body` with every line as valid UTF-8, without byte order mark and line end.
  private mutating func eachLine(
    of lines: inout LineReader, _ body: (inout CorpusReader, Span<UInt8>) throws -> Void
  ) throws {
    while try lines.next() {
      if lines.line.firstFaultInUTF8 == nil {
        let line = lines.line
        try body(&self, line.extracting(textRange(of: line, isFirst: lines.number == 1)))
      } else {
        let line = try presentLine(of: &lines)
        try body(&self, line.span)
      }
      try checkRoom(lines.path)
    }
  }

  /// Returns the present line as valid UTF-8, without byte order mark and line end.
  private mutating func presentLine(of lines: inout LineReader) throws(CorpusError) -> [UInt8] {
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
  private mutating func repaired(
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

  // MARK: JSON

  /// Reads an array where the first character that is not white space opens one, otherwise JSON Lines.
  private mutating func readJSON(_ lines: inout LineReader, _ field: String?) throws {
    let path = lines.path.escapingInvisibles
    var isFirstValue = true
    while try lines.next() {
      var text = try presentLine(of: &lines)
      if text.span.isBlank {
        notes.blankLines += 1
      } else if isFirstValue && text.span.firstVisible == UInt8(ascii: "[") {
        text.append(UInt8(ascii: "\n"))
        text += try lines.rest()
        try appendArray(text, line: lines.number, of: path, field)
      } else {
        let value = try json(text.span, line: lines.number, of: path)
        try append(value, field, at: "\(path), line \(lines.number)")
        try checkRoom(lines.path)
        isFirstValue = false
      }
    }
  }

  private mutating func appendArray(_ text: [UInt8], line: Int, of path: String, _ field: String?) throws(CorpusError) {
    var text = text
    if isLossy { text = try repaired(text.span, at: 0, line: line, of: path) }
    for (index, element) in (try json(text.span, line: line, of: path).array ?? []).enumerated() {
      try append(element, field, at: "\(path), element \(index + 1)")
    }
  }

  /// Returns the value of `text`, which begins at line `line` of a file.
  private func json(_ text: Span<UInt8>, line: Int, of path: String) throws(CorpusError) -> JSON {
    do {
      return try JSON(parsing: text, maximumValues: memoryForText / 32)
    } catch {
      let place = error.place.map { ", line \(line + $0.line - 1), column \($0.column)" } ?? ""
      throw CorpusError("\(path)\(place): \(error.problem).")
    }
  }

  private mutating func append(_ value: JSON, _ field: String?, at place: @autoclosure () -> String) throws(CorpusError)
  {
    let text: String?
    switch (value, field) {
    case (.object(let object), let field?):
      guard let member = object[field] else {
        throw CorpusError("\(place()): there is no field \(JSON.quoted(field)), only \(object.fieldNames).")
      }
      guard member.string != nil else {
        throw CorpusError("\(place()): \(JSON.quoted(field)) must be a string, not \(member.kind).")
      }
      text = member.string
    case (.object(let object), nil):
      throw CorpusError(
        "\(place()) is an object with \(object.fieldNames): name the field that holds the text, as in --documents json:text."
      )
    default: text = value.string
    }
    guard let text else { throw CorpusError("\(place()): expected a string or an object, found \(value.kind).") }
    let bytes = Array(text.utf8)
    if bytes.span.isBlank { notes.blankStrings += 1 } else { try append(bytes.span) }
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

extension JSON.Object {
  /// The first five keys, in words.
  fileprivate var fieldNames: String {
    if members.isEmpty { return "no fields" }
    let names = members.prefix(5).map { JSON.quoted($0.key) }.joined(separator: ", ")
    return (members.count == 1 ? "the field " : "the fields ") + names + (members.count > 5 ? ", …" : "")
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
  fileprivate var firstVisible: UInt8? {
    for index in indices where !(self[index] == 0x20 || 0x09...0x0D ~= self[index]) { return self[index] }
    return nil
  }

  fileprivate var isBlank: Bool { firstVisible == nil }

  /// True if there is a control character that no text has.
  fileprivate var hasControlCharacters: Bool { indices.contains { self[$0] < 0x07 } }
}
