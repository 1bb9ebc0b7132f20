import Datasets
import TestSupport
import Testing

/// A person's own chats are the texts that most people have.
@Suite("Exported chats become documents with their speakers") struct ChatExportTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, _ export: ChatExport, _ name: String? = nil) throws -> Corpus {
    try folder.write("chat", text)
    return try Corpus(contentsOf: [folder.path("chat")], as: .chat(export, answersBy: name))
  }

  private func texts(_ corpus: Corpus) -> [String] {
    (0..<corpus.documents.count).map(corpus.documents.text)
  }

  /// Lines as phones of different languages and systems write them.
  @Test(arguments: [
    "28/11/2026, 15:48 - Ana: Hi: you",
    "11/28/26, 3:48 PM - Ana: Hi: you",
    "11/28/26, 3:48\u{202F}PM - Ana: Hi: you",
    "28.11.26, 15:48 - Ana: Hi: you",
    "28.11.2026 um 15:48 - Ana: Hi: you",
    "2026-11-28, 15.48 - Ana: Hi: you",
    "28-11-2026 15:48 - Ana: Hi: you",
    "28/11/26 3:48 p. m. - Ana: Hi: you",
    "2026/11/28 下午3:48 - Ana: Hi: you",
    "[28.11.26, 15:48:01] Ana: Hi: you",
    "[11/28/26, 3:48:01\u{202F}PM] Ana: Hi: you",
    "\u{200E}[28/11/2026, 15:48:01] \u{202A}Ana\u{202C}: Hi: you \u{200E}<This message was edited>",
  ])
  func `a message of WhatsApp`(line: String) throws {
    #expect(try texts(read(line + "\n", .whatsapp)) == ["Ana: Hi: you"])
    #expect(try texts(read("\u{FEFF}\(line)\r\nand 5\r\n\r\nmore\r\n", .whatsapp)) == ["Ana: Hi: you\nand 5\n\nmore"])
  }

  private static let chat = """
    28/11/2026, 15:40 - Messages and calls are end-to-end encrypted.
    28/11/2026, 15:41 - Bo: Hello?
    28/11/2026, 15:42 - Ana: Hi.
    28/11/2026, 15:43 - Ana: What is it?

    28/11/2026, 15:44 - Bo: Milk
    and bread.
    28/11/2026, 15:45 - Cy: Eggs.
    28/11/2026, 15:46 - Bo: <Media omitted>
    with a caption
    28/11/2026, 15:46 - Ana: \u{200E}IMG-1.jpg (file attached)
    28/11/2026, 15:47 - Cy left
    28/11/2026, 15:48 - Ana: 28 of them
    28/11 is today
    28/11/2026, 15:49 - Bo: Thanks.

    """

  @Test func `messages, and what is passed over`() throws {
    let corpus = try read(Self.chat, .whatsapp)
    #expect(
      texts(corpus) == [
        "Bo: Hello?", "Ana: Hi.", "Ana: What is it?", "Bo: Milk\nand bread.", "Cy: Eggs.",
        "Ana: 28 of them\n28/11 is today", "Bo: Thanks.",
      ])
    #expect(corpus.places.sentence(of: 5).hasSuffix("chat, line 13"))
    #expect(
      corpus.notes.sentences == [
        "1 blank line was passed over.", "2 notices of the chat program were passed over.",
        "2 messages without text, such as pictures, were passed over.",
      ])
  }

  @Test func `answers of one person`() throws {
    let corpus = try read(Self.chat, .whatsapp, "Ana")
    #expect(
      texts(corpus) == ["Bo: Hello? Ana: Hi.\nWhat is it?", "Cy: Eggs. Ana: 28 of them\n28/11 is today"])
    #expect(corpus.places.sentence(of: 1).hasSuffix("chat, line 8"))
    #expect(corpus.notes.unansweredTurns == 2)
    #expect(corpus.notes.sentences.last == "2 turns without an answer of the chosen person were passed over.")
  }

  @Test func `messages of Telegram, of one chat and of all`() throws {
    let messages = """
      [{"id": 1, "type": "service", "actor": "Ana", "action": "create_group", "text": ""},
       {"id": 2, "type": "message", "from": "Bo", "text": "Hello"},
       {"id": 3, "type": "message", "from": "Ana", "text": ["See ", {"type": "bold", "text": "that"}, "!"]},
       {"id": 4, "type": "message", "from": "Bo", "photo": "a.jpg", "text": ""},
       {"id": 5, "type": "message", "from": null, "text": "gone"}]
      """
    let one = try read("{\n\"name\": \"Bo\", \"messages\": \(messages)}\n", .telegram)
    #expect(texts(one) == ["Bo: Hello", "Ana: See that!"])
    #expect(one.notes.notices == 1 && one.notes.messagesWithoutText == 1 && one.notes.missingFields == 1)
    #expect(one.places.sentence(of: 1).hasSuffix("chat, message 3"))
    let all = "{\"chats\": {\"list\": [{\"messages\": \(messages)}, {\"messages\": \(messages)}]}}"
    #expect(try texts(read(all, .telegram, "Ana")) == ["Bo: Hello Ana: See that!", "Bo: Hello Ana: See that!"])
  }

  @Test func `messages of Discord`() throws {
    let chat = """
      {"guild": {"name": "g"}, "messages": [
        {"id": "1", "type": "Default", "content": "Hello", "author": {"name": "bo", "nickname": "Bo"}},
        {"id": "2", "type": "Reply", "content": "Hi", "author": {"name": "Ana", "nickname": ""}},
        {"id": "3", "type": "GuildMemberJoin", "content": "Joined.", "author": {"name": "cy"}},
        {"id": "4", "type": "Default", "content": "", "author": {"name": "bo"}, "attachments": [{"id": "5"}]}
      ], "messageCount": 4}
      """
    let corpus = try read(chat, .discord)
    #expect(texts(corpus) == ["Bo: Hello", "Ana: Hi"])
    #expect(corpus.notes.notices == 1 && corpus.notes.messagesWithoutText == 1)
    #expect(try texts(read(chat, .discord, "Ana")) == ["Bo: Hello Ana: Hi"])
  }

  /// The file, the program, the name and the end of the message.
  private static let wrong: [(file: String, export: ChatExport, name: String?, message: String)] = [
    (
      "\nHello\n", .whatsapp, nil,
      "chat, line 2: expected a message of WhatsApp's export, such as “28/11/2026, 15:48 - Ana: Hello”, found \"Hello\"."
    ),
    (chat, .whatsapp, "Anna", "chat has no message of \"Anna\", only of \"Bo\", \"Ana\" and \"Cy\"; did you mean Ana?"),
    ("28/11/2026, 15:40 - Nobody joined\n", .whatsapp, nil, "there must be at least one line that is not blank."),
    ("{\"messages\": 1}", .telegram, nil, "chat is not a chat of Telegram: there is no array \"messages\". "),
    ("[]", .discord, nil, "chat is not a chat of Discord: there is no array \"messages\". "),
    ("{\n\"messages\": [}", .discord, nil, "chat, line 2, column 14: expected a value, found \"}\"."),
    (
      #"{"messages": [{"type": "message", "from": "A", "text": {}}]}"#, .telegram, nil,
      "chat, message 1: \"text\" must be a string, not an object."
    ),
    (
      #"{"messages": [{"type": "service"}, {"type": "Default", "content": "a"}]}"#, .discord, nil,
      "chat, message 2: \"author\" is missing."
    ),
    (
      #"{"messages": [{"type": "message", "from": null, "text": "a"}]}"#, .telegram, nil,
      "chat, message 1: there is no name of who wrote it."
    ),
  ]

  @Test(arguments: wrong)
  func `a wrong file or name`(file: String, export: ChatExport, name: String?, message: String) throws {
    let error = #expect(throws: CorpusError.self) { try read(file, export, name) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
