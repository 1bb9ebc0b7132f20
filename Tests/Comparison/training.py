#!/usr/bin/env python3
"""The benchmark's training workloads in JAX, beside swiftlet-bench in the same run.

    pip install jax
    python3 Tests/Comparison/training.py            # run it while nothing else runs

Each workload is the same network, batch and optimiser as in Sources/swiftlet-bench: documents padded to the context, the whole
step (forward, backward, Adam) compiled into one program, and many steps run inside one call, so that JAX pays nothing for Python.
Both are held to one core; the runs take turns, and the medians are printed with their ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp
import numpy as np

WORKLOADS = {
    # name: (corpus, by word, layers, width, heads, context, batch)
    "names-b1": ("names.txt", False, 1, 16, 4, 16, 1),
    "names-b16": ("names.txt", False, 1, 16, 4, 16, 16),
    "sentences-b1": ("sentences.txt", True, 2, 32, 4, 16, 1),
    "sentences-b16": ("sentences.txt", True, 2, 32, 4, 16, 16),
    "names-d64-b16": ("names.txt", False, 1, 64, 4, 16, 16),
    "names-d128-b16": ("names.txt", False, 1, 128, 4, 16, 16),
    "mid": ("sentences.txt", None, 4, 128, 4, 64, 12),
}


def sequences(folder, corpus, by_word, context):
    """The vocabulary's size, and windows of at most context + 1 tokens, as the benchmark cuts them."""
    text = open(os.path.join(folder, corpus), encoding="utf-8").read()
    if by_word is None:
        documents = [list(text[: 1 << 20])]
    else:
        documents = [line.split() if by_word else list(line) for line in text.splitlines()]
    tokens = sorted({token for document in documents for token in document})
    ids = {token: index for index, token in enumerate(tokens)}
    boundary = len(tokens)
    windows = []
    for document in documents:
        encoded = [boundary] + [ids[token] for token in document] + [boundary]
        for first in range(0, len(encoded) - 1, context):
            windows.append(encoded[first : first + context + 1])
    return boundary + 1, windows


def batches(windows, context, size, count):
    inputs = np.zeros((count, size, context), np.int32)
    targets = np.zeros((count, size, context), np.int32)
    weights = np.zeros((count, size, context), np.float32)
    for index in range(count):
        for place in range(size):
            window = windows[(index * size + place) * 7919 % len(windows)]
            length = len(window) - 1
            inputs[index, place, :length] = window[:-1]
            targets[index, place, :length] = window[1:]
            weights[index, place, :length] = 1 / length / size
    return inputs, targets, weights


def model(layers, width, heads, context, vocabulary):
    shapes = {"wte": (vocabulary, width), "wpe": (context, width), "lm_head": (vocabulary, width)}
    for layer in range(layers):
        for name in ("wq", "wk", "wv", "wo"):
            shapes[f"{layer}.{name}"] = (width, width)
        shapes[f"{layer}.fc1"] = (4 * width, width)
        shapes[f"{layer}.fc2"] = (width, 4 * width)
    random = np.random.default_rng(42)
    return {name: jnp.asarray(random.normal(0, 0.08, shape), jnp.float32) for name, shape in shapes.items()}


def compiled(layers, width, heads, context):
    size = width // heads
    mask = jnp.tril(jnp.ones((context, context), bool))

    def norm(x):
        return x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-5)

    def loss(p, inputs, targets, weights):
        x = norm(p["wte"][inputs] + p["wpe"])
        rows = inputs.shape[0]
        for layer in range(layers):
            y = norm(x)
            q, k, v = (
                (y @ p[f"{layer}.{name}"].T).reshape(rows, context, heads, size).transpose(0, 2, 1, 3)
                for name in ("wq", "wk", "wv")
            )
            scores = jnp.where(mask, q @ k.transpose(0, 1, 3, 2) / size**0.5, -jnp.inf)
            y = (jax.nn.softmax(scores) @ v).transpose(0, 2, 1, 3).reshape(rows, context, width)
            x = x + y @ p[f"{layer}.wo"].T
            x = x + jax.nn.relu(norm(x) @ p[f"{layer}.fc1"].T) @ p[f"{layer}.fc2"].T
        logits = jax.nn.log_softmax(x @ p["lm_head"].T)
        return -jnp.sum(jnp.take_along_axis(logits, targets[..., None], -1)[..., 0] * weights)

    def step(state, batch):
        p, m, v, t = state
        value, g = jax.value_and_grad(loss)(p, *batch)
        t = t + 1
        m = jax.tree.map(lambda m, g: 0.85 * m + 0.15 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.99 * v + 0.01 * g * g, v, g)
        c1, c2 = 1 - 0.85**t, 1 - 0.99**t
        p = jax.tree.map(lambda p, m, v: p - 0.001 * (m / c1) / (jnp.sqrt(v / c2) + 1e-8), p, m, v)
        return (p, m, v, t), value

    return jax.jit(lambda state, batches: jax.lax.scan(step, state, batches), donate_argnums=0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpora", default="corpora")
    parser.add_argument("--bench", default=".build/release/swiftlet-bench")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    print(f"{'workload':16} {'JAX, µs a step':>15} {'Swiftlet':>10} {'ratio':>7}   on one core, median of {arguments.repeats}")
    for name, (corpus, by_word, layers, width, heads, context, batch) in WORKLOADS.items():
        if arguments.only and name not in arguments.only:
            continue
        vocabulary, windows = sequences(arguments.corpora, corpus, by_word, context)
        steps = {1: 1000, 16: 200, 12: 10}[batch]
        data = jax.device_put(batches(windows, context, batch, steps))
        p = model(layers, width, heads, context, vocabulary)
        zeros = jax.tree.map(jnp.zeros_like, p)
        state = (p, zeros, jax.tree.map(jnp.zeros_like, p), jnp.float32(0))
        run = compiled(layers, width, heads, context)
        state, losses = run(state, data)
        losses.block_until_ready()
        theirs, ours = [], []
        for _ in range(arguments.repeats):
            begin = time.perf_counter()
            state, losses = run(state, data)
            losses.block_until_ready()
            theirs.append((time.perf_counter() - begin) / steps * 1e6)
            command = [arguments.bench, "--only", name, "--repeats", "1", "--corpora", arguments.corpora]
            report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            ours.append(report["workloads"][0]["microsecondsPerStep"])
        jax_step, our_step = statistics.median(theirs), statistics.median(ours)
        print(f"{name:16} {jax_step:15.1f} {our_step:10.2f} {jax_step / our_step:7.1f}   loss {float(losses[0]):.2f} to {float(losses[-1]):.2f}")


main()
