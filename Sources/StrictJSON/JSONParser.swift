extension JSON {
  /// Parses a JSON text. Refuses everything that RFC 8259 does not allow or that two readers might interpret
  /// differently: duplicate keys, invalid UTF-8, unpaired surrogates and numbers beyond `Double`.
  ///
  /// The time is linear in the length of the text. `maximumDepth` bounds the stack, and `maximumValues` the memory: a
  /// value of two bytes in the text takes dozens of bytes as a `JSON`.
  ///
  /// - Parameter readsNumbersAsStrings: Makes each number the string of its characters, of any size.
  package init(
    parsing text: Span<UInt8>, maximumDepth: Int = 128, maximumValues: Int = .max, readsNumbersAsStrings: Bool = false
  ) throws(JSONError) {
    var parser = Parser(
      text, maximumDepth: maximumDepth, maximumValues: maximumValues, readsNumbersAsStrings: readsNumbersAsStrings)
    self = try parser.document()
  }

  package init(parsing text: String, maximumDepth: Int = 128) throws(JSONError) {
    let bytes = Array(text.utf8)
    try self.init(parsing: bytes.span, maximumDepth: maximumDepth)
  }
}

private struct Parser: ~Escapable {
  private let text: Span<UInt8>
  private let maximumDepth: Int
  private let maximumValues: Int
  private let readsNumbersAsStrings: Bool
  private var values = 0
  private var position = 0

  @_lifetime(copy text)
  init(_ text: Span<UInt8>, maximumDepth: Int, maximumValues: Int, readsNumbersAsStrings: Bool) {
    self.text = text
    self.maximumDepth = maximumDepth
    self.maximumValues = maximumValues
    self.readsNumbersAsStrings = readsNumbersAsStrings
  }

