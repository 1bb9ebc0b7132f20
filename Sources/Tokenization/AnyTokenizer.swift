/// A tokenizer of any kind. Embedded Swift can hold no value of a protocol's type; pages have a struct in its place.
package typealias AnyTokenizer = any Tokenizer

extension Tokenizer {
  /// This tokenizer, as one of any kind.
  package var erased: AnyTokenizer { self }
}
