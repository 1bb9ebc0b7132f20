import Foundation
import Testing

/// Readers would copy code that no longer compiles.
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

  @Test func `excerpts are in their files`() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/writing-a-tokenizer.md"), encoding: .utf8)
    let files =
      ["Package.swift", "Sources/SwiftletKit/TokenizerRegistry.swift"]
      + ["Tests/BytePairTokenization/BytePairTokenizerTests.swift"]
    let code = try files.map { try String(contentsOf: Self.root.appending(path: $0), encoding: .utf8) }
    let excerpts = page.matches(of: /:\n\n```swift\n((?s).*?)```/)
    #expect(excerpts.count == files.count)
    for (excerpt, code) in zip(excerpts, code) { #expect(code.contains(excerpt.output.1)) }
  }

  private static let catalog = "Sources/SwiftletKit/SwiftletKit.docc"

  @Test func `the listings of the articles are compiled and run`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: Self.catalog).path())
    let articles = names.filter { $0.hasSuffix(".md") && $0 != "SwiftletKit.md" }
    #expect(articles.count >= 5)
    let code = ["Training", "Sampling", "Tokenizer", "ModelFile"].map { "Tests/Examples/\($0)Examples.swift" }
    for article in articles { try expectListings(of: "\(Self.catalog)/\(article)", in: code) }
  }

  @Test(arguments: ["README.md", "\(catalog)/SwiftletKit.md"])
  func `the ten lines are compiled and run`(page: String) throws {
    try expectListings(of: page, in: ["Tests/Consumer/Sources/Consumer/Consumer.swift"])
  }

  @Test func `the listing of the examples is compiled and run`() throws {
    try expectListings(of: "docs/examples.md", in: ["Tests/Examples/SamplingExamples.swift"])
  }

  /// Expects every Swift listing of `page` in one of `files`, whatever the indentation.
  private func expectListings(of page: String, in files: [String]) throws {
    /// Returns the listing without its indentation, and without the import at the top of every file.
    func lines(_ text: some StringProtocol) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { $0 != "import SwiftletKit" }.joined(separator: "\n").trimmingCharacters(in: .newlines)
    }
    let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
    let code = try files.map { lines(try String(contentsOf: Self.root.appending(path: $0), encoding: .utf8)) }
    let listings = text.matches(of: /```swift\n((?s).*?)```/)
    #expect(!listings.isEmpty)
    for listing in listings {
      let isCompiled = code.contains { $0.contains(lines(listing.output.1)) }
      #expect(isCompiled, "\(page) shows what is not in \(files.joined(separator: ", ")):\n\(listing.output.1)")
    }
  }
}
