#!/usr/bin/env python3
"""Held-out loss after a number of seconds of `swiftlet train` with its defaults, beside n-grams with modified
Kneser-Ney smoothing.

    swift build -c release
    python3 Tests/Comparison/quality.py corpora/names.txt            # run it while nothing else runs

For each seed both train on the same documents and are scored on the same held-out documents, none of which is in the
training part. The means of the seeds are printed, in nats per token (the ends of documents included) and bits per byte,
and the nats of the networks without the n-gram memory.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile


def run(*command):
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def row(name, nats, bits, networks=(), rest=""):
    spread = f"{min(nats):.3f} to {max(nats):.3f}" if len(nats) > 1 else ""
    alone = f"{statistics.mean(networks):8.3f}" if networks else " " * 8
    print(f"{name:12} {statistics.mean(nats):8.3f} {statistics.mean(bits):8.3f} {alone}   {spread}  {rest}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("--tokenizer", default="character")
    parser.add_argument("--validation", default="1000")
    parser.add_argument("--order", default="6", help="the length of the longest n-grams, in tokens")
    parser.add_argument("--seconds", type=float, nargs="+", default=[1, 3, 10, 30])
    parser.add_argument("--seeds", nargs="+", default=["1", "2", "3"])
    parser.add_argument("--build", default=".build/release")
    parser.add_argument("--chart", help="the SVG file for the loss curves of the first seed")
    given, more = parser.parse_known_args()
    kind = ["--tokenizer", given.tokenizer]
    split = ["--validation", given.validation]

    print(f"{'':12} {'nats':>8} {'bits':>8} {'networks':>8}")
    bench = [f"{given.build}/swiftlet-bench", "--ngrams", given.corpus, "--order", given.order]
    grams = [run(*bench, *kind, *split, "--seed", seed) for seed in given.seeds]
    best = min(order["natsPerToken"] for order in grams[0]["orders"])
    for orders in zip(*(g["orders"] for g in grams)):
        row(f"{orders[0]['order']}-grams", [o["natsPerToken"] for o in orders], [o["bitsPerByte"] for o in orders])
    metrics = []
    with tempfile.TemporaryDirectory() as folder:
        for seconds in given.seconds:
            metrics += ["--metrics", os.path.join(folder, f"{seconds:g}.jsonl")]
            train = [f"{given.build}/swiftlet", "train", given.corpus, *kind, *split, *more, "--seconds", str(seconds)]
            train += ["--json", "--quiet", "--output", os.path.join(folder, "model")]
            runs = [
                run(*train, "--seed", seed, *(metrics[-2:] if seed == given.seeds[0] else [])) for seed in given.seeds
            ]
            row(f"{seconds:g} s", [r["validationLoss"] for r in runs], [r["bitsPerByte"] for r in runs],
                [r.get("networkValidationLoss", r["validationLoss"]) for r in runs],
                f"{statistics.mean(r['steps'] for r in runs):.0f} steps, {runs[0]['parameters']} parameters")
        if given.chart:
            chart = [f"{given.build}/swiftlet-bench", "--chart", given.chart, "--level", str(best)]
            subprocess.run([*chart, *metrics], check=True)


main()
