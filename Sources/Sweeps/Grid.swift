/// A setting and its values in a sweep: `layers=1,2` or `seed=1..20`.
package struct Variation: Sendable, Equatable {
  package let name: String
  package let values: [String]

  package init(_ name: String, _ values: [String]) {
    self.name = name
    self.values = values
  }

  /// Reads `NAME=VALUE,VALUE…`, with `FIRST..LAST` for whole numbers. Returns `nil` for anything else and for repeated
  /// values.
  package init?(_ text: String) {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else { return nil }
    var values: [String] = []
    for word in text[text.index(after: sign)...].split(separator: ",", omittingEmptySubsequences: false) {
      guard let some = Self.values(String(word)) else { return nil }
      values += some
    }
    guard Set(values).count == values.count else { return nil }
    self.init(String(text[..<sign]), values)
  }

  private static func values(_ word: String) -> [String]? {
    guard let dots = word.firstRange(of: "..") else { return word.isEmpty ? nil : [word] }
    guard let first = Int(word[..<dots.lowerBound]), let last = Int(word[dots.upperBound...]), first <= last else {
      return nil
    }
    let (difference, isTooLarge) = last.subtractingReportingOverflow(first)
    guard !isTooLarge && difference < Grid.limit else { return nil }
    return (first...last).map { String($0) }
  }
}

/// Every combination of the values of some settings. The last setting changes fastest.
package struct Grid: Sendable {
  /// One combination.
  package typealias Point = [Setting]

  package struct Setting: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The largest number of points.
  package static let limit = 1_000_000

  package let points: [Point]

  /// Returns `nil` for more points than the limit.
  package init?(_ variations: [Variation]) {
    var count = 1
    for variation in variations {
      count = count.multipliedReportingOverflow(by: variation.values.count).partialValue
      guard count <= Self.limit else { return nil }
    }
    points = variations.reduce([[]]) { points, variation in
      points.flatMap { point in variation.values.map { point + [Setting(name: variation.name, value: $0)] } }
    }
  }
}

/// The part of a sweep for one of several machines: `3/8` is the third of eight.
package struct Part: Sendable, Equatable {
  package let number: Int
  package let count: Int

  package init?(_ number: Int, of count: Int) {
    guard 1...10_000 ~= count, 1...count ~= number else { return nil }
    self.number = number
    self.count = count
  }

  package init?(_ text: String) {
    let words = text.split(separator: "/", omittingEmptySubsequences: false)
    guard words.count == 2, let number = Int(words[0]), let count = Int(words[1]) else { return nil }
    self.init(number, of: count)
  }

  /// True if point `index` belongs to the part.
  package func has(_ index: Int) -> Bool { index % count == number - 1 }
}
