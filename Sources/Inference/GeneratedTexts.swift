import Tokenization

/// Why a text is no longer than it is.
public enum Ending: Sendable, Equatable {
  /// The model said that it is complete.
  case boundary
  /// It contains the text that was to end it.
  case stop
  /// It has as many tokens as were asked for.
  case limit
  /// It fills the model's context.
  case context

  /// Whether the text was meant to end here.
  public var isComplete: Bool { self == .boundary || self == .stop }
}

/// Generated texts as tokens: the prompt's and those that follow, without boundaries.
package struct GeneratedTexts: Sendable {
  private struct Place {
    var start = 0
    var count = 0
    var ending = Ending.boundary
  }

  private var tokens: [TokenID] = []
  private var places: [Place]

  init(count: Int) { places = Array(repeating: Place(), count: count) }

  package var count: Int { places.count }

  package subscript(index: Int) -> Span<TokenID> {
    @_lifetime(borrow self)
    get {
      let place = places[index]
      return tokens.span.extracting(place.start..<place.start + place.count)
    }
  }

  package func ending(_ index: Int) -> Ending { places[index].ending }

  /// Puts a text in the place of number `index`.
  mutating func set(_ index: Int, to text: ArraySlice<TokenID>, _ ending: Ending) {
    places[index] = Place(start: tokens.count, count: text.count, ending: ending)
    tokens.append(contentsOf: text)
  }

  mutating func append(_ others: GeneratedTexts) {
    let offset = tokens.count
    tokens.append(contentsOf: others.tokens)
    places.append(
      contentsOf: others.places.lazy.map { Place(start: offset + $0.start, count: $0.count, ending: $0.ending) })
  }
}
