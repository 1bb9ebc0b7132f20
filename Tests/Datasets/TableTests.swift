import Datasets
import Support
import TestSupport
import Testing

@Suite struct TableTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, _ form: DocumentForm) throws -> Corpus {
    try folder.write("table", text)
    return try Corpus(contentsOf: [folder.path("table")], as: form)
  }

  private func texts(_ text: String, _ form: DocumentForm) throws -> [String] {
    let corpus = try read(text, form)
    return (0..<corpus.documents.count).map(corpus.documents.text)
  }

  /// A file, its form, and the texts of the column.
  private static let tables: [(file: String, form: DocumentForm, texts: [String])] = [
    ("a,b\n1,x\n2,y", .csv(column: "b"), ["x", "y"]),
    ("a,b\n1,x\n2,y\n", .csv(column: "2"), ["b", "x", "y"]),
    ("\u{FEFF}a,b\r\n1,x\r\n", .csv(column: "a"), ["1"]),
    ("\u{FEFF}\"a\"\r\n\"1,\r\n\r\n2\"\r\n\r\n3\r\n", .csv(column: "a"), ["1,\n\n2", "3"]),
    ("t\n\"say \"\"hi\"\"\"\n5\" wide\n\"\"\"\"\n", .csv(column: "t"), ["say \"hi\"", "5\" wide", "\""]),
    (" a , b \n1, x \n", .csv(column: "b"), [" x "]),
    ("a;b\n1;x,y\n", .csv(column: "b"), ["x,y"]),
    ("a,b;c\n1,x;y\n", .csv(column: "b;c"), ["x;y"]),
    ("a\tb\n1\tx, \"y\"\n", .tsv(column: "b"), ["x, \"y\""]),
    ("1\t\"x\ty\"\n", .tsv(column: "2"), ["x\ty"]),
    ("a,b,c\n1,x,7\n2,\"y\nz\",8\n", .csv(column: "c,b"), ["7: x", "8: y\nz"]),
    ("1\tx\n2\ty\n", .tsv(column: "2,1"), ["x: 1", "y: 2"]),
    ("a,\"b,c\"\n1,x\n", .csv(column: "b,c"), ["x"]),
    ("é,ü\nx,\"ß\"\n", .csv(column: "ü"), ["ß"]),
  ]

  @Test(arguments: tables)
  func `a column`(file: String, form: DocumentForm, expected: [String]) throws {
    #expect(try texts(file, form) == expected)
  }

  @Test func `what is passed over is counted`() throws {
    let notes = try read("a,b\n1,x\n\n2\n3,\n4,\" \"\n5,y,z\n", .csv(column: "b")).notes
    #expect(notes.documents == 2)
    #expect(notes.blankLines == 1)
    #expect(notes.missingFields == 1)
    #expect(notes.blankStrings == 2)
    #expect(notes.longRecords == 1)
  }

  /// A label without a text, or a text without its label, would teach the model something wrong.
  @Test func `a record without one of several columns is passed over`() throws {
    let corpus = try read("a,b\n1,x\n,y\n3\n4, \n5,z\n", .csv(column: "a,b"))
    #expect((0..<corpus.documents.count).map(corpus.documents.text) == ["1: x", "5: z"])
    #expect(corpus.notes.blankStrings == 2 && corpus.notes.missingFields == 1)
    #expect(throws: CorpusError.self) { try read("a,b\n1,x\n", .csv(column: "a,")) }
  }

  /// Texts with everything that must be quoted come back.
  @Test(arguments: 0..<50 as Range<UInt64>) func `round trip`(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let characters = ["a", "é", "\"", ",", "\n", ";", "\t", " ", "語"]
    let texts = (0..<20).map { _ in
      "x" + (0..<random.integer(below: 12)).map { _ in characters[random.integer(below: characters.count)] }.joined()
    }
    for (separator, form) in [(",", DocumentForm.csv(column: "2")), ("\t", .tsv(column: "2"))] {
      let records = texts.map { "1\(separator)\"\($0.replacing("\"", with: "\"\""))\"\(separator)2\n" }
      #expect(try self.texts(records.joined(), form) == texts, "seed \(seed)")
    }
  }

  @Test func `errors name the line`() throws {
    func message(_ text: String, _ form: DocumentForm) throws -> String {
      "\(try #require(#expect(throws: CorpusError.self) { try read(text, form) }))"
    }
    #expect(
      try message("a\nx\n\"y\nz\n", .csv(column: "a")).contains("line 3: a field of this record begins with a quote"))
    #expect(try message("a\n\"x\ny\"z\n", .csv(column: "a")).contains("line 3: text follows the quote"))
    #expect(try message("a,b\n", .csv(column: "c")).contains("line 1: there is no column \"c\", only \"a\" and \"b\""))
    #expect(try message("a,a\n", .csv(column: "a")).contains("several columns have the name \"a\""))
    #expect(try message("a,b\n", .csv(column: "3")).contains("line 1: there is no column 3, only 2 fields."))
    #expect(try message("a,b\n", .csv(column: "b")).contains("holds no text"))
    #expect(try message("12,x y\n", .csv(column: nil)).contains("--documents 'csv:x y' if the first line is a header"))
  }
}
