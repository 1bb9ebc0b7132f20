/// Options that stand together under a title in the help, and that several commands can share.
@propertyWrapper
package final class OptionGroup<Value: ParsableArguments>: DeclaredGroup {
  package let wrappedValue = Value()
  let title: String
  var group: any ParsableArguments { wrappedValue }

  package init(title: String) { self.title = title }
}

protocol DeclaredGroup: AnyObject {
  var title: String { get }
  var group: any ParsableArguments { get }
}
