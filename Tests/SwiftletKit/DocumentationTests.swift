import Foundation
import Testing

/// A page that shows code which no longer compiles costs its reader an hour.
struct DocumentationTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  @Test func listingsAreTheFilesThatAreCompiled() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/writing-a-tokenizer.md"), encoding: .utf8)
    let listings = page.matches(of: /`([\w\/]+\.swift)`\n\n```swift\n((?s).*?)```/)
    #expect(listings.count == 3)
    for listing in listings {
      let path = String(listing.output.1)
      let source = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
      #expect(source == listing.output.2, "docs/writing-a-tokenizer.md shows another \(path)")
    }
  }

  @Test func excerptsStandInTheirFiles() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/writing-a-tokenizer.md"), encoding: .utf8)
    let files =
      ["Package.swift", "Sources/SwiftletKit/TokenizerRegistry.swift"]
      + ["Tests/BytePairTokenization/BytePairTokenizerTests.swift"]
    let code = try files.map { try String(contentsOf: Self.root.appending(path: $0), encoding: .utf8) }
    let excerpts = page.matches(of: /:\n\n```swift\n((?s).*?)```/)
    #expect(excerpts.count == files.count)
    for (excerpt, code) in zip(excerpts, code) { #expect(code.contains(excerpt.output.1)) }
  }
}
