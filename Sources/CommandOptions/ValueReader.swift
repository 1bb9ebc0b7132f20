import Support

/// How the text of an argument becomes, or joins, the value of a property.
struct ValueReader<Value> {
  let valueName: String
  let choices: [String]
  let limits: String?
  let isRepeating: Bool
  /// The new value from the argument and, where arguments repeat, the value so far.
  let read: (String, Value?) throws(Refusal) -> Value
}

/// Why an argument is not a value: what it must be.
struct Refusal: Error {
  let expectation: String

  init(expectation: String, nearest: String? = nil) {
    self.expectation = expectation + (nearest.map { "; did you mean \($0)?" } ?? "")
  }
}

extension ValueReader {
  /// A property that holds one value.
  init(one limits: Limits<Value>?, valueName: String?) where Value: ExpressibleByArgument {
    self.init(Value.self, limits, valueName, isRepeating: false) { element, _ in element }
  }

  /// A property that may hold no value.
  init<Element: ExpressibleByArgument>(optional limits: Limits<Element>?, valueName: String?) where Value == Element? {
    self.init(Element.self, limits, valueName, isRepeating: false) { element, _ in element }
  }

  /// A property that gathers values.
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
