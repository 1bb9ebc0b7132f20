import Synchronization
import Tokenization

/// A pool of objects that one thread at a time may use.
final class Pool<Element: Sendable>: Sendable {
  private let idle = Mutex<[Element]>([])
  private let make: @Sendable () throws(TokenizerError) -> Element

  init(_ first: Element, more make: @escaping @Sendable () throws(TokenizerError) -> Element) {
    self.make = make
    idle.withLock { $0.append(first) }
  }

  /// Returns an idle element or a new one. The caller gives it back with `put`.
  func take() throws(TokenizerError) -> Element {
    if let element = idle.withLock({ $0.popLast() }) { return element }
    return try make()
  }

  func put(_ element: Element) {
    idle.withLock { $0.append(element) }
  }
}
