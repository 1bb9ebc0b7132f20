import Foundation
import Testing

/// A page that shows code which no longer compiles costs its reader an hour.
struct DocumentationTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  @Test func `listings are the files that are compiled`() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/writing-a-tokenizer.md"), encoding: .utf8)
    let listings = page.matches(of: /`([\w\/]+\.swift)`\n\n```swift\n((?s).*?)```/)
    #expect(listings.count == 3)
    for listing in listings {
      let path = String(listing.output.1)
      let source = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
      #expect(source == listing.output.2, "docs/writing-a-tokenizer.md shows another \(path)")
    }
  }

  @Test func `excerpts stand in their files`() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/writing-a-tokenizer.md"), encoding: .utf8)
    let files =
      ["Package.swift", "Sources/SwiftletKit/TokenizerRegistry.swift"]
      + ["Tests/BytePairTokenization/BytePairTokenizerTests.swift"]
    let code = try files.map { try String(contentsOf: Self.root.appending(path: $0), encoding: .utf8) }
    let excerpts = page.matches(of: /:\n\n```swift\n((?s).*?)```/)
    #expect(excerpts.count == files.count)
    for (excerpt, code) in zip(excerpts, code) { #expect(code.contains(excerpt.output.1)) }
  }

  @Test(arguments: [
    ("docs/library.md", "Tests/SwiftletKit/ExampleTests.swift"),
    ("README.md", "Tests/Consumer/Sources/Consumer/Consumer.swift"),
  ])
  func `what is shown is what runs`(page: String, file: String) throws {
    /// Without indentation, and without the import that stands at the top of every file.
    func lines(_ text: some StringProtocol) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { $0 != "import SwiftletKit" }.joined(separator: "\n").trimmingCharacters(in: .newlines)
    }
    let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
    let code = lines(try String(contentsOf: Self.root.appending(path: file), encoding: .utf8))
    let listings = text.matches(of: /```swift\n((?s).*?)```/)
    #expect(!listings.isEmpty)
    for listing in listings {
      #expect(code.contains(lines(listing.output.1)), "\(page) shows what \(file) does not do:\n\(listing.output.1)")
    }
  }
}
