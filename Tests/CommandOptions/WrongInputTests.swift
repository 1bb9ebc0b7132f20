import CommandOptions
import Testing

@Suite("Wrong arguments are refused in a sentence that names the right ones")
struct WrongInputTests {
  /// Arguments, separated by spaces, and the whole message.
  static let table: [(arguments: String, message: String)] = [
    ("train a --stepz 10", "unknown option --stepz; did you mean --steps?"),
    ("train a --step 10", "unknown option --step; did you mean --steps?"),
    ("train a --STEPS 10", "unknown option --STEPS; did you mean --steps?"),
    ("train a --setps=10", "unknown option --setps; did you mean --steps?"),
    ("train a --learningrate 1", "unknown option --learningrate; did you mean --learning-rate?"),
    ("train a --learning_rate 1", "unknown option --learning_rate; did you mean --learning-rate?"),
    ("train a --hepl", "unknown option --hepl; did you mean --help?"),
    ("train a --frobnicate", "unknown option --frobnicate; see tool train --help"),
    ("train a -x", "unknown option -x; see tool train --help"),
    ("train a --=5", "unknown option --; see tool train --help"),
    ("train a --lr 1", "unknown option --lr; did you mean --learning-rate?"),
    ("train a -lr 1", "unknown option -lr; did you mean --learning-rate?"),
    ("train a --N_Layer=1", "unknown option --N_Layer; did you mean --layers?"),
    ("train a --epochs 1", "unknown option --epochs; use --steps"),
    ("train a --temp 1", "unknown option --temp; see tool train --help"),
    ("train a -o", "-o needs a value: FILE"),
    ("train a -o b --output c", "--output is given twice; give it once"),
    ("train a --steps -5", "--steps -5: must be 0 or more"),
    ("train a --steps=-5", "--steps -5: must be 0 or more"),
    ("train a --steps many", "--steps many: must be a whole number, such as 42"),
    ("train a --steps 1.5", "--steps 1.5: must be a whole number, such as 42"),
    ("train a --steps=", "--steps '': must be a whole number, such as 42"),
    ("train a --steps 99999999999999999999", "--steps 99999999999999999999: must be a whole number, such as 42"),
    ("train a --steps", "--steps needs a value: 0 or more"),
    ("train a --output", "--output needs a value: FILE"),
    ("train a --engine", "--engine needs a value: fast or scalar"),
    (
      "train a --output --quiet",
      "--output needs a value: FILE; for a value that begins with dashes, write --output=--quiet"
    ),
    ("train a --steps 1 --steps 2", "--steps is given twice; give it once"),
    ("train a --quiet --quiet", "--quiet is given twice; give it once"),
    ("train a --quiet=yes", "--quiet takes no value; remove =yes"),
    ("train a --seed -1", "--seed -1: must be a whole number from 0 to 18446744073709551615"),
    ("train a --learning-rate 0", "--learning-rate 0: must be more than 0"),
    ("train a --learning-rate nan", "--learning-rate nan: must be a number, such as 0.5"),
    ("train a --learning-rate 1e999", "--learning-rate 1e999: must be a number, such as 0.5"),
    ("train a --layers 65", "--layers 65: must be from 1 to 64"),
    ("train a --drop-out 1", "--drop-out 1: must be at least 0 and below 1"),
    ("train a --layers 13", "--layers 13 is unlucky; choose another number"),
    ("train a --engine fsat", "--engine fsat: must be fast or scalar; did you mean fast?"),
    ("train a --engine gpu", "--engine gpu: must be fast or scalar"),
    ("train a --unit bite", "--unit bite: must be grapheme or byte; did you mean byte?"),
    ("train a --min-count 0", "--min-count 0: must be 1 or more"),
    ("train a --min-count two", "--min-count two: must be a whole number, such as 42"),
    ("train a --lowercase=no", "--lowercase takes no value; remove =no"),
    ("train a --locale", "--locale needs a value: ID"),
    ("train", "CORPUS is missing; usage: tool train CORPUS... [options]"),
    ("train --", "CORPUS is missing; usage: tool train CORPUS... [options]"),
    ("show m --format", "--format needs a value: KIND"),
    ("show m", "--format is missing; usage: tool show MODEL [POINTS] --format KIND"),
    ("show m 1 extra", "unexpected argument extra; usage: tool show MODEL [POINTS] --format KIND"),
    ("show m many", "POINTS many: must be a whole number, such as 42"),
    ("trian a", "unknown command trian; did you mean train?"),
    ("frobnicate", "unknown command frobnicate; the commands are train, show, group"),
    ("help trian", "unknown command trian; did you mean train?"),
    ("group iner", "unknown command iner; did you mean inner?"),
    ("--stepz", "unknown option --stepz; see tool --help"),
  ]

  @Test(arguments: table)
  func `message`(of arguments: String, is message: String) {
    #expect(throws: ValidationError(message)) {
      try Tool.parseAsRoot(arguments.split(separator: " ").map(String.init))
    }
  }
}
