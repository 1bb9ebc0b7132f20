#!/usr/bin/env python3
"""The benchmark's sampling workloads in PyTorch, beside swiftlet-bench in the same run.

    pip install torch
    python3 Tests/Comparison/sampling.py            # run it while nothing else runs

The same networks, trained for as many steps by the same optimizer, generate texts at temperature 0.5, many at a time,
with a key/value cache. A text that ends makes room for the next at once, and no gradients are computed. PyTorch's side
counts texts as tokens; the benchmark also decodes its own to bytes. Both run on one core and take turns; the medians
are printed with their ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import time

import torch
from torch.nn import functional

WORKLOADS = {
    # name: (corpus, by word, layers, width, heads, context, texts at a time)
    "sample-names": ("names.txt", False, 1, 16, 4, 16, 2048),
    "sample-sentences": ("sentences.txt", True, 2, 32, 4, 16, 512),
}


def windows(folder, corpus, by_word, context):
    """The vocabulary's size, and every document between two boundary tokens, truncated to the context."""
    text = open(os.path.join(folder, corpus), encoding="utf-8").read()
    documents = [line.split() if by_word else list(line) for line in text.splitlines()]
    ids = {token: index for index, token in enumerate(sorted({token for document in documents for token in document}))}
    boundary = len(ids)
    encoded = ([boundary] + [ids[token] for token in document] + [boundary] for document in documents)
    return boundary + 1, [document[: context + 1] for document in encoded]


