"""Generates all corpora and compares them with the files and with README.md, byte for byte.

    python3 corpora/verify.py                      all generated corpora, and the form of names.txt
    python3 corpora/verify.py --census FOLDER      names.txt too, from the census lists in FOLDER
"""

import hashlib
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
LARGEST = 2_000_000


def figures(path):
    """The row of a file in README.md. Words are counted between white space."""
    data = path.read_bytes()
    text = data.decode("utf-8")
    words = text.split()
    return (
        f"| `{path.name}` | {text.count(chr(10)):,} | {len(words):,} | {len(set(words)):,} |"
        f" {len(set(text) - {chr(10)}):,} | {len(data):,} | `{hashlib.sha256(data).hexdigest()}` |"
    )


def faults_of_form(path):
    """Faults that no corpus may have: large files, empty or duplicate lines, a missing last line end, outer spaces."""
    data = path.read_bytes()
    lines = data.decode("utf-8").split("\n")
    if len(data) > LARGEST:
        yield f"{len(data)} bytes, more than {LARGEST}"
    if lines.pop() != "":
        yield "the last line does not end"
    if len(set(lines)) != len(lines):
        yield f"{len(lines) - len(set(lines))} lines are duplicates"
    for number, line in enumerate(lines, 1):
        if line != line.strip() or not line or "  " in line or "\r" in line:
            yield f"line {number} is empty or has extra spaces: {line!r}"
    if not unicodedata.is_normalized("NFC", data.decode("utf-8")):
        yield "not in NFC"
    if path.name == "names.txt":
        for number, line in enumerate(lines, 1):
            if not re.fullmatch("[a-z]+", line):
                yield f"line {number} has more than the letters a to z: {line!r}"


def broken_promises():
    """Statements of README.md about related corpora that are not true."""

    def lines(name):
        return (HERE / name).read_text(encoding="utf-8").splitlines()

    def words(name):
        return {word for line in lines(name) for word in re.findall(r"\w+", line)}

    if len(words("sentences.txt")) != 596:
        yield f"sentences.txt has {len(words('sentences.txt'))} different words, not 596"
    if any(not 3 <= len(line.split()) <= 14 for line in lines("sentences.txt")):
        yield "sentences.txt has a line of fewer than 3 or more than 14 words"
    if set(lines("sentences.txt")) & set(lines("questions.txt")):
        yield "a line of questions.txt stands in sentences.txt too"
    for part, whole, more in (
        ("questions.txt", "sentences.txt", set()),
        ("statements.txt", "sentences.txt", set()),
        ("dialogue.txt", "statements.txt", {"User", "Assistant"}),
    ):
        strange = words(part) - words(whole) - more
        if strange:
            yield f"words of {part} that are not in {whole}: {sorted(strange)}"
    for number, line in enumerate(lines("dialogue.txt"), 1):
        if not re.fullmatch(r"User: [a-z ]+\?? Assistant: [a-z ]+", line):
            yield f"dialogue.txt, line {number} has another form: {line!r}"
        if len(re.findall(r"\w+|[:?]", line)) > 15:
            yield f"dialogue.txt, line {number} has more than 15 tokens"


def generated(name, arguments):
    script = HERE / "generators" / (name.replace("-", "_") + ".py")
    return subprocess.run(
        [sys.executable, "-B", "-X", "utf8", script, *arguments], check=True, stdout=subprocess.PIPE
    ).stdout


def main():
    census = None
    if len(sys.argv) == 3 and sys.argv[1] == "--census":
        census = sys.argv[2]
    elif len(sys.argv) != 1:
        sys.exit("usage: verify.py [--census FOLDER]")
    readme = (HERE / "README.md").read_text(encoding="utf-8").splitlines()
    corpora, wrong = sorted(HERE.glob("*.txt")), 0
    for path in corpora:
        faults = list(faults_of_form(path))
        if path.name != "names.txt" or census:
            arguments = [census] if path.name == "names.txt" else []
            if generated(path.stem, arguments) != path.read_bytes():
                faults.append("the generator's output differs from the file")
        if figures(path) not in readme:
            faults.append(f"README.md does not have its row, which is\n{figures(path)}")
        for fault in faults:
            print(f"{path.name}: {fault}")
        wrong += bool(faults)
    for row in readme:
        named = re.match(r"\| `([\w-]+\.txt)` \|", row)
        if named and not (HERE / named.group(1)).exists():
            print(f"README.md has a row for {named.group(1)}, which does not exist")
            wrong += 1
    for promise in broken_promises():
        print(promise)
        wrong += 1
    print(f"{len(corpora)} corpora, {wrong} wrong")
    sys.exit(1 if wrong else 0)


main()
