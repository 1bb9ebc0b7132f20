/// The messages of a chat on their way to documents: each by itself, or the answers of one person, each after what it
/// answers.
///
/// A turn is all that one person writes before another does. An answer and the turn before it are one document, so that
/// no turn is in two: `Bo: Hello Ana: Hi`.
struct Conversation {
  /// A turn, which a message begins at a line or an element of its file.
  private struct Turn {
    let speaker: String
    var text: String
    let number: Int
  }

  /// A document, and the number of the line or element where it begins.
  struct Document {
    let text: String
    let number: Int
  }

  private let answering: String?
  /// The turn that further messages may extend.
  private var present: Turn?
  /// The turn before it, if the present one may be its answer.
  private var question: Turn?
  /// The turns that are in no document.
  private(set) var unansweredTurns = 0
  /// The names of all who wrote, in the order of their first messages.
  private(set) var speakers: [String] = []

  init(answersBy name: String?) { answering = name }

  /// Adds a message, and returns the document that is complete with it.
  mutating func add(_ text: String, by speaker: String, at number: Int) -> Document? {
    if speakers.last != speaker && !speakers.contains(speaker) { speakers.append(speaker) }
    guard answering != nil else { return Document(text: "\(speaker): \(text)", number: number) }
    if present?.speaker == speaker {
      present?.text += "\n" + text
      return nil
    }
    defer { present = Turn(speaker: speaker, text: text, number: number) }
    return finishTurn()
  }

  /// Ends a chat, and returns the document that is complete with it.
  mutating func end() -> Document? {
    defer {
      if question != nil { unansweredTurns += 1 }
      (present, question) = (nil, nil)
    }
    return finishTurn()
  }

  private mutating func finishTurn() -> Document? {
    guard let turn = present else { return nil }
    let before = question
    question = nil
    if turn.speaker == answering, let before {
      return Document(
        text: "\(before.speaker): \(before.text) \(turn.speaker): \(turn.text)", number: before.number)
    }
    if before != nil { unansweredTurns += 1 }
    if turn.speaker == answering { unansweredTurns += 1 } else { question = turn }
    return nil
  }
}
