/// The counts of everything that reading a corpus dropped or replaced.
public struct CorpusNotes: Sendable, Equatable {
  /// The number of documents.
  public internal(set) var documents = 0
  /// Documents that repeat an earlier one. They are trained on as often as they occur.
  public internal(set) var duplicates = 0
  /// Lines of white space, which are not documents.
  public internal(set) var blankLines = 0
  /// JSON strings and fields of tables that are white space or empty, which are not documents.
  public internal(set) var blankStrings = 0
  /// Fields that are `null` in JSON, which are not documents.
  public internal(set) var nulls = 0
  /// JSON objects without the field, and records of tables without the column.
  public internal(set) var missingFields = 0
  /// Records of tables with more fields than the first record.
  public internal(set) var longRecords = 0
  /// Messages of the chat program itself, such as that somebody joined.
  public internal(set) var notices = 0
  /// Messages of a chat without text, such as pictures and calls.
  public internal(set) var messagesWithoutText = 0
  /// Turns of a chat that are no answer of the chosen person and have none.
  public internal(set) var unansweredTurns = 0
  /// Lines that ended in a carriage return and a line feed, as on Windows; the carriage return is dropped.
  public internal(set) var carriageReturns = 0
  /// Files that began with a byte order mark, which is dropped.
  public internal(set) var byteOrderMarks = 0
  /// Places where text that was not UTF-8 was replaced by U+FFFD.
  public internal(set) var replacements = 0

  /// A sentence for each count that is not zero.
  public var sentences: [String] {
    func count(_ count: Int, _ one: String, _ many: String) -> String? {
      switch count {
      case 0: nil
      case 1: "1 \(one)"
      default: "\(count) \(many)"
      }
    }
    return [
      count(byteOrderMarks, "byte order mark was dropped.", "byte order marks were dropped."),
      count(carriageReturns, "line ended in CR LF; the CR was dropped.", "lines ended in CR LF; the CRs were dropped."),
      count(blankLines, "blank line was passed over.", "blank lines were passed over."),
      count(blankStrings, "blank string was passed over.", "blank strings were passed over."),
      count(nulls, "null was passed over.", "nulls were passed over."),
      count(
        missingFields, "record without the field was passed over.", "records without the field were passed over."),
      count(
        longRecords, "record has more fields than the first; a separator in a field needs quotes around the field.",
        "records have more fields than the first; a separator in a field needs quotes around the field."),
      count(notices, "notice of the chat program was passed over.", "notices of the chat program were passed over."),
      count(
        messagesWithoutText, "message without text, such as a picture, was passed over.",
        "messages without text, such as pictures, were passed over."),
      count(
        unansweredTurns, "turn without an answer of the chosen person was passed over.",
        "turns without an answer of the chosen person were passed over."),
      count(
        replacements, "piece that was not UTF-8 was replaced by U+FFFD.",
        "pieces that were not UTF-8 were replaced by U+FFFD."),
      count(duplicates, "document repeats an earlier one.", "documents repeat earlier ones."),
    ].compactMap { $0 }
  }
}