class Network:
    def __init__(self, vocabulary, layers, width, heads, context):
        self.layers, self.width, self.heads, self.context, self.vocabulary = layers, width, heads, context, vocabulary
        shapes = {"tokens": (vocabulary, width), "positions": (context, width), "head": (vocabulary, width)}
        for layer in range(layers):
            shapes |= {f"{layer}.qkv": (3 * width, width), f"{layer}.output": (width, width)}
            shapes |= {f"{layer}.expand": (4 * width, width), f"{layer}.contract": (width, 4 * width)}
        torch.manual_seed(42)
        self.weights = {name: (torch.randn(shape) * 0.08).requires_grad_() for name, shape in shapes.items()}

    def norm(self, x):
        return functional.rms_norm(x, (self.width,), eps=1e-5)

    def logits(self, tokens, positions, attend):
        """The logits; `attend` computes a layer's attention from its queries, keys and values (rows, 3 · width)."""
        w = self.weights
        x = self.norm(w["tokens"][tokens] + w["positions"][positions])
        for layer in range(self.layers):
            x = x + attend(layer, self.norm(x) @ w[f"{layer}.qkv"].T) @ w[f"{layer}.output"].T
            x = x + functional.relu(self.norm(x) @ w[f"{layer}.expand"].T) @ w[f"{layer}.contract"].T
        return x @ w["head"].T

    def train(self, windows, steps, size):
        def attend(_, qkv):
            rows, length, _ = qkv.shape
            parts = (part.view(rows, length, self.heads, -1).transpose(1, 2) for part in qkv.chunk(3, -1))
            attended = functional.scaled_dot_product_attention(*parts, is_causal=True)
            return attended.transpose(1, 2).reshape(rows, length, -1)

        optimizer = torch.optim.Adam(self.weights.values(), lr=0.01, betas=(0.85, 0.99))
        positions = torch.arange(self.context)
        for step in range(steps):
            optimizer.param_groups[0]["lr"] = 0.01 * (steps - step) / steps
            batch = torch.full((size, self.context + 1), -1)
            for row in range(size):
                window = windows[(step * size + row) * 7919 % len(windows)]
                batch[row, : len(window)] = torch.tensor(window)
            inputs = batch[:, :-1].clamp(min=0)
            targets = batch[:, 1:].reshape(-1)
            scores = self.logits(inputs, positions, attend).view(-1, self.vocabulary)
            loss = functional.cross_entropy(scores, targets, ignore_index=-1)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        for weight in self.weights.values():
            weight.requires_grad_(False)
        return loss.item()

    @torch.inference_mode()
    def generate(self, count, slots):
        """Generates at least `count` texts, `slots` at a time. Returns the numbers of texts and of tokens, boundaries
        included."""
        boundary = self.vocabulary - 1
        keys, values = (
            [torch.zeros(slots, self.heads, self.context, self.width // self.heads) for _ in range(self.layers)]
            for _ in range(2)
        )
        rows = torch.arange(slots)
        tokens = torch.full((slots,), boundary)
        positions = torch.zeros(slots, dtype=torch.long)
        generated = torch.zeros(slots, self.context, dtype=torch.long)
        seen = torch.arange(self.context)
        finished, texts, tokens_generated = [], 0, 0

        def attend(layer, qkv):
            query, key, value = (part.view(slots, self.heads, -1) for part in qkv.chunk(3, -1))
            keys[layer][rows, :, positions] = key
            values[layer][rows, :, positions] = value
            # Plain products, because PyTorch's own attention is slower for one query per text.
            scores = (keys[layer] @ query[..., None])[..., 0] * query.shape[-1] ** -0.5
            shares = functional.softmax(scores.masked_fill((seen > positions[:, None])[:, None], -torch.inf), -1)
            return (shares[:, :, None] @ values[layer]).reshape(slots, -1)

        while texts < count:
            # Cumulative sums and a search, because `multinomial` draws a random number for every token of the
            # vocabulary.
            sums = functional.softmax(self.logits(tokens, positions, attend) * 2, -1).cumsum(-1)
            tokens = torch.searchsorted(sums, torch.rand(slots, 1) * sums[:, -1:], right=True)[:, 0]
            tokens = tokens.clamp(max=boundary)
            generated[rows, positions] = tokens
            positions = positions + 1
            ended = (tokens == boundary) | (positions == self.context)
            lengths = positions[ended]
            finished.append(generated[ended])
            texts += len(lengths)
            tokens_generated += int(lengths.sum())
            positions = positions.masked_fill(ended, 0)
            tokens = tokens.masked_fill(ended, boundary)
        return texts, tokens_generated


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpora", default="corpora")
    parser.add_argument("--bench", default=".build/release/swiftlet-bench")
    parser.add_argument("--only", action="append", default=[], choices=list(WORKLOADS))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--texts-at-a-time", type=int)
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    torch.set_num_threads(1)
    heading = f"{'texts per second':16} {'PyTorch':>10} {'Swiftlet':>10} {'ratio':>7}"
    print(f"{heading}   on one core, median of {arguments.repeats}")
    for name, (corpus, by_word, layers, width, heads, context, slots) in WORKLOADS.items():
        if arguments.only and name not in arguments.only:
            continue
        slots = arguments.texts_at_a_time or slots
        vocabulary, documents = windows(arguments.corpora, corpus, by_word, context)
        network = Network(vocabulary, layers, width, heads, context)
        loss = network.train(documents, 4000, 16)
        network.generate(slots, slots)
        theirs, ours = [], []
        for _ in range(arguments.repeats):
            begin = time.perf_counter()
            texts, tokens = network.generate(40 * slots, slots)
            theirs.append(texts / (time.perf_counter() - begin))
            command = [arguments.bench, "--only", name, "--repeats", "1", "--corpora", arguments.corpora]
            report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            ours.append(report["workloads"][0])
        their_rate = statistics.median(theirs)
        our_rate = statistics.median(report["samplesPerSecond"] for report in ours)
        our_length = statistics.median(report["tokensPerSecond"] / report["samplesPerSecond"] for report in ours)
        print(
            f"{name:16} {their_rate:10,.0f} {our_rate:10,.0f} {our_rate / their_rate:7.1f}   "
            f"{tokens / texts:.2f} and {our_length:.2f} tokens per text, PyTorch's loss {loss:.2f}"
        )


main()
