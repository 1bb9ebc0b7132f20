#!/usr/bin/env python3
"""Prints the table "Presets, beside the reference engine" of docs/training.md: mean losses of both engines.

The losses are those that `--metrics` records: every step of 1,000, every fifth of 5,000.

    python3 Tests/Comparison/presets.py             # some minutes, most of them the scalar engine's on sentences
"""

import argparse
import json
import os
import subprocess
import tempfile

PRESETS = {
    # preset: (corpus, marks)
    "microgpt": ("names.txt", [0, 100, 200, 300, 400, 600, 800, 1000]),
    "sentences": ("sentences.txt", [0, 250, 500, 1000, 1500, 2000, 3000, 4000, 5000]),
}


def losses(tool, corpus, preset, engine, folder):
    metrics = os.path.join(folder, f"{engine}.jsonl")
    output = os.path.join(folder, f"{engine}.safetensors")
    command = [tool, "train", corpus, "--preset", preset, "--engine", engine, "--seed", "42", "--quiet"]
    subprocess.run(command + ["--metrics", metrics, "--output", output], check=True)
    with open(metrics, encoding="utf-8") as lines:
        return {entry["step"]: entry["loss"] for entry in map(json.loads, lines) if "loss" in entry}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpora", default="corpora")
    parser.add_argument("--tool", default=".build/release/swiftlet")
    parser.add_argument("--only", action="append", default=[], choices=list(PRESETS))
    arguments = parser.parse_args()
    for preset, (corpus, marks) in PRESETS.items():
        if arguments.only and preset not in arguments.only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(arguments.corpora, corpus)
            fast, scalar = (losses(arguments.tool, path, preset, engine, folder) for engine in ("fast", "scalar"))
        print(f"| `--preset {preset}` | fast | scalar |\n|---|---:|---:|")
        for first, last in zip(marks, marks[1:]):
            noted = [step for step in fast if first < step <= last]
            means = [sum(run[step] for step in noted) / len(noted) for run in (fast, scalar)]
            print(f"| {first + 1:,} – {last:,} | {means[0]:.4f} | {means[1]:.4f} |")
        print(f"largest difference between two single losses: {max(abs(fast[step] - scalar[step]) for step in fast):.1e}\n")


main()
