import TestSupport
import Testing

@Suite("Invalid arguments give a message and an exit code, and write no file")
struct WrongInputTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", "anna\nbob\ncarla\n")
    try folder.write("empty.txt", "")
    try folder.write("blank.txt", " \n\t\n\n")
    try folder.write("latin1.txt", [0x61, 0x0A, 0x62, 0xE9, 0x0A])
    try folder.makeFolder("texts")
  }

  /// Arguments, separated by spaces; the exit code; the whole message.
  static let table: [(arguments: String, status: Int32, message: String)] = [
    ("trian names.txt", 64, "unknown command trian; did you mean train?"),
    ("train", 64, "CORPUS is missing; usage: swiftlet train CORPUS... [options]"),
    ("train names.txt --stepz 10", 64, "unknown option --stepz; did you mean --steps?"),
    ("train names.txt --lr 0.1", 64, "unknown option --lr; did you mean --learning-rate?"),
    ("train names.txt --batch_size 8", 64, "unknown option --batch_size; did you mean --batch?"),
    ("train names.txt --n_layer=2", 64, "unknown option --n_layer; did you mean --layers?"),
    ("train names.txt --n-embd 64", 64, "unknown option --n-embd; did you mean --embedding?"),
    ("train names.txt --max_iters 64", 64, "unknown option --max_iters; did you mean --steps?"),
    ("train names.txt --max_length 64", 64, "unknown option --max_length; did you mean --context?"),
    ("sample names.txt --max_length 64", 64, "unknown option --max_length; did you mean --max-tokens?"),
    ("sample names.txt --temp 1", 64, "unknown option --temp; did you mean --temperature?"),
    ("sample names.txt -n 5", 64, "unknown option -n; did you mean --count?"),
    ("train names.txt --device cuda", 64, "unknown option --device; the tool uses only the CPU"),
    (
      "sweep names.txt --documents csv:1", 64,
      "unknown option --documents; the options of swiftlet train follow --, "
        + "as in: swiftlet sweep CORPUS --vary seed=1..5 -- --steps 500"
    ),
    ("sweep names.txt --vary lr=0.1,0.2", 64, "unknown option --lr; did you mean --learning-rate?"),
    ("sweep names.txt --vary seed=1,2 -- -o model", 64, "-o belongs to a single model; leave it out of a sweep"),
    (
      "train names.txt --epochs 3", 64,
      "unknown option --epochs; use --steps N or --seconds N; an epoch is the number of documents divided by --batch"
    ),
    (
      "train names.txt --validation 100%", 64,
      "--validation 100%: must be a fraction from 0 to below 1 or 100%, a number of documents, or a file"
    ),
    ("train names.txt --token-noise 10pc", 64, "--token-noise 10pc: must be a number, such as 0.1 or 10%"),
    ("train names.txt --token-noise 100%", 64, "--token-noise 100%: must be at least 0 and below 1"),
    ("sample model --top-p 101%", 64, "--top-p 101%: must be more than 0 and at most 1"),
    (
      "train names.txt --documents csv:", 64,
      "--documents csv:: must be lines, paragraphs, whole, json, json:FIELD, csv:COLUMN, tsv:COLUMN, whatsapp, telegram or discord"
    ),
    ("train names.txt -o", 64, "-o needs a value: MODEL"),
    ("train names.txt -o a --output b", 64, "--output is given twice; give it once"),
    ("train names.txt --steps -5", 64, "--steps -5: must be 0 or more"),
    ("train names.txt --steps=-5", 64, "--steps -5: must be 0 or more"),
    (
      "train names.txt --heads 3 --embedding 16", 64,
      "3 heads do not divide an embedding of 16: use 2 heads, or an embedding of 18."
    ),
    ("train names.txt --warmup 20 --steps 10", 64, "The warmup is 20; it must be from 0 to the number of steps, 10."),
    ("train names.txt --engine gpu", 64, "--engine gpu: must be fast or scalar"),
    ("train names.txt --optimizer sgd", 64, "--optimizer sgd: must be adam or muon"),
    ("train names.txt --preset microgpt --muon-rate 0.1", 64, "--muon-rate needs --optimizer muon"),
    ("train names.txt --unit letter", 64, "--unit letter: must be grapheme, scalar or byte"),
    ("train names.txt --output names.txt", 64, "--output names.txt is the corpus; choose another file"),
    ("train names.txt --output ./names.txt", 64, "--output ./names.txt is the corpus; choose another file"),
    ("train names.txt --metrics ./names.txt", 64, "--metrics ./names.txt is the corpus; choose another file"),
    (
      "train names.txt --validation blank.txt --output texts/../blank.txt", 64,
      "--output texts/../blank.txt is the file of --validation; choose another"
    ),
    ("train names.txt --output m --checkpoint ./m", 64, "--output and --checkpoint are the same file; choose another"),
    ("train names.txt --output m --metrics m", 64, "--output and --metrics are the same file; choose another"),
    ("train -", 64, "standard input has no name for the model; add --output"),
    ("train missing.txt", 66, "missing.txt does not exist."),
    ("train texts", 66, "texts is a folder, not a file."),
    ("train empty.txt", 65, "empty.txt holds no text: there must be at least one line that is not blank."),
    ("train blank.txt", 65, "blank.txt holds no text: there must be at least one line that is not blank."),
    ("train names.txt --output no/model", 73, "no/model cannot be written: there is no folder no."),
    ("train names.txt --output texts", 73, "texts is a folder, not a file."),
    ("sample", 64, "MODEL is missing; usage: swiftlet sample MODEL [options]"),
    ("sample missing", 66, "missing does not exist."),
    ("sample texts", 66, "texts is a folder, not a file."),
    ("sample model --temperature -1", 64, "--temperature -1: must be 0 or more"),
    ("info names.txt more", 64, "unexpected argument more; usage: swiftlet info MODEL [options]"),
  ]

  @Test(arguments: table)
  func `refusal`(of arguments: String, exits status: Int32, saying message: String) throws {
    let before = try folder.names
    let run = try ToolRun(arguments.split(separator: " ").map(String.init), in: folder)
    #expect(run.errors == "swiftlet: \(message)\n")
    #expect(run.status == status)
    #expect(run.output.isEmpty)
    #expect(try folder.names == before)
  }

  @Test func `text that is not UTF-8 is refused with its place, or replaced on request`() throws {
    let run = try ToolRun(["train", "latin1.txt"], in: folder)
    #expect(run.status == 65)
    #expect(run.errors.contains("latin1.txt"))
    #expect(run.errors.contains("line 2"))
    #expect(run.errors.hasSuffix(" Or replace such bytes with --lossy.\n"))
    #expect(try ToolRun(["train", "latin1.txt", "--lossy", "--steps", "1"], in: folder).status == 0)
  }

  @Test(arguments: ["sample", "info"])
  func `a file that is not a model is reported as such`(command: String) throws {
    let run = try ToolRun([command, "names.txt"], in: folder)
    #expect(run.status == 65)
    #expect(run.errors.hasPrefix("swiftlet: names.txt is a text, not a Swiftlet model."))
    #expect(run.errors.split(separator: "\n").count == 1)
  }
}
