/// The allowed values of an option, with a description for the help and for errors.
///
///     @Option(in: .atLeast(0), help: "The number of training steps.") var steps = 1000
///
///     swiftlet train names.txt --steps -5
///     swiftlet: --steps -5: must be 0 or more
package struct Limits<Value> {
  package let description: String
  let contains: (Value) -> Bool
}

extension Limits where Value: Comparable & ExpressibleByArgument {
  package static func atLeast(_ lower: Value) -> Limits {
    Limits(description: "\(lower.defaultValueDescription) or more") { $0 >= lower }
  }

  package static func moreThan(_ lower: Value) -> Limits {
    Limits(description: "more than \(lower.defaultValueDescription)") { $0 > lower }
  }

  package static func moreThan(_ lower: Value, to upper: Value) -> Limits {
    Limits(description: "more than \(lower.defaultValueDescription) and at most \(upper.defaultValueDescription)") {
      $0 > lower && $0 <= upper
    }
  }

  package static func from(_ lower: Value, to upper: Value) -> Limits {
    Limits(description: "from \(lower.defaultValueDescription) to \(upper.defaultValueDescription)") {
      $0 >= lower && $0 <= upper
    }
  }

  package static func from(_ lower: Value, below upper: Value) -> Limits {
    Limits(description: "at least \(lower.defaultValueDescription) and below \(upper.defaultValueDescription)") {
      $0 >= lower && $0 < upper
    }
  }
}
