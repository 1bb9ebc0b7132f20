/// Options that stand together under a title in the help, and that several commands can share.
@propertyWrapper
public final class OptionGroup<Value: ParsableArguments>: DeclaredGroup {
  public let wrappedValue = Value()
  let title: String
  var group: any ParsableArguments { wrappedValue }

  public init(title: String) { self.title = title }
}

protocol DeclaredGroup: AnyObject {
  var title: String { get }
  var group: any ParsableArguments { get }
}
