import Support

/// The conversion of an argument to the value of a property.
struct ValueReader<Value> {
  let valueName: String
  let choices: [String]
  let limits: String?
  let isRepeating: Bool
  /// Returns the new value, given the argument and the previous value, to which a repeating argument is added.
  let read: (String, Value?) throws(Refusal) -> Value
}

/// The requirement that an argument does not meet.
struct Refusal: Error {
  let expectation: String

  init(expectation: String, nearest: String? = nil) {
    self.expectation = expectation + (nearest.map { "; did you mean \($0)?" } ?? "")
  }
}

extension ValueReader {
  /// The reader of a property with one value.
  init(one limits: Limits<Value>?, valueName: String?) where Value: ExpressibleByArgument {
    self.init(Value.self, limits, valueName, isRepeating: false) { element, _ in element }
  }

  /// The reader of an optional property.
  init<Element: ExpressibleByArgument>(optional limits: Limits<Element>?, valueName: String?) where Value == Element? {
    self.init(Element.self, limits, valueName, isRepeating: false) { element, _ in element }
  }

  /// The reader of a property that collects values.
  init<Element: ExpressibleByArgument>(many limits: Limits<Element>?, valueName: String?) where Value == [Element] {
    self.init(Element.self, limits, valueName, isRepeating: true) { element, previous in (previous ?? []) + [element] }
  }

  private init<Element: ExpressibleByArgument>(
    _ type: Element.Type, _ limits: Limits<Element>?, _ valueName: String?, isRepeating: Bool,
    join: @escaping (Element, Value?) -> Value
  ) {
    self.valueName = valueName ?? Element.valueName
    choices = Element.allValueStrings
    self.limits = limits?.description
    self.isRepeating = isRepeating
    read = { (text, previous) throws(Refusal) in
      guard let element = Element(argument: text) else {
        throw Refusal(expectation: Element.expectation, nearest: nearest(to: text, among: Element.allValueStrings))
      }
      if let limits, !limits.contains(element) { throw Refusal(expectation: "must be \(limits.description)") }
      return join(element, previous)
    }
  }
}
