import Support

extension JSON: CustomStringConvertible {
  /// The text without white space.
  package var description: String { text() }

  /// The text, with members in their order: the same bytes for the same value on every machine.
  package func text(pretty: Bool = false, safeInHTML: Bool = false) -> String {
    String(decoding: bytes(pretty: pretty, safeInHTML: safeInHTML), as: UTF8.self)
  }

  /// The text in UTF-8.
  ///
  /// - Parameters:
  ///   - pretty: Puts each element and member on a line of its own.
  ///   - safeInHTML: Escapes `<`, so that nothing in the text can end the `<script>` element around it.
  package func bytes(pretty: Bool = false, safeInHTML: Bool = false) -> [UInt8] {
    var writer = Writer(isPretty: pretty, isSafeInHTML: safeInHTML)
    writer.write(self)
    return writer.bytes
  }

  /// `text` between quotes for an error message, with invisible characters escaped, and truncated after 60 Unicode
  /// scalars.
  package static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let excerpt = String(Substring(scalars.prefix(60))).escapingInvisibles
    return "\"" + excerpt + (scalars.dropFirst(60).isEmpty ? "\"" : "…\"")
  }
}

private struct Writer {
  let isPretty: Bool
  let isSafeInHTML: Bool
  var bytes: [UInt8] = []
  private var depth = 0

  init(isPretty: Bool, isSafeInHTML: Bool) {
    self.isPretty = isPretty
    self.isSafeInHTML = isSafeInHTML
  }

  mutating func write(_ value: JSON) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += value.description.utf8
    case .number(let value): bytes += value.digits.utf8
    case .string(let value): write(value)
    case .array(let elements): write(elements, between: "[", "]") { $0.write($1) }
    case .object(let object):
      write(object.members, between: "{", "}") { writer, member in
        writer.write(member.key)
        writer.bytes += (writer.isPretty ? ": " : ":").utf8
        writer.write(member.value)
      }
    }
  }

  private mutating func write<Item>(
    _ items: [Item], between open: String, _ close: String, _ body: (inout Writer, Item) -> Void
  ) {
    bytes += open.utf8
    depth += 1
    for (index, item) in items.enumerated() {
      if index > 0 { bytes += ",".utf8 }
      newLine()
      body(&self, item)
    }
    depth -= 1
    if !items.isEmpty { newLine() }
    bytes += close.utf8
  }

  private mutating func newLine() {
    guard isPretty else { return }
    bytes += "\n".utf8
    bytes += repeatElement(0x20, count: 2 * depth)
  }

  private mutating func write(_ string: String) {
    bytes += "\"".utf8
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20: bytes += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
      case UInt8(ascii: "<") where isSafeInHTML: bytes += "\\u003c".utf8
      default: bytes.append(byte)
      }
    }
    bytes += "\"".utf8
  }
}
