import Datasets
import GPT
import ModelFiles
import StrictJSON
import Support

extension Recipe {
  /// A setting of a recipe: its name in files, its value there, and its range.
  struct Field: Sendable {
    let name: String
    /// The name in sentences about checkpoints: that of the option of `swiftlet train`, or plain words where there is
    /// none.
    fileprivate(set) var label: String
    /// True if files leave the setting out where it has its default value.
    fileprivate(set) var isOptional = false
    let json: @Sendable (Recipe) -> JSON
    let read: @Sendable (JSON.Object, inout Recipe) throws(JSONError) -> Void
    /// Returns a sentence where the value is out of range.
    fileprivate(set) var problem: @Sendable (Recipe) -> String? = { _ in nil }

    fileprivate init(
      _ name: String, json: @escaping @Sendable (Recipe) -> JSON,
      read: @escaping @Sendable (JSON.Object, inout Recipe) throws(JSONError) -> Void
    ) {
      self.name = name
      label = "--" + name
      self.json = json
      self.read = read
    }
  }

  /// Every setting, in the order of files.
  static let fields: [Field] =
    ModelShape.fields.map(Field.init) + [
      .choice("initialization", { $1(&$0.initialization) }),
      .text("from", { $1(&$0.from) }),
      .integer("memory", { $1(&$0.memory) }, .atLeast(0)),
      .integer("steps", { $1(&$0.steps) }, .atLeast(0)),
      .integer("batch", { $1(&$0.batch) }, .from(1, to: 1 << 20)),
      .choice("optimizer", { $1(&$0.optimizer) }),
      .real("learning-rate", { $1(&$0.learningRate) }, .above(0)),
      .real("muon-rate", { $1(&$0.muonRate) }, .above(0)),
      .choice("schedule", { $1(&$0.schedule) }),
      .integer("warmup", { $1(&$0.warmup) }, .atLeast(0)),
      .real("beta1", { $1(&$0.beta1) }, .from(0, below: 1)),
      .real("beta2", { $1(&$0.beta2) }, .from(0, below: 1)),
      .real("epsilon", { $1(&$0.epsilon) }, .above(0)),
      .real("weight-decay", { $1(&$0.weightDecay) }, .atLeast(0)),
      .real("clip", { $1(&$0.clip) }, .above(0)),
      .integer("shards", { $1(&$0.shards) }, .atLeast(1)),
      .choice("order", { $1(&$0.order) }),
      .choice("long-documents", { $1(&$0.longDocuments) }, label: "the treatment of long documents"),
      .choice("weighting", { $1(&$0.weighting) }),
      .real("ngram-dropout", { $1(&$0.ngramDropout) }, .from(0, below: 1)),
      .real("embedding-dropout", { $1(&$0.embeddingDropout) }, .from(0, below: 1)).omittedByDefault(),
      .real("token-noise", { $1(&$0.tokenNoise) }, .from(0, below: 1)),
      .holdout("validation", { $1(&$0.holdout) }),
      .integer("seed", { $1(&$0.seed) }),
      .integer("evaluate-every", { $1(&$0.evaluateEvery) }, .atLeast(1)),
      .integer("patience", { $1(&$0.patience) }, .atLeast(1)),
    ]

  /// The settings that are options of `swiftlet train`.
  package static var optionNames: [String] { fields.map { $0.label }.filter { $0.hasPrefix("--") } }

  /// The settings in which this recipe (there) differs from `other` (here): `--batch is 16 there and 32 here`.
  func differences(from other: Recipe) -> [String] {
    Self.fields.compactMap { field in
      let (there, here) = (field.json(self), field.json(other))
      return here == there ? nil : "\(field.label) is \(there) there and \(here) here"
    }
  }
}

/// The values that a setting takes.
private struct Limits: Sendable {
  let description: String
  let contains: @Sendable (Double) -> Bool

  static func atLeast(_ lower: Int) -> Limits { Limits(description: "\(lower) or more") { $0 >= Double(lower) } }

  static func above(_ lower: Int) -> Limits { Limits(description: "above \(lower)") { $0 > Double(lower) } }

  static func from(_ lower: Int, to upper: Int) -> Limits {
    Limits(description: "from \(lower) to \(upper)") { Double(lower)...Double(upper) ~= $0 }
  }

  static func from(_ lower: Int, below upper: Int) -> Limits {
    Limits(description: "from \(lower) to below \(upper)") { Double(lower)..<Double(upper) ~= $0 }
  }
}

extension Recipe.Field {
  fileprivate typealias Path<Value> = Access<Recipe, Value>

  /// A field of the model's shape, whose range its configuration checks.
  fileprivate init(_ field: ModelShape.Field) {
    self.init(
      field.name, json: { field.json(of: $0.shape) },
      read: { (object, recipe) throws(JSONError) in try field.read(object, into: &recipe.shape) })
    isOptional = field.isOptionalInRecipes
  }

