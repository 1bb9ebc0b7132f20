import Files
import StrictJSON
import Support
import Tokenization

extension CorpusReader {
  // MARK: WhatsApp

  /// Reads the lines of WhatsApp's export. A line without date and time continues the message before it.
  mutating func readWhatsApp(_ lines: inout LineReader, answersBy name: String?) throws(ReadingError) {
    let path = lines.path.escapingInvisibles
    var conversation = Conversation(answersBy: name)
    var hasBegun = false
    var message: (speaker: String, text: String, line: Int)?
    var blankLines = 0
    try eachLine(of: &lines) { (reader, line, number) throws(ReadingError) in
      if line.isBlank {
        blankLines += 1
      } else if let next = WhatsAppLine(line) {
        reader.notes.blankLines += blankLines
        try reader.append(&message, to: &conversation)
        switch next {
        case .message(let speaker, let text): message = (speaker, text, number)
        case .attachment: reader.notes.messagesWithoutText += 1
        case .notice: reader.notes.notices += 1
        }
        (hasBegun, blankLines) = (true, 0)
      } else {
        let text = String(decoding: Array(copying: line), as: UTF8.self)
        guard hasBegun else {
          throw CorpusError(
            "\(path), line \(number): expected a message of WhatsApp's export, such as “28/11/2026, 15:48 - Ana: Hello”, "
              + "found \(text.asExample).")
        }
        // Of a notice or a picture nothing is kept, also not its further lines.
        message?.text += String(repeating: "\n", count: blankLines + 1) + text
        blankLines = 0
      }
    }
    notes.blankLines += blankLines
    try append(&message, to: &conversation)
    try end(&conversation)
    try finish(conversation, answersBy: name, path)
  }

  private mutating func append(
    _ message: inout (speaker: String, text: String, line: Int)?, to conversation: inout Conversation
  ) throws(CorpusError) {
    guard let whole = message else { return }
    message = nil
    try append(conversation.add(whole.text, by: whole.speaker, at: whole.line))
  }

  // MARK: Telegram

  /// Reads Telegram's `result.json`, of one chat or of all.
  mutating func readTelegram(_ lines: inout LineReader, answersBy name: String?) throws(ReadingError) {
    let path = lines.path.escapingInvisibles
    guard let value = try wholeJSON(&lines) else { return }
    let chats = value.object?["chats"]?.object?["list"]?.array ?? [value]
    var conversation = Conversation(answersBy: name)
    places.unit = .message
    places.number = 0
    for chat in chats {
      guard let messages = chat.object?["messages"]?.array else { throw CorpusError.noMessages(of: "Telegram", path) }
      for message in messages {
        places.number += 1
        try append(try telegramMessage(message, path), to: &conversation)
      }
      try end(&conversation)
    }
    try finish(conversation, answersBy: name, path)
  }

  /// Returns who wrote a message, and its text; `nil` for one that has none, which is counted.
  private mutating func telegramMessage(
    _ message: JSON, _ path: String
  ) throws(CorpusError) -> (speaker: String, text: String)? {
    do throws(JSONError) {
      guard let object = message.object else { throw JSONError("a message must be an object, not \(message.kind)") }
      guard try object.string("type") == "message" else {
        notes.notices += 1
        return nil
      }
      var text = ""
      if let parts = object["text"]?.array {
        // Links and bold text are objects with a text of their own.
        for part in parts {
          if let object = part.object { text += try object.string("text") } else { text += part.string ?? "" }
        }
      } else {
        text = try object.string("text")
      }
      return written(text, by: object["from"]?.string, path)
    } catch {
      throw CorpusError("\(path), message \(places.number): \(error.problem).")
    }
  }

  // MARK: Discord

  /// Reads the JSON of DiscordChatExporter.
  mutating func readDiscord(_ lines: inout LineReader, answersBy name: String?) throws(ReadingError) {
    let path = lines.path.escapingInvisibles
    guard let value = try wholeJSON(&lines) else { return }
    guard let messages = value.object?["messages"]?.array else { throw CorpusError.noMessages(of: "Discord", path) }
    var conversation = Conversation(answersBy: name)
    places.unit = .message
    for (index, message) in messages.enumerated() {
      places.number = index + 1
      try append(try discordMessage(message, path), to: &conversation)
    }
    try end(&conversation)
    try finish(conversation, answersBy: name, path)
  }

  private mutating func discordMessage(
    _ message: JSON, _ path: String
  ) throws(CorpusError) -> (speaker: String, text: String)? {
    do throws(JSONError) {
      guard let object = message.object else { throw JSONError("a message must be an object, not \(message.kind)") }
      let type = try object.string("type")
      guard type == "Default" || type == "Reply" else {
        notes.notices += 1
        return nil
      }
      let author = try object.object("author")
      let nickname = author["nickname"]?.string ?? ""
      return written(
        try object.string("content"), by: nickname.isEmpty ? author["name"]?.string : nickname, path)
    } catch {
      throw CorpusError("\(path), message \(places.number): \(error.problem).")
    }
  }

  // MARK: Documents

  /// Returns a message that has a text and the name of its author; counts another.
  private mutating func written(
    _ text: String, by speaker: String?, _ path: String
  ) -> (speaker: String, text: String)? {
    if Array(text.utf8).span.isBlank {
      notes.messagesWithoutText += 1
    } else if let speaker, !Array(speaker.utf8).span.isBlank {
      return (speaker, text)
    } else {
      let number = places.number
      passOver(CorpusError("\(path), message \(number): there is no name of who wrote it."))
    }
    return nil
  }

  private mutating func append(
    _ message: (speaker: String, text: String)?, to conversation: inout Conversation
  ) throws(CorpusError) {
    guard let message else { return }
    let number = places.number
    try append(conversation.add(message.text, by: message.speaker, at: number))
    places.number = number
  }

  private mutating func end(_ conversation: inout Conversation) throws(CorpusError) {
    let number = places.number
    try append(conversation.end())
    places.number = number
  }

  private mutating func append(_ document: Conversation.Document?) throws(CorpusError) {
    guard let document else { return }
    places.number = document.number
    try append(Array(document.text.utf8).span)
  }

  /// Counts what is in no document, and refuses a name that nobody has.
  private mutating func finish(
    _ conversation: Conversation, answersBy name: String?, _ path: String
  ) throws(CorpusError) {
    notes.unansweredTurns += conversation.unansweredTurns
    guard let name, !conversation.speakers.isEmpty, !conversation.speakers.contains(name) else { return }
    let close = nearest(to: name, among: conversation.speakers)
    throw CorpusError(
      "\(path) has no message of \(name.asExample), only of \(conversation.speakers.map { $0.asExample }.asList)"
        + (close.map { "; did you mean \($0.escapingInvisibles)?" } ?? "."))
  }
}

extension CorpusError {
  fileprivate static func noMessages(of program: String, _ path: String) -> CorpusError {
    CorpusError(
      "\(path) is not a chat of \(program): there is no array \"messages\". Export the chat as JSON, or choose another "
        + "--documents.")
  }
}
