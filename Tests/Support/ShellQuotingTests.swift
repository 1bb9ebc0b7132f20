import Foundation
import Support
import Testing

/// A command that a person copies from a report must not run anything else.
@Suite("A quoted word is one word for a shell")
struct ShellQuotingTests {
  @Test(arguments: [
    ("names.txt", "names.txt"), ("--steps=100", "--steps=100"), ("/a/b-c_d:e@f+1", "/a/b-c_d:e@f+1"), ("", "''"),
    ("two words", "'two words'"), ("it's", "'it'\\''s'"), ("=ls", "'=ls'"), ("~", "'~'"), ("é", "'é'"),
    ("$(touch x)`touch y`", "'$(touch x)`touch y`'"), ("'\u{301}; touch z", "''\\''\u{301}; touch z'"),
  ])
  func `words are quoted as needed`(word: String, quoted: String) {
    #expect(word.quotedForShell.utf8.elementsEqual(quoted.utf8))
  }

  @Test func `sh reads back every word`() throws {
    let words = [
      "names.txt", "two words", "it's '\u{301}'", "\\ \" $HOME `id` ; & | < > * ? [a] {b,c} ! # \t\n%", "", "-n", "~",
    ]
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "printf '%s\\0' " + words.map(\.quotedForShell).joined(separator: " ")]
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let expected = words.map { $0 + "\0" }.joined()
    #expect(output == Data(expected.utf8))
  }

  @Test func `fish escapes backslashes and quotes`() {
    #expect("it's a \\".quotedForFish == "'it\\'s a \\\\'")
    #expect("'\u{301}".quotedForFish.utf8.elementsEqual("'\\'\u{301}'".utf8))
  }
}