  /// This field, left out of files where it has its default value.
  fileprivate func omittedByDefault() -> Self {
    var field = self
    field.isOptional = true
    return field
  }

  /// This field with a check of its values, where it has any.
  private func limited(to limits: Limits, _ value: @escaping @Sendable (Recipe) -> Double?) -> Self {
    var field = self
    let words = name == "evaluate-every" ? name : String(name.map { $0 == "-" ? " " : $0 })
    field.problem = { recipe in
      guard let number = value(recipe), !limits.contains(number) || !number.isFinite else { return nil }
      let isWhole = number == number.rounded() && number.magnitude < 1e15
      return "The \(words) is \(isWhole ? "\(Int64(number))" : "\(number)"); it must be \(limits.description)."
    }
    return field
  }

  fileprivate static func integer(_ name: String, _ path: @escaping Path<Int>, _ limits: Limits) -> Self {
    Self(
      name, json: { .integer(value(of: $0, path)) },
      read: { (object, recipe) throws(JSONError) in
        let number: Int = try object.integer(name)
        path(&recipe) { $0 = number }
      }
    ).limited(to: limits) { Double(value(of: $0, path)) }
  }

  fileprivate static func integer(_ name: String, _ path: @escaping Path<UInt64>) -> Self {
    Self(
      name, json: { .integer(value(of: $0, path)) },
      read: { (object, recipe) throws(JSONError) in
        let number = try object.integer(name, as: UInt64.self)
        path(&recipe) { $0 = number }
      })
  }

  fileprivate static func real(_ name: String, _ path: @escaping Path<Double>, _ limits: Limits) -> Self {
    Self(
      name, json: { .real(value(of: $0, path)) },
      read: { (object, recipe) throws(JSONError) in
        let number = try object.double(name)
        path(&recipe) { $0 = number }
      }
    ).limited(to: limits) { value(of: $0, path) }
  }

  fileprivate static func choice<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ path: @escaping Path<Choice>, label: String? = nil
  ) -> Self {
    var field = Self(
      name, json: { .string(value(of: $0, path).rawValue) },
      read: { (object, recipe) throws(JSONError) in
        let choice: Choice = try object.choice(name)
        path(&recipe) { $0 = choice }
      })
    field.label = label ?? field.label
    return field
  }

  /// A setting that may be `nil`, which is `null` in files.
  private static func optional<Value>(
    _ name: String, _ path: @escaping Path<Value?>, json: @escaping @Sendable (Value) -> JSON,
    read: @escaping @Sendable (String, JSON.Object) throws(JSONError) -> Value
  ) -> Self {
    Self(
      name, json: { value(of: $0, path).map(json) ?? .null },
      read: { (object, recipe) throws(JSONError) in
        let value = object[name] == .null ? nil : try read(name, object)
        path(&recipe) { $0 = value }
      })
  }

  fileprivate static func integer(_ name: String, _ path: @escaping Path<Int?>, _ limits: Limits) -> Self {
    optional(name, path, json: { .integer($0) }, read: { (name, object) throws(JSONError) in try object.integer(name) })
      .limited(to: limits) { value(of: $0, path).map(Double.init) }
  }

  fileprivate static func real(_ name: String, _ path: @escaping Path<Double?>, _ limits: Limits) -> Self {
    optional(name, path, json: { .real($0) }, read: { (name, object) throws(JSONError) in try object.double(name) })
      .limited(to: limits) { value(of: $0, path) }
  }

  fileprivate static func text(_ name: String, _ path: @escaping Path<String?>) -> Self {
    optional(name, path, json: { .string($0) }, read: { (name, object) throws(JSONError) in try object.string(name) })
  }

  /// A number below 1 is a fraction and a whole one a count; the other cases are words.
  fileprivate static func holdout(_ name: String, _ path: @escaping Path<Holdout>) -> Self {
    let words: [(String, Holdout)] = [("none", .none), ("automatic", .automatic), ("separate", .separate)]
    return Self(
      name,
      json: { recipe in
        switch value(of: recipe, path) {
        case .fraction(let part): .real(part)
        case .count(let count): .integer(count)
        case let word: .string(words.first { $0.1 == word }?.0 ?? "none")
        }
      },
      read: { (object, recipe) throws(JSONError) in
        if let number = object[name]?.number {
          let holdout = number.integer().map(Holdout.count) ?? .fraction(number.double)
          path(&recipe) { $0 = holdout }
        } else {
          let value = try object.string(name)
          guard let word = words.first(where: { $0.0 == value }) else {
            throw JSONError(
              "\(JSON.quoted(name)) is \(JSON.quoted(value)); it must be a number, none, automatic or separate")
          }
          path(&recipe) { $0 = word.1 }
        }
      })
  }
}
