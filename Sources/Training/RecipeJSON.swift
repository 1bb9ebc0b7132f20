import Datasets
import StrictJSON

/// A recipe in writing: what model files say of how a model was trained, each choice by the name of its option.
extension Recipe {
  package var json: JSON.Object {
    var object = JSON.Object()
    for field in Self.fields { object[field.name] = field.read(self) }
    return object
  }

  /// Reads what `json` wrote. Every choice must be there, and none that this version does not know.
  package init(_ object: JSON.Object) throws(JSONError) {
    try object.refuseMembers(otherThan: Self.fields.map(\.name))
    for field in Self.fields { try field.write(&self, object) }
  }

  /// What makes this (there) another recipe than `other` (here): `--batch is 16 there and 32 here`.
  func differences(from other: Recipe) -> [String] {
    Self.fields.compactMap { field in
      let (there, here) = (field.read(self), field.read(other))
      return here == there ? nil : "--\(field.name) is \(there) there and \(here) here"
    }
  }

  private struct Field: Sendable {
    let name: String
    let read: @Sendable (Recipe) -> JSON
    let write: @Sendable (inout Recipe, JSON.Object) throws(JSONError) -> Void
  }

  private typealias Path<Value> = WritableKeyPath<Recipe, Value> & Sendable

  private static let fields: [Field] = [
    whole("layers", \.layers), whole("embedding", \.embedding), whole("heads", \.heads), whole("context", \.context),
    choice("activation", \.activation), whole("bigrams", \.bigrams), whole("trigrams", \.trigrams),
    Field(
      name: "from", read: { $0.from.map(JSON.string) ?? .null },
      write: { (recipe, object) throws(JSONError) in
        recipe.from = object["from"] == .null ? nil : try object.string("from")
      }),
    whole("steps", \.steps), whole("batch", \.batch), real("learning-rate", \.learningRate),
    choice("schedule", \.schedule), whole("warmup", \.warmup), real("beta1", \.beta1), real("beta2", \.beta2),
    real("epsilon", \.epsilon), real("weight-decay", \.weightDecay), optionalReal("clip", \.clip),
    whole("shards", \.shards),
    choice("order", \.order), choice("long-documents", \.longDocuments), choice("weighting", \.weighting),
    real("ngram-dropout", \.ngramDropout),
    real("token-noise", \.tokenNoise),
    holdout("validation", \.holdout),
    Field(
      name: "seed", read: { .integer($0.seed) },
      write: { (recipe, object) throws(JSONError) in recipe.seed = try object.integer("seed", as: UInt64.self) }),
    whole("evaluate-every", \.evaluateEvery), optionalWhole("patience", \.patience),
  ]

  private static func whole(_ name: String, _ path: Path<Int>) -> Field {
    Field(
      name: name, read: { .integer($0[keyPath: path]) },
      write: { (recipe, object) throws(JSONError) in recipe[keyPath: path] = try object.integer(name) })
  }

  private static func real(_ name: String, _ path: Path<Double>) -> Field {
    Field(
      name: name, read: { .real($0[keyPath: path]) },
      write: { (recipe, object) throws(JSONError) in recipe[keyPath: path] = try object.double(name) })
  }

  private static func optionalWhole(_ name: String, _ path: Path<Int?>) -> Field {
    Field(
      name: name, read: { $0[keyPath: path].map { .integer($0) } ?? .null },
      write: { (recipe, object) throws(JSONError) in
        recipe[keyPath: path] = object[name] == .null ? nil : try object.integer(name)
      })
  }

  private static func optionalReal(_ name: String, _ path: Path<Double?>) -> Field {
    Field(
      name: name, read: { $0[keyPath: path].map(JSON.real) ?? .null },
      write: { (recipe, object) throws(JSONError) in
        recipe[keyPath: path] = object[name] == .null ? nil : try object.double(name)
      })
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ path: Path<Choice>
  ) -> Field {
    Field(
      name: name, read: { .string($0[keyPath: path].rawValue) },
      write: { (recipe, object) throws(JSONError) in
        recipe[keyPath: path] = try object.choice(name)
      })
  }

  /// A number below 1 is a part, a whole one a count, and a word one of the others.
  private static func holdout(_ name: String, _ path: Path<Holdout>) -> Field {
    let words: [(String, Holdout)] = [("none", .none), ("automatic", .automatic), ("separate", .separate)]
    return Field(
      name: name,
      read: { recipe in
        switch recipe[keyPath: path] {
        case .fraction(let part): .real(part)
        case .count(let count): .integer(count)
        case let word: .string(words.first { $0.1 == word }?.0 ?? "none")
        }
      },
      write: { (recipe, object) throws(JSONError) in
        if let number = object[name]?.number {
          recipe[keyPath: path] = number.integer().map(Holdout.count) ?? .fraction(number.double)
        } else {
          let value = try object.string(name)
          guard let word = words.first(where: { $0.0 == value }) else {
            throw JSONError("\(JSON.quoted(name)) is \(JSON.quoted(value)), which means nothing here")
          }
          recipe[keyPath: path] = word.1
        }
      })
  }
}
