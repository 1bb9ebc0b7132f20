"""Speed of tokenization by Swiftlet and by HuggingFace's tokenizers, on the same text and one core of the same machine.

    swift build -c release && pip install tokenizers
    python3 Tests/Comparison/tokenizers.py [repeats]

HuggingFace's side is a WordLevel model with the Whitespace pre-tokenizer, which splits by a regular expression and
cannot restore the text; ours is `swiftlet-bench`, whose tokenizers are lossless.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path = [folder for folder in sys.path if Path(folder or ".").resolve() != Path(__file__).resolve().parent]
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

from tokenizers import Tokenizer, models, pre_tokenizers, trainers  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
REPEATS = int(sys.argv[1]) if len(sys.argv) > 1 else 5


def huggingface(lines):
    """Megabytes per second: the median of the repeats."""
    tokenizer = Tokenizer(models.WordLevel(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.train_from_iterator(lines, trainers.WordLevelTrainer(special_tokens=["<unk>"]))
    size = sum(len(line.encode()) for line in lines)
    rates = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        tokenizer.encode_batch(lines)
        rates.append(size / (time.perf_counter() - start) / 1e6)
    return statistics.median(rates)


def swiftlet():
    """Megabytes per second of each workload."""
    command = [ROOT / ".build/release/swiftlet-bench", "--repeats", str(REPEATS), "--corpora", ROOT / "corpora"]
    command += ["--only", "tokenize-character", "--only", "tokenize-word"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {workload["name"]: workload["megabytesPerSecond"] for workload in report["workloads"]}


lines = (ROOT / "corpora/sentences-punctuated.txt").read_text(encoding="utf-8").splitlines() * 10
theirs = huggingface(lines)
print(f"HuggingFace tokenizers, WordLevel over Whitespace   {theirs:7.1f} MB/s")
for name, ours in swiftlet().items():
    print(f"swiftlet-bench {name:<36} {ours:7.1f} MB/s   {ours / theirs:5.1f} times")
