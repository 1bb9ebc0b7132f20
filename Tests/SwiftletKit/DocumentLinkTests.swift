import Foundation
import Testing

/// A broken link, or a module that is missing from the map, makes newcomers distrust the documents.
struct DocumentLinkTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  private static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).filter { !$0.hasPrefix(".") }
  }

  @Test func `the map of the README lists every module`() throws {
    let rows = try Self.text("README.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
    let listed = Set(
      rows.flatMap { $0.split(separator: "|")[0].matches(of: /`([\w\-]+)`/).map { String($0.output.1) } })
    let modules = try Self.names(in: "Sources") + Self.names(in: "tokenizers")
    #expect(modules.count > 30)
    #expect(listed == Set(modules))
  }

  /// The documents for users, and the headings that links may name.
  @Test func `every link of a document has a target`() throws {
    let pages =
      try ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "corpora/README.md"]
      + Self.names(in: "docs").filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }
    for page in pages {
      let links = try Self.text(page).matches(of: /(?:\]\(|src=")([^)"\s]+)[)"]/).map { String($0.output.1) }
      for link in links where !link.hasPrefix("http") {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let file = parts[0].isEmpty ? page : Self.path(of: parts[0], from: page)
        #expect(
          FileManager.default.fileExists(atPath: Self.root.appending(path: file).path), "\(page) links to \(link)")
        if parts.count == 2 {
          let anchors = try Self.text(file).matches(of: /\n#+ ([^\n]+)/).map { Self.anchor(of: $0.output.1) }
          #expect(anchors.contains(parts[1]), "\(page) links to \(link)")
        }
      }
    }
  }

  private static func path(of link: String, from page: String) -> String {
    var folders = page.split(separator: "/").dropLast().map(String.init)
    for part in link.split(separator: "/") {
      if part == ".." { folders.removeLast() } else { folders.append(String(part)) }
    }
    return folders.joined(separator: "/")
  }

  /// A heading as GitHub spells it in a link.
  private static func anchor(of heading: some StringProtocol) -> String {
    String(
      heading.lowercased().map { $0 == " " ? "-" : $0 }.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
  }
}