  mutating func document() throws(JSONError) -> JSON {
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    guard position == text.count else { throw failure("\(found) follows the end of the JSON text") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    values += 1
    guard values <= maximumValues else { throw failure("the text has more than \(maximumValues) values, the limit") }
    switch next {
    case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case let byte? where byte == UInt8(ascii: "-") || Self.decimalDigits.contains(byte): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw failure("expected a value, found \(found)")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let start = position
    for byte in word.description.utf8 {
      guard next == byte else { throw failure("expected a value, found an incomplete \"\(word)\"", at: start) }
      position += 1
    }
    return value
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSON] {
    try enter(depth)
    var elements: [JSON] = []
    skipSpace()
    if take("]") { return elements }
    while true {
      skipSpace()
      elements.append(try value(depth: depth))
      skipSpace()
      if take("]") { return elements }
      guard take(",") else { throw failure("expected \",\" or \"]\" after the element, found \(found)") }
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON.Object {
    try enter(depth)
    var members: [JSON.Object.Member] = []
    var keys = KeySet()
    skipSpace()
    if take("}") { return JSON.Object() }
    while true {
      skipSpace()
      let start = position
      guard next == UInt8(ascii: "\"") else { throw failure("expected a key, found \(found)") }
      let key = try string()
      guard keys.admits(key, after: members) else {
        throw failure("the key \(JSON.quoted(key)) occurs twice in one object", at: start)
      }
      skipSpace()
      guard take(":") else { throw failure("expected \":\" after the key, found \(found)") }
      skipSpace()
      members.append(JSON.Object.Member(key: key, value: try value(depth: depth)))
      skipSpace()
      if take("}") { return JSON.Object(unique: members) }
      guard take(",") else { throw failure("expected \",\" or \"}\" after the member, found \(found)") }
    }
  }

  /// Skips the opening bracket of an array or object.
  private mutating func enter(_ depth: Int) throws(JSONError) {
    guard depth <= maximumDepth else { throw failure("arrays and objects are nested more than \(maximumDepth) deep") }
    position += 1
  }

  // MARK: Numbers

  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    let isNegative = take("-")
    let integer = position
    var magnitude: UInt64? = 0
    while let digit = takeDigit() {
      magnitude = magnitude.flatMap { value in
        let (tens, over) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(digit)
        return over || carry ? nil : sum
      }
    }
    guard position > integer else { throw failure("expected a digit, found \(found)") }
    guard text[integer] != UInt8(ascii: "0") || position == integer + 1 else {
      throw failure("a number has a leading zero", at: start)
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      try digits()
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    if readsNumbersAsStrings { return .string(try characters(start..<position)) }
    if isWhole, let magnitude {
      if !isNegative { return .integer(magnitude) }
      if magnitude > 0, let value = Int64(exactly: 0 - Int128(magnitude)) { return .integer(value) }
    }
    guard let value = Double(try characters(start..<position)), let number = JSON.Number(value) else {
      throw failure("the number is too large", at: start)
    }
    return .number(number)
  }

  private mutating func digits() throws(JSONError) {
    guard takeDigit() != nil else { throw failure("expected a digit, found \(found)") }
    while takeDigit() != nil {}
  }

  private mutating func takeDigit() -> UInt64? {
    guard let byte = next, Self.decimalDigits.contains(byte) else { return nil }
    position += 1
    return UInt64(byte - UInt8(ascii: "0"))
  }

  // MARK: Strings

  private mutating func string() throws(JSONError) -> String {
    let quote = position
    position += 1
    var isPlain = true
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw failure("\(found) must be escaped in a string") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        isPlain = false
        position += 1
      }
    }
    guard position < text.count else { throw failure("the string is not terminated", at: quote) }
    let contents = quote + 1..<position
    position += 1
    let raw = try characters(contents)
    return isPlain ? raw : String(decoding: try unescaped(contents), as: UTF8.self)
  }

  /// The bytes of `range`, which is valid UTF-8, with the escapes replaced: again valid UTF-8.
  private func unescaped(_ range: Range<Int>) throws(JSONError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      guard text[index] == UInt8(ascii: "\\") else {
        bytes.append(text[index])
        index += 1
        continue
      }
      let escape = index
      index += 2
      switch text[escape + 1] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(text[escape + 1])
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "u"):
        var unit = try codeUnit(at: index, in: range)
        index += 4
        if UTF16.isLeadSurrogate(UInt16(unit)), index + 2 <= range.upperBound, text[index] == UInt8(ascii: "\\"),
          text[index + 1] == UInt8(ascii: "u")
        {
          let trail = try codeUnit(at: index + 2, in: range)
          if UTF16.isTrailSurrogate(UInt16(trail)) {
            unit = 0x10000 + (unit - 0xD800) << 10 + (trail - 0xDC00)
            index += 6
          }
        }
        guard let scalar = Unicode.Scalar(unit) else {
          throw failure("unpaired surrogate", at: escape)
        }
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      default: throw failure("unknown escape; a backslash may precede only \" \\ / b f n r t u", at: escape)
      }
    }
    return bytes
  }

  /// The value of four hexadecimal digits.
  private func codeUnit(at start: Int, in range: Range<Int>) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for index in start..<start + 4 {
      guard index < range.upperBound, let digit = Self.hexadecimalDigit(text[index]) else {
        throw failure("expected four hexadecimal digits after \"\\u\"", at: start - 2)
      }
      unit = unit << 4 | digit
    }
    return unit
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    default: nil
    }
  }

  private func characters(_ range: Range<Int>) throws(JSONError) -> String {
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: text.extracting(range)))
    } catch {
      throw failure("the text is not valid UTF-8", at: range.lowerBound + error.byteOffsets.lowerBound)
    }
  }

  // MARK: Bytes

  private static let decimalDigits = UInt8(ascii: "0")...UInt8(ascii: "9")

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  /// The character at the current position, for error messages.
  private var found: String {
    guard let next else { return "the end of the text" }
    if (0x21...0x7E).contains(next) { return "\"\(Unicode.Scalar(next))\"" }
    return "the byte 0x" + String(next, radix: 16, uppercase: true)
  }

  private func failure(_ problem: String, at byte: Int? = nil) -> JSONError {
    JSONError(problem, at: byte ?? position, in: text)
  }
}
