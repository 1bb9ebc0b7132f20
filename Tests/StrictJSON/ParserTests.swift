import StrictJSON
import Testing

@Suite struct ParserTests {
  /// Texts that RFC 8259 allows, and their values, written without spaces.
  @Test(arguments: [
    ("null", "null"), (" true ", "true"), ("\t\r\n false\n", "false"), ("0", "0"), ("-0", "-0.0"), ("-1", "-1"),
    ("1.50", "1.5"), ("1E3", "1000.0"), ("1e+3", "1000.0"), ("2e-1", "0.2"), ("1e-400", "0.0"), ("1e05", "100000.0"),
    ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
    ("18446744073709551615", "18446744073709551615"), ("18446744073709551616", "1.8446744073709552e+19"),
    ("-9223372036854775809", "-9.223372036854776e+18"), ("9007199254740993", "9007199254740993"),
    ("\"\"", "\"\""), ("\"a\\/b\"", "\"a/b\""), ("\"\\u0041\\n\"", "\"A\\n\""), ("\"\\u00e9\"", "\"é\""),
    ("\"\\uD83D\\uDE00\"", "\"😀\""), ("\"\\uDBFF\\uDFFF\"", "\"\u{10FFFF}\""), ("\"\\u0000\"", "\"\\u0000\""),
    ("\"\u{7F}\u{2028}\"", "\"\u{7F}\u{2028}\""), ("\"\\\\u0041\"", "\"\\\\u0041\""), ("\"\\\\\"", "\"\\\\\""),
    ("[]", "[]"), ("[ ]", "[]"), ("[1 , 2]", "[1,2]"), ("[[],{}]", "[[],{}]"), ("{}", "{}"), ("{ }", "{}"),
    ("{\"b\":1,\"a\":2}", "{\"b\":1,\"a\":2}"), ("{\"\":null}", "{\"\":null}"),
    // These keys differ in their bytes, though they are canonically equivalent.
    ("{\"\u{E0}\":1,\"a\u{300}\":2}", "{\"\u{E0}\":1,\"a\u{300}\":2}"),
  ])
  func `valid JSON is accepted`(text: String, canonical: String) throws {
    let value = try JSON(parsing: text)
    #expect(value.description.utf8.elementsEqual(canonical.utf8))
    #expect(try JSON(parsing: value.text(pretty: true, safeInHTML: true)) == value)
  }

