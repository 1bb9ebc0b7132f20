/// The interface of the standard library's `Mutex`, which Embedded Swift lacks here. A page has one thread.
package final class Mutex<Value: ~Copyable>: @unchecked Sendable {
  private var value: Value

  package init(_ value: consuming sending Value) { self.value = value }

  package func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(&value)
  }
}
