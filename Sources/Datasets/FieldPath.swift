import StrictJSON
import Support

/// The place of texts in a JSON object: `text`, `user.name`, `messages[].content`.
struct FieldPath {
  enum Step: Equatable {
    case key(String)
    /// Every element of an array.
    case elements
  }

  let text: String
  let steps: [Step]

  init(_ text: String) {
    self.text = text
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      var key = part
      var depth = 0
      while key.hasSuffix("[]") {
        key = key.dropLast(2)
        depth += 1
      }
      if !key.isEmpty || depth == 0 { steps.append(.key(String(key))) }
      steps += repeatElement(.elements, count: depth)
    }
    self.steps = steps
  }

  /// The path of the first `count` steps.
  func prefix(_ count: Int) -> String {
    steps.prefix(count).reduce("") { path, step in
      switch step {
      case .elements: path + "[]"
      case .key(let key): path.isEmpty ? key : "\(path).\(key)"
      }
    }
  }

  /// A path to texts of an object, with one of them.
  struct Example {
    let path: String
    let text: String

    /// `user.name ("Anna")`
    var description: String { "\(path.escapingInvisibles) (\(text.asExample))" }
  }

  /// The paths to the texts of `value`, each with the first text.
  static func examples(in value: JSON, at path: String = "", depth: Int = 0) -> [Example] {
    switch value {
    case .string(let text): return [Example(path: path, text: text)]
    case .array(let elements):
      return elements.first.map { examples(in: $0, at: path + "[]", depth: depth + 1) } ?? []
    case .object(let object) where depth < 8:
      return object.members.flatMap { member -> [Example] in
        // Such a key can be given only by itself.
        let isPlain = !member.key.isEmpty && !member.key.contains { ".[]".contains($0) }
        if !isPlain {
          return depth == 0 && member.value.string != nil ? examples(in: member.value, at: member.key) : []
        }
        return examples(in: member.value, at: path.isEmpty ? member.key : "\(path).\(member.key)", depth: depth + 1)
      }
    default: return []
    }
  }
}

extension String {
  /// The start of the text between quotes, for a list of columns or fields.
  var asExample: String {
    let scalars = unicodeScalars
    let start = String(Substring(scalars.prefix(24))).escapingInvisibles
    return scalars.dropFirst(24).isEmpty ? "\"\(start)\"" : "\"\(start)…\""
  }
}

extension [String] {
  /// `a`, `a and b`, `a, b and c`; the first eight of more.
  var asList: String {
    if count > 8 { return prefix(8).joined(separator: ", ") + " …" }
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}