  /// If one of these were accepted, two readers could get different values from one file.
  @Test(arguments: [
    ("", "expected a value, found the end of the text, at line 1, column 1 (byte 0)."),
    (" ", "expected a value, found the end of the text, at line 1, column 2 (byte 1)."),
    ("\u{FEFF}1", "expected a value, found the byte 0xEF, at line 1, column 1 (byte 0)."),
    ("nul", "expected a value, found an incomplete \"null\", at line 1, column 1 (byte 0)."),
    ("True", "expected a value, found \"T\", at line 1, column 1 (byte 0)."),
    ("NaN", "expected a value, found \"N\", at line 1, column 1 (byte 0)."),
    ("1 2", "\"2\" follows the end of the JSON text, at line 1, column 3 (byte 2)."),
    ("1\0", "the byte 0x0 follows the end of the JSON text, at line 1, column 2 (byte 1)."),
    ("01", "a number has a leading zero, at line 1, column 1 (byte 0)."),
    ("-01", "a number has a leading zero, at line 1, column 1 (byte 0)."),
    ("-", "expected a digit, found the end of the text, at line 1, column 2 (byte 1)."),
    ("+1", "expected a value, found \"+\", at line 1, column 1 (byte 0)."),
    (".5", "expected a value, found \".\", at line 1, column 1 (byte 0)."),
    ("1.", "expected a digit, found the end of the text, at line 1, column 3 (byte 2)."),
    ("1e", "expected a digit, found the end of the text, at line 1, column 3 (byte 2)."),
    ("1e+", "expected a digit, found the end of the text, at line 1, column 4 (byte 3)."),
    ("0x10", "\"x\" follows the end of the JSON text, at line 1, column 2 (byte 1)."),
    ("1e400", "the number is too large, at line 1, column 1 (byte 0)."),
    ("[1,]", "expected a value, found \"]\", at line 1, column 4 (byte 3)."),
    ("[,1]", "expected a value, found \",\", at line 1, column 2 (byte 1)."),
    ("[1\n 2]", "expected \",\" or \"]\" after the element, found \"2\", at line 2, column 2 (byte 4)."),
    ("[1", "expected \",\" or \"]\" after the element, found the end of the text, at line 1, column 3 (byte 2)."),
    ("]", "expected a value, found \"]\", at line 1, column 1 (byte 0)."),
    ("{1:2}", "expected a key, found \"1\", at line 1, column 2 (byte 1)."),
    ("{\"a\"}", "expected \":\" after the key, found \"}\", at line 1, column 5 (byte 4)."),
    ("{\"a\":1,}", "expected a key, found \"}\", at line 1, column 8 (byte 7)."),
    ("{\"a\":1 \"b\":2}", "expected \",\" or \"}\" after the member, found \"\"\", at line 1, column 8 (byte 7)."),
    ("{'a':1}", "expected a key, found \"'\", at line 1, column 2 (byte 1)."),
    ("{\"a\":1,\"b\":2,\"a\":3}", "the key \"a\" occurs twice in one object, at line 1, column 14 (byte 13)."),
    ("{\"a\":1,\"\\u0061\":3}", "the key \"a\" occurs twice in one object, at line 1, column 8 (byte 7)."),
    ("\"é\nb\"", "the byte 0xA must be escaped in a string, at line 1, column 3 (byte 3)."),
    ("\"a", "the string is not terminated, at line 1, column 1 (byte 0)."),
    ("\"a\\\"", "the string is not terminated, at line 1, column 1 (byte 0)."),
    ("\"a\\", "the string is not terminated, at line 1, column 1 (byte 0)."),
    ("\"\\x\"", "unknown escape; a backslash may precede only \" \\ / b f n r t u, at line 1, column 2 (byte 1)."),
    ("\"\\u12\"", "expected four hexadecimal digits after \"\\u\", at line 1, column 2 (byte 1)."),
    ("\"\\u00g0\"", "expected four hexadecimal digits after \"\\u\", at line 1, column 2 (byte 1)."),
    ("\"\\u\u{FF11}\u{FF11}\"", "expected four hexadecimal digits after \"\\u\", at line 1, column 2 (byte 1)."),
    ("\"\\uD800\"", "unpaired surrogate, at line 1, column 2 (byte 1)."),
    ("\"\\uDC00\"", "unpaired surrogate, at line 1, column 2 (byte 1)."),
    ("\"\\uD800\\u0041\"", "unpaired surrogate, at line 1, column 2 (byte 1)."),
    ("\"\\uD800\\uD800\"", "unpaired surrogate, at line 1, column 2 (byte 1)."),
    ("\"\\uD800\\u12\"", "expected four hexadecimal digits after \"\\u\", at line 1, column 8 (byte 7)."),
    ("// no\n1", "expected a value, found \"/\", at line 1, column 1 (byte 0)."),
  ])
  func `invalid JSON is refused`(text: String, sentence: String) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.description == sentence)
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
      [0x22, 0xE2, 0x82, 0x22], [0x22, 0x80, 0x22],
    ] as [[UInt8]])
  func `text that is not UTF-8 is refused`(bytes: [UInt8]) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: bytes.span) }
    #expect(error?.problem == "the text is not valid UTF-8")
    #expect(error?.place?.byte == 1)
  }

  @Test func `nesting that is too deep is refused`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSON(parsing: nested(128))
    #expect(throws: JSONError.self) { try JSON(parsing: nested(129)) }
    #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "{\"a\":", count: 1_000_000)) }
  }

  /// Without linear time, each of these texts would take hours.
  @Test(.timeLimit(.minutes(10))) func `hostile text takes linear time`() throws {
    let count = 1_000_000
    let keys = (0..<count).map { "\"\($0)\":0" }.joined(separator: ",")
    #expect(try JSON(parsing: "{\(keys)}").object?.members.count == count)
    #expect(throws: JSONError.self) { try JSON(parsing: "{\(keys),\"7\":0}") }
    #expect(try JSON(parsing: "1" + String(repeating: "0", count: 300)).number?.double == 1e300)
    _ = try JSON(parsing: "0." + String(repeating: "1", count: count))
    _ = try JSON(parsing: "\"" + String(repeating: "\\u00e9", count: count) + "\"")
    _ = try JSON(parsing: "[" + String(repeating: "[],", count: count) + "1]")
    #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "\n", count: count)) }
  }

  /// Every prefix of a text, and every text with a changed byte, gives a value or an error, never a crash.
  @Test func `damaged input gives a value or an error`() throws {
    let text = Array(#"{"a":[1,-2.5e3,true,null,"x\u00e9\uD83D\uDE00\n é"],"b":{"c":{}}}"#.utf8)
    for end in 0..<text.count {
      #expect(throws: JSONError.self) { try JSON(parsing: text.span.extracting(0..<end)) }
    }
    for index in text.indices {
      for byte in UInt8.min...UInt8.max {
        var damaged = text
        damaged[index] = byte
        if let value = try? JSON(parsing: damaged.span) {
          let again = value.bytes()
          #expect(try JSON(parsing: again.span) == value)
        }
      }
    }
  }
}
