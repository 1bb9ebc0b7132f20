import Files
import Support
import Tokenization

/// The character between the fields of a table.
enum Separator {
  /// Commas, or semicolons where the first line has no comma.
  case commas
  case tabs

  func byte(in firstLine: Span<UInt8>) -> UInt8 {
    switch self {
    case .tabs: UInt8(ascii: "\t")
    case .commas:
      firstLine.has(UInt8(ascii: ";")) && !firstLine.has(UInt8(ascii: ",")) ? UInt8(ascii: ";") : UInt8(ascii: ",")
    }
  }

  /// The start of the option that chooses a column.
  fileprivate var option: String { self == .tabs ? "tsv:" : "csv:" }
}

extension CorpusReader {
  /// Reads a column of a table, or several. Without any, throws an error that lists them.
  mutating func readTable(_ lines: inout LineReader, _ separator: Separator, _ column: String?) throws(ReadingError) {
    var table = Table(path: lines.path.escapingInvisibles, separator: separator, column: column)
    try eachLine(of: &lines) { (reader, line, number) throws(ReadingError) in
      if line.isBlank && !table.record.isIncomplete {
        reader.notes.blankLines += 1
      } else if try table.add(line, number) {
        try reader.append(&table)
      }
    }
    try table.end()
  }

  /// Appends the field of a record, or its fields, joined by a colon and a space.
  private mutating func append(_ table: inout Table) throws(CorpusError) {
    guard let columns = try table.columns() else { return }
    places.number = table.line
    if table.record.count > table.width { notes.longRecords += 1 }
    if let missing = columns.first(where: { $0 >= table.record.count }) {
      return passOver(
        CorpusError(
          "\(table.path), line \(table.line): there is no column \(missing + 1), only \(table.record.count.of("field"))."
        ))
    }
    if let column = columns.first, columns.count == 1 { return try appendUnlessBlank(table.record[column].span) }
    var text: [UInt8] = []
    for (index, column) in columns.enumerated() {
      let field = table.record[column]
      // A text without its label would be learned as a label, and a label without a text as nothing.
      if field.span.isBlank {
        notes.blankStrings += 1
        return
      }
      if index > 0 { text += ": ".utf8 }
      text += field
    }
    try append(text.span)
  }
}

extension Span<UInt8> {
  fileprivate func has(_ byte: UInt8) -> Bool {
    for index in indices where self[index] == byte { return true }
    return false
  }
}

/// A table while it is read: the present record, and what the first one says.
private struct Table {
  let path: String
  let separator: Separator
  let column: String?
  var record = TableRecord()
  /// The number of the line with which the record begins.
  private(set) var line = 0
  /// The number of fields in the first record.
  private(set) var width = 0
  private var separatorByte: UInt8?
  private var chosen: [Int]?
  /// The first record, where the columns are to be listed.
  private var first: [String]?

  init(path: String, separator: Separator, column: String?) {
    (self.path, self.separator, self.column) = (path, separator, column)
  }

  /// Adds a line; returns true if it completes a record.
  mutating func add(_ text: Span<UInt8>, _ number: Int) throws(CorpusError) -> Bool {
    let byte = separatorByte ?? separator.byte(in: text)
    separatorByte = byte
    if !record.isIncomplete { line = number }
    do throws(TableRecord.StrayText) {
      return try record.add(text, byte)
    } catch {
      throw CorpusError(
        "\(path), line \(number): text follows the quote that ends a field; write each quote within a quoted field twice."
      )
    }
  }

  /// Returns the numbers of the columns, from 0; `nil` for a header, which is no record.
  mutating func columns() throws(CorpusError) -> [Int]? {
    if let chosen { return chosen }
    guard let column else {
      guard let first else {
        first = (0..<record.count).map(record.text)
        return nil
      }
      throw columns(of: first, record)
    }
    width = record.count
    let parts = column.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let numbers = parts.compactMap { Int($0) }.filter { $0 > 0 }
    if numbers.count == parts.count {
      chosen = numbers.map { $0 - 1 }
      return chosen
    }
    let names = (0..<record.count).map { record.text($0).trimmed }
    var indices: [Int] = []
    // A name with a comma is meant by it, where there is one.
    for part in names.contains(column.trimmed) ? [column] : parts {
      indices.append(try index(of: part, among: names))
    }
    chosen = indices
    return nil
  }

  private func index(of column: String, among names: [String]) throws(CorpusError) -> Int {
    guard names.count(where: { $0 == column.trimmed }) < 2 else {
      throw CorpusError(
        "\(path), line \(line): several columns have the name \(column.asExample); rename all but one of them.")
    }
    guard let index = names.firstIndex(of: column.trimmed) else {
      let close = nearest(to: column, among: names).map { "; did you mean \($0.escapingInvisibles)?" } ?? "."
      throw CorpusError(
        "\(path), line \(line): there is no column \(column.asExample), only "
          + names.map { $0.asExample }.asList + close)
    }
    return index
  }

  /// Checks the end of the file.
  func end() throws(CorpusError) {
    if record.isIncomplete {
      throw CorpusError(
        "\(path), line \(line): a field of this record begins with a quote and has no quote at its end.")
    }
    if column == nil, let first { throw columns(of: first, TableRecord()) }
  }

  /// The error that lists the columns, each with the text of the second record, and the options that choose one.
  private func columns(of first: [String], _ second: TableRecord) -> CorpusError {
    let texts = first.indices.map { $0 < second.count ? second.text($0) : "" }
    func length(of index: Int) -> Int { (texts[index].isEmpty ? first[index] : texts[index]).utf8.count }
    let list = first.indices.map { index in
      first[index].trimmed.asExample + (texts[index].isEmpty ? "" : " (\(texts[index].asExample))")
    }
    guard let longest = first.indices.max(by: { length(of: $0) < length(of: $1) }) else {
      return CorpusError("\(path) has no columns.")
    }
    let name = first[longest].trimmed
    let byNumber = "\(separator.option)\(longest + 1)"
    let isName = !name.isEmpty && Int(name) == nil && name.utf8.count <= 60
    let byName =
      isName
      ? "--documents \("\(separator.option)\(name)".quotedForShell.escapingInvisibles) if the first line is a header, otherwise --documents \(byNumber)"
      : "--documents \(byNumber)"
    return CorpusError(
      "\(path) is a table with the \(first.count == 1 ? "column" : "columns") \(list.asList). "
        + "Choose the one that holds the text: \(byName). For whole lines, use --documents lines.")
  }
}

extension String {
  /// The text without white space around it.
  fileprivate var trimmed: String {
    var scalars = unicodeScalars[...]
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(scalars)
  }
}
