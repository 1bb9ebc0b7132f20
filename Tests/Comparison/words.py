#!/usr/bin/env python3
"""Training by word with large vocabularies: PyTorch's adaptive softmax, beside swiftlet-bench in the same run.

    pip install torch
    python3 Tests/Comparison/words.py               # run it while nothing else runs

Both train the network of the workloads words-13k and words-50k in Sources/swiftlet-bench, with the same cutoffs and
widths of the clusters, on tokens of the same frequencies, and with Adam (Swiftlet: Muon in the layers). PyTorch's is
torch.nn.AdaptiveLogSoftmaxWithLoss, and the network with it is compiled. Both run on one core and take turns.
"""

import argparse
import json
import os
import statistics
import subprocess
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

WIDTH, HEADS, LAYERS, CONTEXT, BATCH = 64, 4, 2, 32, 64
WORKLOADS = {"words-13k": (13_607, [512, 2048, 6144]), "words-50k": (50_000, [512, 3072, 12_288])}


class Network(nn.Module):
    def __init__(self, vocabulary, cutoffs, sparse):
        super().__init__()

        def linear(rows, columns):
            return nn.Parameter(0.08 * torch.randn(rows, columns))

        self.tokens = nn.Embedding(vocabulary, WIDTH, sparse=sparse)
        self.positions = linear(CONTEXT, WIDTH)
        self.layers = nn.ModuleList(
            nn.ParameterDict(
                dict(qkv=linear(3 * WIDTH, WIDTH), o=linear(WIDTH, WIDTH), up=linear(4 * WIDTH, WIDTH),
                     down=linear(WIDTH, 4 * WIDTH))
            )
            for _ in range(LAYERS)
        )
        self.head = nn.AdaptiveLogSoftmaxWithLoss(WIDTH, vocabulary, cutoffs, div_value=2.0)

    def forward(self, inputs, targets):
        x = F.rms_norm(self.tokens(inputs) + self.positions, (WIDTH,))
        for p in self.layers:
            y = F.linear(F.rms_norm(x, (WIDTH,)), p["qkv"])
            q, k, v = (part.unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in y.chunk(3, -1))
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).flatten(-2)
            x = x + F.linear(y, p["o"])
            x = x + F.linear(F.relu(F.linear(F.rms_norm(x, (WIDTH,)), p["up"])), p["down"])
        return self.head(x.flatten(0, 1), targets.flatten()).loss


def make_run(vocabulary, cutoffs, sparse, steps):
    torch.manual_seed(42)
    chances = (np.arange(vocabulary) + 3.7) ** -1.2
    random = np.random.default_rng(42)
    tokens = random.choice(vocabulary, (steps, BATCH, CONTEXT + 1), p=chances / chances.sum())
    batches = torch.from_numpy(tokens)
    network = Network(vocabulary, cutoffs, sparse)
    table = [network.tokens.weight]
    others = [p for p in network.parameters() if p is not table[0]]
    if sparse:
        optimizers = [torch.optim.SparseAdam(table, lr=0.001), torch.optim.Adam(others, lr=0.001, fused=True)]
    else:
        optimizers = [torch.optim.Adam(network.parameters(), lr=0.001, fused=True)]
    compiled = torch.compile(network)

    def run():
        for batch in batches:
            for optimizer in optimizers:
                optimizer.zero_grad()
            compiled(batch[:, :-1], batch[:, 1:]).backward()
            for optimizer in optimizers:
                optimizer.step()

    return run


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", default=".build/release/swiftlet-bench")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--steps", type=int, default=20)
    given = parser.parse_args()
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    torch.set_num_threads(1)
    print(f"tokens per second on one core, median of {given.repeats}")
    for name, (vocabulary, cutoffs) in WORKLOADS.items():
        runs = {kind: make_run(vocabulary, cutoffs, kind == "sparse", given.steps) for kind in ("dense", "sparse")}
        speeds = {kind: [] for kind in (*runs, "swiftlet")}
        for run in runs.values():
            run()
        for _ in range(given.repeats):
            for kind, run in runs.items():
                begin = time.perf_counter()
                run()
                speeds[kind].append(given.steps * BATCH * CONTEXT / (time.perf_counter() - begin))
            command = [given.bench, "--only", name, "--repeats", "1"]
            report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            speeds["swiftlet"].append(report["workloads"][0]["tokensPerSecond"])
        medians = {kind: statistics.median(values) for kind, values in speeds.items()}
        best = max(medians["dense"], medians["sparse"])
        print(
            f"{name}: PyTorch {medians['dense']:,.0f}, with sparse gradients of the embedding {medians['sparse']:,.0f}; "
            f"Swiftlet {medians['swiftlet']:,.0f}, {medians['swiftlet'] / best:.1f} times as many",
            flush=True)


main()
