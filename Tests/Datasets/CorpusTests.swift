import Datasets
import Files
import TestSupport
import Testing
import Tokenization

@Suite struct CorpusTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(
    _ text: String, _ form: DocumentForm? = nil, name: String = "corpus.txt", isLossy: Bool = false
  ) throws -> Corpus {
    try folder.write(name, text)
    return try Corpus(contentsOf: [folder.path(name)], as: form, isLossy: isLossy)
  }

  private func texts(_ corpus: Corpus) -> [String] { (0..<corpus.documents.count).map(corpus.documents.text) }

  @Test func `lines are documents, and dropped ones are counted`() throws {
    let corpus = try read("\u{FEFF}anna\r\n\r\n  bob \n\t\nanna\n\u{0}\nlast")
    #expect(texts(corpus) == ["anna", "  bob ", "anna", "\u{0}", "last"])
    #expect(corpus.notes.byteOrderMarks == 1)
    #expect(corpus.notes.carriageReturns == 2)
    #expect(corpus.notes.blankLines == 2)
    #expect(corpus.notes.duplicates == 1)
    #expect(corpus.notes.sentences.count == 4)
    #expect(try read("a\nb\n").notes.sentences.isEmpty)
  }

  @Test func `paragraphs keep their lines`() throws {
    let corpus = try read("\n\none\r\ntwo\n \n\nthree\n", .paragraphs)
    #expect(texts(corpus) == ["one\ntwo", "three"])
    #expect(corpus.notes.blankLines == 4)
  }

  @Test func `a whole file keeps its blank lines`() throws {
    #expect(texts(try read("\none\n\n \ntwo\n\n", .whole)) == ["one\n\n \ntwo"])
  }

  @Test(arguments: [
    (#"["one", "two\nlines", " "]"#, nil),
    ("\n [\"one\",\n\"two\\nlines\", \"\"]\n\n", nil),
    ("\"one\"\n\n\"two\\nlines\"\r\n", nil),
    (#"[{"t": "one", "u": 1}, {"t": "two\nlines"}]"#, "t"),
    ("{\"t\": \"one\"}\n{\"u\": [], \"t\": \"two\\nlines\"}", "t"),
    ("{\"t\": \"one\"}\n{\"u\": []}\n{\"t\": null}\n{\"t\": \"two\\nlines\"}", "t"),
    (#"[{"t": {"u": "one"}}, {"t": {"u": "two\nlines"}}]"#, "t.u"),
    (#"{"t.u": "one", "t": {"u": 1}}"# + "\n" + #"{"t": {"u": "two\nlines"}}"#, "t.u"),
    (#"{"t": [{"u": "one"}, {"u": "two\nlines"}]}"#, "t[].u"),
    ("{\n\"t\": [\n{\"u\": [\"one\"]},\n{\"u\": [\"two\\nlines\"]}\n]}", "t[].u[]"),
  ])
  func `JSON documents are read`(text: String, field: String?) throws {
    #expect(texts(try read(text, .json(field: field))) == ["one", "two\nlines"])
    if field == nil { #expect(texts(try read(text, name: "corpus.jsonl")) == ["one", "two\nlines"]) }
  }

  @Test func `numbers are read as they are written`() throws {
    #expect(texts(try read("1.50\n1e400\n-0\n\"x\"\n", .json(field: nil))) == ["1.50", "1e400", "-0", "x"])
    #expect(
      texts(try read(#"[{"t": 123456789012345678901234567890}]"#, .json(field: "t"))) == [
        "123456789012345678901234567890"
      ])
  }

  @Test func `files are read one after the other`() throws {
    try folder.write("one.txt", "a\nb")
    try folder.write("two.json", #"["c"]"#)
    let corpus = try Corpus(contentsOf: [folder.path("one.txt"), folder.path("two.json")])
    #expect(texts(corpus) == ["a", "b", "c"])
  }

  /// `anna\nbob\n` as gzip 1.12 compresses it with -9.
  static let compressed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xCC, 0xCB, 0x4B, 0xE4, 0x4A, 0xCA, 0x4F, 0xE2,
    0x02, 0x00, 0x88, 0x93, 0x5B, 0x5F, 0x09, 0x00, 0x00, 0x00,
  ]

  @Test func `gzip files are decompressed`() throws {
    try folder.write("names.txt.gz", Self.compressed + Self.compressed)
    #expect(try texts(Corpus(contentsOf: [folder.path("names.txt.gz")])) == ["anna", "bob", "anna", "bob"])
    try folder.write("no suffix", Self.compressed)
    #expect(try texts(Corpus(contentsOf: [folder.path("no suffix")])) == ["anna", "bob"])
    #expect(DocumentForm(path: "texts.jsonl.gz") == .json(field: nil) && DocumentForm(path: "texts.gz") == .lines)
  }

  /// Cuts the file at every byte and changes every byte. The result must never be another text or a crash.
  @Test func `damaged gzip files are refused`() throws {
    let path = folder.path("names.gz")
    for count in 2..<Self.compressed.count {
      try folder.write("names.gz", Array(Self.compressed[..<count]))
      let error = #expect(throws: FileError.self, "\(count) bytes") { try Corpus(contentsOf: path) }
      #expect(error?.kind == .damaged && error?.description.contains("was cut off") == true)
    }
    // Some bits do not affect the text: the time, the system, the padding of the last byte before the checksum.
    var refused = 0
    for place in 2..<Self.compressed.count {
      var bytes = Self.compressed
      bytes[place] ^= 0x10
      try folder.write("names.gz", bytes)
      do {
        #expect(try texts(Corpus(contentsOf: path)) == ["anna", "bob"], "byte \(place)")
      } catch let error as FileError {
        #expect(error.kind == .damaged)
        refused += 1
      }
    }
    #expect(refused > 15)
    try folder.write("names.gz", Self.compressed + Array("garbage".utf8))
    #expect(throws: FileError.self) { try Corpus(contentsOf: path) }
  }

  /// A user must be able to find the place in an editor, and know the fix.
  @Test func `errors name the place and the fix`() throws {
    func message(_ bytes: [UInt8], _ form: DocumentForm = .lines) throws -> String {
      try folder.write("corpus.txt", bytes)
      let error = #expect(throws: (any Error).self) {
        try Corpus(contentsOf: [folder.path("corpus.txt")], as: form)
      }
      return "\(try #require(error))"
    }
    let latin = try message(Array("ab\nna".utf8) + [0xEF] + Array("ve\n".utf8))
    #expect(latin.contains("corpus.txt, line 2, byte 5: the byte EF is not UTF-8"))
    #expect(latin.contains("iconv -f ISO-8859-1"))
    #expect(try message([0xFF, 0xFE, 0x61, 0x00]).contains("UTF-16"))
    #expect(try message([]).contains("holds no text"))
    #expect(try message(Array(" \n\t\n".utf8)).contains("holds no text"))
    #expect(try message(Array("\"a\"\n{\"b\"".utf8), .json(field: nil)).contains("line 2, column"))
    #expect(try message(Array("{\"b\": \"x\"}".utf8), .json(field: nil)).contains("the field b (\"x\")"))
    #expect(try message(Array("{\"b\": \"x\"}".utf8), .json(field: "c")).contains("no field \"c\""))
    #expect(try message(Array("[\"a, [\\\" ,\",\n\ntrue]".utf8), .json(field: nil)).contains("line 3, element 2"))
    let missing = #expect(throws: (any Error).self) { try Corpus(contentsOf: [folder.path("none.txt")]) }
    #expect("\(try #require(missing))".contains("none.txt does not exist"))
  }

  @Test func `lossy reading replaces invalid bytes and counts them`() throws {
    try folder.write("corpus.txt", Array("a".utf8) + [0xFF, 0x62, 0xE2, 0x82] + Array("\r\nc".utf8))
    let corpus = try Corpus(contentsOf: [folder.path("corpus.txt")], isLossy: true)
    #expect(texts(corpus) == ["a\u{FFFD}b\u{FFFD}", "c"])
    #expect(corpus.notes.replacements == 2)
  }

  @Test func `different corpora have different fingerprints`() throws {
    let corpora = [["ab", "c"], ["a", "bc"], ["c", "ab"], ["ab", "c", "c"], ["abc"], ["ab\u{0}", "c"]]
    let fingerprints = try corpora.map { try Corpus($0).fingerprint }
    #expect(Set(fingerprints).count == corpora.count)
    #expect(fingerprints == (try corpora.map { try Corpus($0).fingerprint }))
    #expect(try Corpus(["anna", "bob"]).fingerprint == "5477c3c64d9ec7bb", "checkpoints carry this")
  }
}
