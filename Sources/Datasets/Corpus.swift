import Files
import Support
import Tokenization

/// The documents to train on, and what reading them dropped or replaced.
///
///     let corpus = try Corpus(contentsOf: ["names.txt"])
///     print(corpus.documents.count)  // 32032
///     for sentence in corpus.notes.sentences { print(sentence) }
public struct Corpus: Sendable {
  /// The documents, in the order of the files.
  public private(set) var documents: Documents
  /// The changes and oddities that reading counted.
  public let notes: CorpusNotes
  /// Sixteen hexadecimal digits that depend on the documents and their order.
  public let fingerprint: String
  let duplicates: Duplicates
  /// The places of the documents in their files.
  package let places: DocumentPlaces

  /// Creates a corpus with a document for each text.
  public init(_ texts: some Sequence<String>) throws(CorpusError) {
    let documents = Documents(texts)
    for index in 0..<documents.count { try CorpusError.check(documents.byteCount(of: index), of: index) }
    guard !documents.isEmpty else { throw CorpusError("The corpus holds no text.") }
    try self.init(documents, CorpusNotes())
  }

  /// Creates the corpus that `reader` has read from the files with these names.
  init(_ reader: CorpusReader, of names: [String]) throws(CorpusError) {
    guard !reader.documents.isEmpty else {
      let names = names.map { $0.escapingInvisibles }.joined(separator: ", ")
      throw CorpusError("\(names) holds no text: there must be at least one line that is not blank.")
    }
    try self.init(reader.documents, reader.notes, reader.places)
  }

  private init(
    _ documents: Documents, _ notes: CorpusNotes, _ places: DocumentPlaces = DocumentPlaces()
  ) throws(CorpusError) {
    guard documents.count < Int(Int32.max) else {
      throw CorpusError("The corpus has \(documents.count) documents; the limit is \(Int32.max - 1).")
    }
    self.documents = documents
    self.places = places
    duplicates = Duplicates(in: documents)
    var notes = notes
    notes.documents = documents.count
    notes.duplicates = duplicates.count
    self.notes = notes
    fingerprint = documents.fingerprint
  }

  /// Moves the documents out of the corpus.
  mutating func takeDocuments() -> Documents {
    defer { documents = Documents() }
    return documents
  }
}

extension Documents {
  /// A hash of every document and its end, in hexadecimal digits.
  fileprivate var fingerprint: String {
    var hash = StableHash()
    forEachSpan { hash.combine($0) }
    return hash.digits
  }
}

/// The division of a file into documents.
public enum DocumentForm: Sendable, Equatable {
  /// Every line that is not blank.
  case lines
  /// Lines up to the next blank line, joined by line feeds.
  case paragraphs
  /// The whole file.
  case whole
  /// A JSON array, one JSON value, or JSON Lines.
  ///
  /// Without a field, each value is a string or a number. With one, each is an object, and the field a path in it:
  /// `text`, `user.name`, or `messages[].content` for the contents of every message. Numbers are read as they are
  /// written.
  case json(field: String?)
  /// Comma-separated values as RFC 4180 defines them. Semicolons separate them where the first line has no comma.
  ///
  /// A column is given by its name in the first line, or by its number, from 1; the first line is then a record like
  /// the others. Of several, `genre,title`, a document has all fields, joined by a colon and a space.
  case csv(column: String?)
  /// Tab-separated values, with the quotes and columns of `csv`.
  case tsv(column: String?)
  /// The messages of an exported chat, each with the name of who wrote it: `Ana: Hello`.
  ///
  /// With a name, the documents are that person's answers, each after what it answers: `Bo: Hello Ana: Hi`.
  case chat(ChatExport, answersBy: String?)

  /// True if a file is one JSON value, or JSON Lines.
  var isJSON: Bool {
    switch self {
    case .json, .chat(.telegram, _), .chat(.discord, _): true
    default: false
    }
  }

  /// The form for a file's name: JSON for `.json`, `.jsonl` and `.ndjson`, tables for `.csv` and `.tsv`, otherwise
  /// lines. A final `.gz` is ignored.
  public init(path: String) {
    let path = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    let forms: [(suffix: String, form: Self)] = [
      (".json", .json(field: nil)), (".jsonl", .json(field: nil)), (".ndjson", .json(field: nil)),
      (".csv", .csv(column: nil)), (".tsv", .tsv(column: nil)),
    ]
    self = forms.first { path.utf8.count > $0.suffix.utf8.count && path.hasSuffix($0.suffix) }?.form ?? .lines
  }
}

/// The program that exported a chat.
public enum ChatExport: String, Sendable, CaseIterable {
  /// WhatsApp's text file.
  case whatsapp
  /// Telegram's `result.json`.
  case telegram
  /// The JSON of DiscordChatExporter.
  case discord
}

/// The reason why a corpus cannot be used, as a sentence with the place and the fix.
public struct CorpusError: Error, Equatable, CustomStringConvertible {
  public let description: String
  /// True if reading the corpus with `isLossy` avoids this error.
  public let isRepairable: Bool

  init(_ description: String, isRepairable: Bool = false) {
    self.description = description
    self.isRepairable = isRepairable
  }

  /// Refuses a document whose number of tokens may not fit into 32 bits.
  static func check(_ byteCount: Int, of index: Int) throws(CorpusError) {
    let limit = 1 << 30
    if byteCount > limit {
      throw CorpusError("Document \(index + 1) has \(byteCount) bytes; the limit is \(limit).")
    }
  }
}
