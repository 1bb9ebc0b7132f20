/// Options under a title of their own in the help, which several commands can share.
///
///     @OptionGroup(title: "Sampling") var sampling: SamplingOptions
///     @OptionGroup(title: "Advanced", isLast: true) var advanced: AdvancedOptions
@propertyWrapper
package final class OptionGroup<Value: ParsableArguments>: DeclaredGroup {
  package let wrappedValue = Value()
  let title: String
  let isLast: Bool
  var group: any ParsableArguments { wrappedValue }

  /// Creates a group. Groups with the same title share one section of the help; one with `isLast` follows all others.
  package init(title: String, isLast: Bool = false) {
    self.title = title
    self.isLast = isLast
  }
}

protocol DeclaredGroup: AnyObject {
  var title: String { get }
  var isLast: Bool { get }
  var group: any ParsableArguments { get }
}
