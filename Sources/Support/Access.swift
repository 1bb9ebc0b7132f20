/// Access to a property of `Root`, as a writable key path gives it. Embedded Swift, for which the page is compiled, has
/// no key paths at run time.
///
///     let layers: Access<ModelShape, Int> = { $1(&$0.layers) }
///     layers(&shape) { $0 = 2 }
package typealias Access<Root, Value> = @Sendable (_ root: inout Root, _ body: (inout Value) -> Void) -> Void

/// Returns the property of `root` to which `access` gives access.
package func value<Root, Value>(of root: Root, _ access: Access<Root, Value>) -> Value {
  var root = root
  var result: Value?
  access(&root) { result = $0 }
  guard let result else { preconditionFailure("the access did not call its body") }
  return result
}
