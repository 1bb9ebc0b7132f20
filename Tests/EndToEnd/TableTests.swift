import TestSupport
import Testing

/// Data comes as tables and nested JSON. A person who gives such a file must learn which option reads it.
@Suite("Texts in tables and in JSON are found where they are")
struct TableTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("people.csv", "id,name,bio\r\n1,Anna,\"Likes \"\"birds\"\",\r\nwalks\"\r\n2,Bob,Paints\r\n")
    try folder.write("people.tsv", "1\tAnna\n2\tBob\n")
    try folder.write(
      "chat.jsonl",
      #"{"user": {"name": "Anna"}, "messages": [{"role": "a", "content": "Hello there"}, {"content": null}], "n": 1.50}"#
        + "\n" + #"{"user": {"name": "Bob"}, "messages": [{"role": "b", "content": "Bye"}], "n": 7}"# + "\n")
    try folder.write("data.json", "{\n  \"data\": [\n    {\"text\": \"one\"},\n    {\"text\": \"two\"}\n  ]\n}\n")
  }

  private func run(_ arguments: String) throws -> ToolRun {
    try ToolRun(arguments.split(separator: " ").map(String.init), in: folder)
  }

  /// The texts that every reader of corpora sees: here, those that `score` lists with a model that knows their letters.
  private func texts(_ file: String, _ form: String) throws -> [String] {
    let run = try run("score all \(file) --documents \(form)")
    #expect(run.status == 0, "\(run.errors)")
    return run.output.split(separator: "\n").map { line in
      line.split(separator: "\t", maxSplits: 2).last.map(String.init) ?? ""
    }
  }

  @Test func `columns by name and by number, nested fields, and the elements of arrays`() throws {
    let letters = (0x20..<0x7F).map { String(Unicode.Scalar(UInt8($0))) }
    try folder.write("letters.txt", letters.joined() + "\n" + letters.joined(separator: "\n"))
    #expect(try run("train letters.txt --steps 0 --unit byte --quiet -o all").status == 0)
    #expect(try texts("people.csv", "csv:name") == ["Anna", "Bob"])
    #expect(try texts("people.csv", "csv:2") == ["name", "Anna", "Bob"])
    #expect(try texts("people.tsv", "tsv:2") == ["Anna", "Bob"])
    #expect(try texts("chat.jsonl", "json:user.name") == ["Anna", "Bob"])
    #expect(try texts("chat.jsonl", "json:messages[].content") == ["Hello there", "Bye"])
    #expect(try texts("chat.jsonl", "json:n") == ["1.50", "7"])
    #expect(try texts("data.json", "json:data[].text") == ["one", "two"])
  }

  @Test func `training, fine-tuning, sweeps and tokenizers read them too, and count what they pass over`() throws {
    let train = try run("train chat.jsonl --documents json:messages[].content --steps 1 -o chat")
    #expect(train.status == 0)
    #expect(train.errors.hasPrefix("1 null was passed over.\n"), "\(train.errors)")
    #expect(
      try run("train people.csv --documents csv:name --from chat --grow-vocabulary --steps 1 -o tuned").status == 0)
    let sweep = try run("sweep people.csv --vary seed=1,2 --quiet -- --documents csv:bio --steps 1")
    #expect(sweep.status == 0, "\(sweep.errors)")
    #expect(try run("tokenize --corpus people.csv --documents csv:name --ids Bob").output == "1 5 3\n")
  }

  @Test func `without an option the file is described, with the option to copy`() throws {
    let run = try run("train people.csv")
    #expect(run.status == 65)
    #expect(
      run.errors == """
        swiftlet: people.csv is a table with the columns "id" ("1"), "name" ("Anna") and "bio" ("Likes "birds",\\nwalks"). \
        Choose the one that holds the text: --documents csv:bio if the first line is a header, \
        otherwise --documents csv:3. For whole lines, use --documents lines.

        """)
    #expect(try self.run("train people.csv --documents lines --steps 1 --quiet").status == 0)
    #expect(
      try self.run("train chat.jsonl").errors == """
        swiftlet: chat.jsonl, line 1 is an object with the fields user.name ("Anna"), messages[].role ("a"), \
        messages[].content ("Hello there") and n ("1.50"). \
        Choose the one that holds the text, as in --documents 'json:messages[].content'.

        """)
  }

  /// The file, its form and the message.
  private static let wrong: [(file: String, form: String, message: String)] = [
    (
      "people.csv", "csv:nam",
      "people.csv, line 1: there is no column \"nam\", only \"id\", \"name\" and \"bio\"; did you mean name?"
    ),
    ("people.csv", "csv:4", "people.csv, line 1: there is no column 4, only 3 fields."),
    ("chat.jsonl", "json:user", "\"user\" must be a string or a number, not an object; it has text in json:user.name."),
    (
      "chat.jsonl", "json:messages.content",
      "\"messages\" is an array; for each of its elements, write 'json:messages[].content'."
    ),
    ("chat.jsonl", "json:text", "there is no field \"text\", only the fields \"user\", \"messages\", \"n\"."),
  ]

  @Test(arguments: wrong)
  func `a wrong column or field`(file: String, form: String, message: String) throws {
    let run = try run("train \(file) --documents \(form)")
    #expect(run.status == 65)
    #expect(
      run.errors.hasPrefix("swiftlet: \(file), line 1: ") && run.errors.hasSuffix("\(message)\n"), "\(run.errors)")
  }
}
