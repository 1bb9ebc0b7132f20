#!/usr/bin/env python3
"""The benchmark's training workloads in JAX and PyTorch, beside swiftlet-bench in the same run.

    pip install jax torch                           # or one of them
    python3 Tests/Comparison/training.py            # run it while nothing else runs

Each workload is the same network, batch and optimizer as in Sources/swiftlet-bench: documents padded to the context,
and the whole step (forward, backward, Adam or Muon) compiled into one program. In JAX many steps run inside one call,
so that it pays nothing for Python; PyTorch is called once a step. All run on one core and take turns; the medians are
printed with the ratio of the faster of the two to Swiftlet.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

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
    "book": ("sentences.txt", None, 3, 128, 8, 128, 32),
}

# The workloads with Muon for the matrices of the layers.
MUON = {"book"}


def sequences(folder, corpus, by_word, context):
    """The vocabulary's size, and windows of at most context + 1 tokens, as in the benchmark."""
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


def first_weights(layers, width, heads, context, vocabulary):
    shapes = {"wte": (vocabulary, width), "wpe": (context, width), "lm_head": (vocabulary, width)}
    for layer in range(layers):
        for name in ("wq", "wk", "wv", "wo"):
            shapes[f"{layer}.{name}"] = (width, width)
        shapes[f"{layer}.fc1"] = (4 * width, width)
        shapes[f"{layer}.fc2"] = (width, 4 * width)
    random = np.random.default_rng(42)
    return {name: random.normal(0, 0.08, shape).astype(np.float32) for name, shape in shapes.items()}


def orthogonal(u):
    """Five Newton-Schulz iterations, in JAX or PyTorch."""
    wide = u.shape[0] < u.shape[1]
    x = u.T if wide else u
    x = x / ((x * x).sum() ** 0.5 + 1e-7)
    for _ in range(5):
        a = x.T @ x
        x = 3.4445 * x + x @ (-4.7750 * a + 2.0315 * (a @ a))
    x = x.T if wide else x
    return x * max(1, u.shape[0] / u.shape[1]) ** 0.5


def in_jax(shape, data, muon):
    """A function that trains on all batches once and returns their losses."""
    import jax
    import jax.numpy as jnp

    layers, width, heads, context, _ = shape
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
        q = jax.tree.map(lambda p, m, v: p - 0.001 * (m / c1) / (jnp.sqrt(v / c2) + 1e-8), p, m, v)
        for name in [name for name in p if muon and "." in name]:
            m[name] = 0.95 * state[1][name] + 0.05 * g[name]
            q[name] = p[name] - 0.02 * orthogonal(0.95 * m[name] + 0.05 * g[name])
        return (q, m, v, t), value

    compiled = jax.jit(lambda state, batches: jax.lax.scan(step, state, batches), donate_argnums=0)
    data = jax.device_put(data)
    p = jax.tree.map(jnp.asarray, first_weights(*shape))
    state = (p, jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), jnp.float32(0))

    def run():
        nonlocal state
        state, losses = compiled(state, data)
        return np.asarray(losses)

    return run


def in_pytorch(shape, data, muon):
    """A function that trains on all batches once and returns their losses."""
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    layers, width, heads, context, _ = shape

    def norm(x):
        return functional.rms_norm(x, (width,), eps=1e-5)

    def loss(p, inputs, targets, weights):
        x = norm(p["wte"][inputs] + p["wpe"])
        rows = inputs.shape[0]
        for layer in range(layers):
            y = norm(x)
            q, k, v = (
                (y @ p[f"{layer}.{name}"].T).view(rows, context, heads, width // heads).transpose(1, 2)
                for name in ("wq", "wk", "wv")
            )
            y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
            y = y.transpose(1, 2).reshape(rows, context, width)
            x = x + y @ p[f"{layer}.wo"].T
            x = x + functional.relu(norm(x) @ p[f"{layer}.fc1"].T) @ p[f"{layer}.fc2"].T
        logits = (x @ p["lm_head"].T).flatten(0, 1)
        return (functional.cross_entropy(logits, targets.flatten(), reduction="none") * weights.flatten()).sum()

    @torch.compile(fullgraph=True)
    def step(p, m, v, c1, c2, inputs, targets, weights):
        g, value = torch.func.grad_and_value(loss)(p, inputs, targets, weights)
        for name in p:
            if muon and "." in name:
                m[name].mul_(0.95).add_(g[name], alpha=0.05)
                p[name].sub_(0.02 * orthogonal(0.95 * m[name] + 0.05 * g[name]))
                continue
            m[name].mul_(0.85).add_(g[name], alpha=0.15)
            v[name].mul_(0.99).addcmul_(g[name], g[name], value=0.01)
            p[name].sub_(0.001 * (m[name] / c1) / ((v[name] / c2).sqrt() + 1e-8))
        return value

    def tensor(array):
        return torch.from_numpy(array).long() if array.dtype == np.int32 else torch.from_numpy(array)

    batches = [[tensor(part[index]) for part in data] for index in range(len(data[0]))]
    p = {name: torch.from_numpy(weight) for name, weight in first_weights(*shape).items()}
    m, v = ({name: torch.zeros_like(weight) for name, weight in p.items()} for _ in range(2))
    t = 0

    def run():
        nonlocal t
        losses = []
        for batch in batches:
            t += 1
            losses.append(step(p, m, v, torch.tensor(1 - 0.85**t), torch.tensor(1 - 0.99**t), *batch))
        return [value.item() for value in losses]

    return run


PEERS = {"JAX": ("jax", in_jax), "PyTorch": ("torch", in_pytorch)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpora", default="corpora")
    parser.add_argument("--bench", default=".build/release/swiftlet-bench")
    parser.add_argument("--only", action="append", default=[], choices=list(WORKLOADS))
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    peers = {name: make for name, (module, make) in PEERS.items() if importlib.util.find_spec(module)}
    columns = "".join(f"{name:>11}" for name in peers)
    print(f"{'µs per step':16}{columns}{'Swiftlet':>11}{'ratio':>7}   on one core, median of {arguments.repeats}")
    for name, (corpus, by_word, layers, width, heads, context, batch) in WORKLOADS.items():
        if arguments.only and name not in arguments.only:
            continue
        vocabulary, windows = sequences(arguments.corpora, corpus, by_word, context)
        steps = {1: 1000, 16: 200, 12: 10, 32: 4}[batch]
        data = batches(windows, context, batch, steps)
        shape = (layers, width, heads, context, vocabulary)
        runs = {peer: make(shape, data, name in MUON) for peer, make in peers.items()}
        losses = {peer: run() for peer, run in runs.items()}
        times = {peer: [] for peer in runs}
        ours = []
        for _ in range(arguments.repeats):
            for peer, run in runs.items():
                begin = time.perf_counter()
                losses[peer] = run()
                times[peer].append((time.perf_counter() - begin) / steps * 1e6)
            command = [arguments.bench, "--only", name, "--repeats", "1", "--corpora", arguments.corpora]
            report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            ours.append(report["workloads"][0]["microsecondsPerStep"])
        theirs = [statistics.median(times[peer]) for peer in runs]
        our_step = statistics.median(ours)
        columns = "".join(f"{step:11,.1f}" for step in theirs) + f"{our_step:11,.2f}{min(theirs) / our_step:7.1f}"
        last = ", ".join(f"{peer} {losses[peer][-1]:.3f}" for peer in runs)
        print(f"{name:16}{columns}   losses at the end {last}", flush=True)


main()
