#!/usr/bin/env python3
"""Held-out loss of `swiftlet train` with its defaults over texts and times, and a check that more time never hurts.

    swift build -c release
    python3 Tests/Comparison/recipes.py --seconds 1 3 10 30 --seeds 1 2 3      # run it while nothing else runs

The texts are this project's corpora and what is installed of Debian's: the King James Bible (bible-kjv) as verses, as
one text of 1.1 MB and of 100 kB; fortunes; words (wamerican, wfrench, wngerman); names and descriptions of packages;
and lists of 100, 300, 1,000 and 3,000 lines drawn from them. `--text FILE` adds others. All are documents by line, but
for the texts of one document.

The table has means over the seeds, in nats per token. A cell that is worse than the one to its left by more than 0.005
is marked with an exclamation mark, and the script then exits with 1. `--` passes further options to `swiftlet train`.
"""

import argparse
import json
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]


def output(*command):
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def sources():
    """The installed collections of lines, by name."""
    if shutil.which("bible"):
        lines = output("bible", "-l1000000", "-f", "gen1:1-rev22:21").splitlines()
        yield "verses", [re.sub(r"^\S+ ", "", line).strip() for line in lines if line.strip()]
    files = sorted(pathlib.Path("/usr/share/games/fortunes").glob("*"))
    texts = [file.read_text(errors="ignore") for file in files if file.is_file() and not file.suffix]
    sayings = {re.sub(r"\s+", " ", part).strip() for text in texts for part in re.split(r"(?m)^%\s*$", text)}
    if sayings - {""}:
        yield "fortunes", sorted(sayings - {""})
    for language in ["american-english", "french", "ngerman"]:
        file = pathlib.Path("/usr/share/dict", language)
        if file.exists():
            yield language, sorted(set(file.read_text().split()))
    if shutil.which("apt-cache"):
        yield "packages", sorted(set(output("apt-cache", "pkgnames").split()))
        descriptions = re.findall(r"(?m)^Description(?:-en)?: (.+)$", output("apt-cache", "dumpavail"))
        yield "descriptions", sorted(set(descriptions))


def texts(folder):
    """Writes the texts into `folder` and yields the name and the options of each."""
    for corpus in sorted((ROOT / "corpora").glob("*.txt")):
        words = ["--tokenizer", "word"] if corpus.stem == "sentences" else []
        yield corpus.stem, [str(corpus), *words]

    def write(name, text):
        file = folder / f"{name}.txt"
        file.write_text(text)
        return str(file)

    for name, lines in sources():
        yield name, [write(name, "\n".join(lines))]
        if name == "verses":
            for size in [100_000, 1_100_000]:
                file = write(f"bible-{size // 1000}k", "\n".join(lines)[:size])
                yield f"bible-{size // 1000}k", [file, "--documents", "whole"]
        for count in [100, 300, 1000, 3000]:
            if len(lines) > count:
                yield f"{name}-{count}", [write(f"{name}-{count}", "\n".join(random.Random(count).sample(lines, count)))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, nargs="+", default=[1, 3, 10])
    parser.add_argument("--seeds", nargs="+", default=["1", "2", "3"])
    parser.add_argument("--only", default=".", help="a regular expression for the names of the texts")
    parser.add_argument("--text", action="append", default=[], help="another text of one document per line")
    parser.add_argument("--build", default=str(ROOT / ".build/release"))
    given, more = parser.parse_known_args()
    more = [option for option in more if option != "--"]

    worse = 0
    print("| text |" + "".join(f" {seconds:g} s |" for seconds in given.seconds))
    print("|---|" + "---:|" * len(given.seconds))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        others = [(pathlib.Path(text).stem, [text]) for text in given.text]
        for text, options in [*texts(folder), *others]:
            if not re.search(given.only, text):
                continue
            print(f"| {text} |", end="", flush=True)
            before = None
            for seconds in given.seconds:
                losses = []
                for seed in given.seeds:
                    train = [f"{given.build}/swiftlet", "train", *options, *more, "--seconds", str(seconds)]
                    train += ["--seed", seed, "--json", "--quiet", "--force", "--output", str(folder / "model")]
                    losses.append(json.loads(output(*train))["validationLoss"])
                loss = statistics.mean(losses)
                hurts = before is not None and loss > before + 0.005
                worse += hurts
                print(f" {loss:.3f}{'!' if hurts else ''} |", end="", flush=True)
                before = loss
            print(flush=True)
    if worse:
        sys.exit(f"{worse} cells are worse than the one to their left by more than 0.005.")


if __name__ == "__main__":
    main()
