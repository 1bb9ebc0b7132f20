/// What a command takes, as a table: parsing, help, manual pages and completions all come from it.
package struct CommandTable: Sendable {
  /// The whole command as typed: `swiftlet train`.
  package let path: String
  package let configuration: CommandConfiguration
  package let sections: [Section]

  package struct Section: Sendable {
    package let title: String
    package let parameters: [Parameter]

    init(title: String, parameters: [Parameter]) {
      self.title = title
      self.parameters = parameters
    }

    /// The options of a table alone.
    package init(title: String, options: [NamedOption]) {
      self.init(title: title, parameters: options.map(\.parameter))
    }
  }

  package init(of command: any ParsableCommand.Type, path: String) {
    self.init(Declarations(command.init()), configuration: command.configuration, path: path)
  }

  init(_ declarations: Declarations, configuration: CommandConfiguration, path: String) {
    self.path = path
    self.configuration = configuration
    var sections: [Section] = []
    for (title, members) in declarations.sections {
      let (arguments, options) = (members.filter(\.isArgument), members.filter { !$0.isArgument })
      if !arguments.isEmpty {
        sections.insert(Section(title: "Arguments", parameters: arguments.map(\.parameter)), at: 0)
      }
      if !options.isEmpty { sections.append(Section(title: title, parameters: options.map(\.parameter))) }
    }
    self.sections = sections
  }

  package var parameters: [Parameter] { sections.flatMap(\.parameters) }
}

/// The declared properties of a command, found by reflection in the order in which they stand.
struct Declarations {
  struct Member {
    let parameter: Parameter
    let property: any Declared

    var isArgument: Bool { parameter.kind == .argument }
  }

  private(set) var sections: [(title: String, members: [Member])] = []
  private(set) var groups: [any ParsableArguments] = []

  init(_ command: any ParsableArguments) {
    add(command, title: "Options")
  }

  var members: [Member] { sections.flatMap(\.members) }

  private mutating func add(_ arguments: any ParsableArguments, title: String) {
    groups.append(arguments)
    var members: [Member] = []
    var inner: [any DeclaredGroup] = []
    for child in Mirror(reflecting: arguments).children {
      // The storage of a wrapped property is called like the property, with an underscore before it.
      let property = String(child.label?.dropFirst() ?? "")
      if let declared = child.value as? any Declared {
        members.append(Member(parameter: declared.parameter(property: property), property: declared))
      } else if let table = child.value as? any DeclaredTable {
        members += table.declared.map { Member(parameter: $0.parameter(property: property), property: $0) }
      } else if let group = child.value as? any DeclaredGroup {
        inner.append(group)
      }
    }
    sections.append((title, members))
    for group in inner { add(group.group, title: group.title) }
  }
}
