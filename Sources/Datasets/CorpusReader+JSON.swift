import Files
import StrictJSON
import Support
import Tokenization

extension CorpusReader {
  /// Reads an array where the first character that is not white space opens one, one object where the first line does
  /// not complete it, and otherwise JSON Lines.
  mutating func readJSON(_ lines: inout LineReader, _ field: FieldPath?) throws(ReadingError) {
    let path = lines.path.escapingInvisibles
    var isFirstValue = true
    while try lines.next() {
      let line = lines.number
      places.number = line
      var text = try presentLine(of: &lines)
      if text.span.isBlank {
        notes.blankLines += 1
        continue
      }
      if isFirstValue, text.span.firstVisible == UInt8(ascii: "[") || isIncomplete(text.span) {
        try appendRest(of: &lines, to: &text)
        try appendWhole(text.span, line: line, of: path, field)
        break
      }
      try append(json(text.span, line: line, of: path), field, at: "\(path), line \(line)")
      try checkRoom(lines.path)
      isFirstValue = false
    }
  }

  /// Adds what follows the present line to the text of it.
  private mutating func appendRest(of lines: inout LineReader, to text: inout [UInt8]) throws(ReadingError) {
    text.append(UInt8(ascii: "\n"))
    text += try lines.rest()
    if isLossy { text = try repaired(text.span, at: 0, line: lines.number, of: lines.path.escapingInvisibles) }
  }

  /// Returns the value that is the whole file; `nil` for a blank one.
  mutating func wholeJSON(_ lines: inout LineReader) throws(ReadingError) -> JSON? {
    while try lines.next() {
      let line = lines.number
      var text = try presentLine(of: &lines)
      if text.span.isBlank {
        notes.blankLines += 1
        continue
      }
      try appendRest(of: &lines, to: &text)
      return try json(text.span, line: line, of: lines.path.escapingInvisibles)
    }
    return nil
  }

  /// True for an object that ends on a later line.
  private func isIncomplete(_ text: Span<UInt8>) -> Bool {
    guard text.firstVisible == UInt8(ascii: "{") else { return false }
    do {
      _ = try parsed(text)
      return false
    } catch {
      return error.place?.byte == text.count
    }
  }

  /// Appends the documents of a value that is the whole file from line `line` on.
  private mutating func appendWhole(
    _ text: Span<UInt8>, line: Int, of path: String, _ field: FieldPath?
  ) throws(CorpusError) {
    let value = try json(text, line: line, of: path)
    guard let elements = value.array else { return try append(value, field, at: "\(path), line \(line)") }
    places.unit = .element
    for (index, element) in elements.enumerated() {
      places.number = index + 1
      try append(
        element, field, at: "\(path), line \(line + text.lineFeeds(beforeElement: index)), element \(index + 1)")
    }
  }

  private func parsed(_ text: Span<UInt8>) throws(JSONError) -> JSON {
    try JSON(parsing: text, maximumValues: memoryForText / 32, readsNumbersAsStrings: true)
  }

  /// Returns the value of `text`, which begins at line `line` of a file.
  private func json(_ text: Span<UInt8>, line: Int, of path: String) throws(CorpusError) -> JSON {
    do {
      return try parsed(text)
    } catch {
      let place = error.place.map { ", line \(line + $0.line - 1), column \($0.column)" } ?? ""
      throw CorpusError("\(path)\(place): \(error.problem).")
    }
  }

  // MARK: Values

  /// Appends the texts of a value: itself, or those of its field.
  private mutating func append(
    _ value: JSON, _ field: FieldPath?, at place: @autoclosure () -> String
  ) throws(CorpusError) {
    if let field, let text = value.object?[field.text] {
      // A key of the whole path is meant by it, whatever characters it has.
      return try append(text, field, from: field.steps.count, at: place())
    }
    if let field, value.object != nil || field.steps.first == .elements {
      return try append(value, field, from: 0, at: place())
    }
    switch value {
    case .string(let text): try appendUnlessBlank(Array(text.utf8).span)
    case .null: notes.nulls += 1
    case .object: throw .noField(in: value, at: place())
    default: throw CorpusError("\(place()): expected a string, a number or an object, found \(value.kind).")
    }
  }

  /// Appends the texts at the steps of `field` from `step` on.
  private mutating func append(
    _ value: JSON, _ field: FieldPath, from step: Int, at place: @autoclosure () -> String
  ) throws(CorpusError) {
    switch (step < field.steps.count ? field.steps[step] : nil, value) {
    case (_, .null): notes.nulls += 1
    case (nil, .string(let text)): try appendUnlessBlank(Array(text.utf8).span)
    case (.elements, .array(let elements)):
      for element in elements { try append(element, field, from: step + 1, at: place()) }
    case (.key(let key), .object(let object)):
      if let member = object[key] {
        try append(member, field, from: step + 1, at: place())
      } else {
        passOver(CorpusError("\(place()): there is no field \(JSON.quoted(key)), only \(object.fieldNames)."))
      }
    default: throw .wrongKind(value, at: field, step, place())
    }
  }
}

extension CorpusError {
  /// The error for an object where no field is given: its texts, and the option that names one.
  fileprivate static func noField(in value: JSON, at place: String) -> CorpusError {
    let examples = FieldPath.examples(in: value)
    guard let longest = examples.max(by: { $0.text.utf8.count < $1.text.utf8.count }) else {
      return CorpusError("\(place): expected text, found an object without any.")
    }
    return CorpusError(
      "\(place) is an object with the \(examples.count == 1 ? "field" : "fields") "
        + examples.map { $0.description }.asList + ". Choose the one that holds the text, as in --documents "
        + "json:\(longest.path)".quotedForShell.escapingInvisibles + ".")
  }

  /// The error for a value that has no text at the rest of the path from `step` on.
  fileprivate static func wrongKind(
    _ value: JSON, at field: FieldPath, _ step: Int, _ place: String
  ) -> CorpusError {
    let path = field.prefix(step)
    let name = path.isEmpty ? "the value" : JSON.quoted(path)
    let paths = FieldPath.examples(in: value, at: path).map { $0.path }
    let rest = field.text.utf8.dropFirst(path.utf8.count)
    if case .array = value, step < field.steps.count {
      let all = "json:\(path)[]\(String(decoding: rest, as: UTF8.self))".quotedForShell.escapingInvisibles
      return CorpusError("\(place): \(name) is an array; for each of its elements, write \(all).")
    }
    let fix = paths.first.map { "; it has text in " + "json:\($0)".quotedForShell.escapingInvisibles } ?? ""
    let wanted =
      step == field.steps.count ? "a string or a number" : field.steps[step] == .elements ? "an array" : "an object"
    return CorpusError("\(place): \(name) must be \(wanted), not \(value.kind)\(fix).")
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
  /// The number of line feeds before element `index` of the JSON array in this text.
  fileprivate func lineFeeds(beforeElement index: Int) -> Int {
    var (depth, passed, lineFeeds) = (0, 0, 0)
    var (isInString, isEscaped) = (false, false)
    for position in indices {
      let byte = self[position]
      if isInString {
        isInString = byte != UInt8(ascii: "\"") || isEscaped
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      switch byte {
      case UInt8(ascii: "\n"): lineFeeds += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      case UInt8(ascii: ",") where depth == 1: passed += 1
      default:
        if depth > 0 && passed == index { return lineFeeds }
        if byte == UInt8(ascii: "\"") { isInString = true }
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
      }
    }
    return lineFeeds
  }
}
