/// The arguments and options of a command: the one source of parsing, help, manual pages and completions.
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

    /// Creates a section from named options alone.
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
    let arguments = Section(title: "Arguments", parameters: declarations.members.filter(\.isArgument).map(\.parameter))
    let options = declarations.sections.map { section in
      Section(title: section.title, parameters: section.members.filter { !$0.isArgument }.map(\.parameter))
    }
    sections = ([arguments] + options).filter { !$0.parameters.isEmpty }
  }

  package var parameters: [Parameter] { sections.flatMap(\.parameters) }
}

/// The declared properties of a command, found by reflection, in the order of their declaration.
struct Declarations {
  struct Member {
    let parameter: Parameter
    let property: any Declared

    var isArgument: Bool { parameter.kind == .argument }
  }

  struct Section {
    let title: String
    let isLast: Bool
    var members: [Member]
  }

  /// The options by title; the sections that come last are at the end.
  private(set) var sections: [Section] = []
  private(set) var groups: [any ParsableArguments] = []

  init(_ command: any ParsableArguments) {
    add(command, title: "Options", isLast: false)
    sections = sections.filter { !$0.isLast } + sections.filter(\.isLast)
  }

  var members: [Member] { sections.flatMap(\.members) }

  private mutating func add(_ arguments: any ParsableArguments, title: String, isLast: Bool) {
    groups.append(arguments)
    var members: [Member] = []
    var inner: [any DeclaredGroup] = []
    for child in Mirror(reflecting: arguments).children {
      // The storage of a wrapped property has the property's name after an underscore.
      let property = String(child.label?.dropFirst() ?? "")
      if let declared = child.value as? any Declared {
        members.append(Member(parameter: declared.parameter(property: property), property: declared))
      } else if let table = child.value as? any DeclaredTable {
        members += table.declared.map { Member(parameter: $0.parameter(property: property), property: $0) }
      } else if let group = child.value as? any DeclaredGroup {
        inner.append(group)
      }
    }
    if let index = sections.firstIndex(where: { $0.title == title }) {
      sections[index].members += members
    } else {
      sections.append(Section(title: title, isLast: isLast, members: members))
    }
    for group in inner { add(group.group, title: group.title, isLast: group.isLast) }
  }
}
