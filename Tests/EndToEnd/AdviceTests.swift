import TestSupport
import Testing

/// A run that could not go well looks like one that did, unless the tool says so.
@Suite("After a run, the tool says which settings would serve better")
struct AdviceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String) throws -> ToolRun {
    let run = try ToolRun(arguments.split(separator: " ").map(String.init), in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run
  }

  @Test func `words that were seen too rarely`() throws {
    let letters = Array("abcdefghijklmn")
    let words = (0..<2100).map { index in String([index / 196, index / 14 % 14, index % 14].map { letters[$0] }) }
    let lines = stride(from: 0, to: words.count, by: 10).map { words[$0..<$0 + 10].joined(separator: " ") }
    try folder.write("words.txt", lines.joined(separator: "\n"))
    let sentence = "Most words were seen too rarely to learn: try --max-vocabulary 2000 or --tokenizer bpe.\n"
    let options = "words.txt --tokenizer word --preset microgpt --steps 20 --samples 0"
    #expect(try run("train \(options) --report run.html").errors.hasSuffix(sentence))
    #expect(try String(decoding: folder.contents("run.html"), as: UTF8.self).contains("<dt>advice</dt><dd>Most words"))
    #expect(try run("train \(options) --quiet").errors.isEmpty)
    #expect(try run("train \(options) --max-vocabulary 1000").errors.contains("too rarely") == false)
  }

  @Test func `a learning rate that is too high`() throws {
    try folder.write("names.txt", "anna\nbob\ncarla\n")
    let options = "names.txt --preset microgpt --steps 200 --schedule constant --samples 0"
    #expect(
      try run("train \(options) --learning-rate 3").errors.contains(
        /\nThe loss ended at [\d.]+, well above .+, [\d.]+: try a lower --learning-rate\.\n$/))
    #expect(try run("train \(options)").errors.contains("--learning-rate") == false)
  }

  @Test func `a best model at the start, and two held-out documents`() throws {
    let texts = """
      cjbhaehf gdjcbifa hahfdjec ibgjefcd adeichbj fbgcajdh jeihgbcf dcaifghe bhjdaegi egfcjbia
      hgbaidjc cfejhdbg aijgcehf jdbfhaci gecadfjb ibhfegda fcdjaibh bjgehcfd ehaicgjf dfibjchg
      """
    try folder.write("twenty.txt", texts.replacing(" ", with: "\n"))
    let run = try run(
      "train twenty.txt --validation 2 --optimizer adam --steps 300 --learning-rate 0.02 --token-noise 0 --ngram-dropout 0 --samples 0"
    )
    #expect(
      run.errors.contains(
        /\nThe best model came early, after step \d+ of 300: try a lower --learning-rate, or a shorter run\.\n/),
      "\(run.errors)")
    #expect(run.errors.hasSuffix("Only 2 documents are held out, so the held-out loss is a rough number.\n"))
  }
}
