/// A record of a table in CSV or TSV, made of one line, or of several where a quoted field has line feeds.
///
///     var record = TableRecord()
///     while try lines.next() {
///       if try record.add(lines.line, separator) { use(record[0]) }
///     }
///
/// The quotes are those of RFC 4180: a field that begins with `"` ends with the next `"`, and `""` in it is one `"`. A
/// quote within a field that does not begin with one is a character like others.
struct TableRecord {
  /// The fields, one after the other.
  private var bytes: [UInt8] = []
  /// The end of each field in `bytes`.
  private var ends: [Int] = []
  private var state = State.start

  private enum State {
    /// At the start of a field.
    case start
    case plain, quoted
    /// After a quote in a quoted field, which ends it unless another follows.
    case closed
  }

  /// A closing quote is followed by something other than a separator.
  struct StrayText: Error {}

  var count: Int { ends.count }

  /// True if a quoted field goes on in the next line.
  var isIncomplete: Bool { state == .quoted }

  subscript(index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

  /// Returns field `index` as a string.
  func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

  /// Adds a line to a record that is incomplete, or begins another; returns true if the record is complete then.
  mutating func add(_ line: Span<UInt8>, _ separator: UInt8) throws(StrayText) -> Bool {
    let quote = UInt8(ascii: "\"")
    if state == .quoted {
      bytes.append(UInt8(ascii: "\n"))
    } else {
      bytes.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      state = .start
    }
    for index in line.indices {
      let byte = line[index]
      switch state {
      case .start where byte == quote: state = .quoted
      case .quoted where byte == quote: state = .closed
      case .closed where byte == quote:
        bytes.append(quote)
        state = .quoted
      case .start where byte == separator, .plain where byte == separator, .closed where byte == separator:
        ends.append(bytes.count)
        state = .start
      case .closed: throw StrayText()
      case .start, .plain:
        bytes.append(byte)
        state = .plain
      case .quoted: bytes.append(byte)
      }
    }
    if state == .quoted { return false }
    ends.append(bytes.count)
    return true
  }
}
