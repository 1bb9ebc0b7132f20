"""Golden data for the reference engine: an independent implementation of the same GPT.

It shares neither language nor method with the Swift code: here every derivative is worked out by hand.
Plain Python, no packages:

    python3 Tests/Golden/gpt.py > Tests/Golden/gpt.txt

Each line of the output begins with its kind:

    run NAME SEED
    sizes LAYERS EMBEDDING HEADS CONTEXT VOCABULARY
    network POSITIONS FINAL_NORM CUTOFFS...           learned or rotary; 1 with a final norm, otherwise 0
    adam BETA1 BETA2 EPSILON WEIGHT_DECAY CLIP        clip 0 stands for none
    muon LEARNING_RATE                                for the layers' matrices, in every step; 0 stands for Adam
    weights TENSOR NUMBERS...                         before the first step, row by row, as 32-bit floats
    step LEARNING_RATE LOSS NORM | TOKENS... | ...    one sequence after each bar; norm of the gradient before clipping
    gradient TENSOR NUMBERS...                        of the first step
"""

import cmath
import math
import struct

from newton_schulz import orthogonalize


def float32(x):
    return struct.unpack("f", struct.pack("f", x))[0]


# Random numbers: SplitMix64, and Marsaglia's polar method for normal ones.

MASK = (1 << 64) - 1


def mix(z):
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


class Random:
    def __init__(self, seed, stream):
        self.state = mix(seed + 0x9E3779B97F4A7C15 & MASK) ^ mix(mix(stream) + 0xD1B54A32D192ED03 & MASK)

    def bits(self):
        self.state = self.state + 0x9E3779B97F4A7C15 & MASK
        return mix(self.state)

    def uniform(self):
        return (self.bits() >> 11) / (1 << 53)

    def normal(self):
        while True:
            x, y = 2 * self.uniform() - 1, 2 * self.uniform() - 1
            square = x * x + y * y
            if 0 < square < 1:
                return x * math.sqrt(-2 * math.log(square) / square)


# Vectors are lists. A backward function takes the inputs of its forward function, and the gradient of the loss by its
# output.


def dot(a, b):
    return math.fsum(x * y for x, y in zip(a, b))


def add_to(a, b, scale=1.0):
    for i, x in enumerate(b):
        a[i] += scale * x


def linear(w, x):
    return [dot(row, x) for row in w]


def linear_backward(w, x, dy, dw):
    dx = [0.0] * len(x)
    for row, drow, d in zip(w, dw, dy):
        add_to(dx, row, d)
        add_to(drow, x, d)
    return dx


def norm(x):
    scale = 1 / math.sqrt(dot(x, x) / len(x) + 1e-5)
    return [scale * v for v in x]


def norm_backward(x, dy):
    scale = 1 / math.sqrt(dot(x, x) / len(x) + 1e-5)
    shared = scale**3 * dot(x, dy) / len(x)
    return [scale * d - shared * v for v, d in zip(x, dy)]


def softmax(x):
    powers = [math.exp(v - max(x)) for v in x]
    total = math.fsum(powers)
    return [p / total for p in powers]


def attend(heads, q, k, v):
    """For each position, the mean of the values up to it, weighted by how well the query there matches their keys."""
    size = len(q[0]) // heads
    outputs, shares = [[] for _ in q], []
    for a in range(0, len(q[0]), size):
        z = a + size
        for t in range(len(q)):
            share = softmax([dot(q[t][a:z], k[s][a:z]) / math.sqrt(size) for s in range(t + 1)])
            shares.append(share)
            outputs[t] += [math.fsum(share[s] * v[s][i] for s in range(t + 1)) for i in range(a, z)]
    return outputs, shares


def attend_backward(heads, q, k, v, shares, dy):
    width, length = len(q[0]), len(q)
    size = width // heads
    dq, dk, dv = ([[0.0] * width for _ in q] for _ in range(3))
    for h in range(heads):
        for t in range(length):
            share = shares[h * length + t]
            columns = range(h * size, (h + 1) * size)
            dshare = [math.fsum(dy[t][i] * v[s][i] for i in columns) for s in range(t + 1)]
            mean = dot(share, dshare)
            for s in range(t + 1):
                dscore = share[s] * (dshare[s] - mean) / math.sqrt(size)
                for i in columns:
                    dv[s][i] += share[s] * dy[t][i]
                    dq[t][i] += dscore * k[s][i]
                    dk[s][i] += dscore * q[t][i]
    return dq, dk, dv


def rotate(heads, x, t, direction=1):
    """Rotary positions: the halves of each head are the real and imaginary parts of numbers that turn with `t`.

    The matrix is orthogonal, so the backward function is the rotation in the opposite direction.
    """
    size = len(x) // heads
    half = size // 2
    y = list(x)
    for a in range(0, len(x), size):
        for i in range(half):
            turn = cmath.exp(direction * 1j * t / 10000 ** (2 * i / size))
            z = turn * complex(x[a + i], x[a + half + i])
            y[a + i], y[a + half + i] = z.real, z.imag
    return y


def head_loss(model, cutoffs, vocabulary, x, target, weight, grads):
    """The loss of one position of an adaptive softmax, and its gradient by `x`.

    The boundary, which is the last token, has the first class.
    """
    if not cutoffs:
        p = softmax(linear(model["lm_head"], x))
        dlogits = [weight * (p[i] - (i == target)) for i in range(len(p))]
        return -weight * math.log(p[target]), linear_backward(model["lm_head"], x, dlogits, grads["lm_head"])
    number = (target + 1) % vocabulary
    ends = [*cutoffs[1:], vocabulary]
    cluster = sum(number >= cutoff for cutoff in cutoffs) - 1
    chosen = number if cluster < 0 else cutoffs[0] + cluster
    p = softmax(linear(model["lm_head"], x))
    loss = -weight * math.log(p[chosen])
    dx = linear_backward(
        model["lm_head"], x, [weight * (q - (i == chosen)) for i, q in enumerate(p)], grads["lm_head"])
    if cluster >= 0:
        down, up = f"lm_tail{cluster}_projection", f"lm_tail{cluster}"
        narrow = linear(model[down], x)
        p = softmax(linear(model[up], narrow))
        assert len(p) == ends[cluster] - cutoffs[cluster]
        inner = number - cutoffs[cluster]
        loss -= weight * math.log(p[inner])
        dnarrow = linear_backward(
            model[up], narrow, [weight * (q - (i == inner)) for i, q in enumerate(p)], grads[up])
        add_to(dx, linear_backward(model[down], x, dnarrow, grads[down]))
    return loss, dx


def sequence(model, heads, layers, final_norm, cutoffs, tokens, weight, grads):
    """The loss of one sequence, whose positions count `weight` each; adds its gradient to `grads`."""
    inputs, targets = tokens[:-1], tokens[1:]
    is_rotary = "wpe" not in model
    embedded = [list(model["wte"][i]) for i in inputs]
    if not is_rotary:
        embedded = [[a + b for a, b in zip(x, p)] for x, p in zip(embedded, model["wpe"])]
    xs = [norm(x) for x in embedded]
    saved = []
    for n in range(layers):
        wq, wk, wv, wo = (model[f"layer{n}.attn_w{c}"] for c in "qkvo")
        fc1, fc2 = model[f"layer{n}.mlp_fc1"], model[f"layer{n}.mlp_fc2"]
        before = xs
        a = [norm(x) for x in before]
        q, k, v = ([linear(w, x) for x in a] for w in (wq, wk, wv))
        if is_rotary:
            q, k = ([rotate(heads, x, t) for t, x in enumerate(part)] for part in (q, k))
        mixed, shares = attend(heads, q, k, v)
        middle = [[x + y for x, y in zip(x, linear(wo, m))] for x, m in zip(before, mixed)]
        b = [norm(x) for x in middle]
        hidden = [[max(0.0, h) for h in linear(fc1, x)] for x in b]
        xs = [[x + y for x, y in zip(x, linear(fc2, h))] for x, h in zip(middle, hidden)]
        saved.append((before, a, q, k, v, mixed, shares, middle, b, hidden))

    loss, dxs = 0.0, []
    for x, target in zip(xs, targets):
        top = norm(x) if final_norm else x
        nats, dtop = head_loss(model, cutoffs, len(model["wte"]), top, target, weight, grads)
        loss += nats
        dxs.append(norm_backward(x, dtop) if final_norm else dtop)

    for n in reversed(range(layers)):
        before, a, q, k, v, mixed, shares, middle, b, hidden = saved[n]
        weights = [f"layer{n}.attn_w{c}" for c in "qkvo"] + [f"layer{n}.mlp_fc1", f"layer{n}.mlp_fc2"]
        wq, wk, wv, wo, fc1, fc2 = (model[w] for w in weights)
        dwq, dwk, dwv, dwo, dfc1, dfc2 = (grads[w] for w in weights)
        for x, y, h, dx in zip(middle, b, hidden, dxs):
            dh = linear_backward(fc2, h, dx, dfc2)
            dh = [d if r > 0 else 0.0 for d, r in zip(dh, h)]
            add_to(dx, norm_backward(x, linear_backward(fc1, y, dh, dfc1)))
        dmixed = [linear_backward(wo, m, dx, dwo) for m, dx in zip(mixed, dxs)]
        dq, dk, dv = attend_backward(heads, q, k, v, shares, dmixed)
        if is_rotary:
            dq, dk = ([rotate(heads, x, t, -1) for t, x in enumerate(part)] for part in (dq, dk))
        for t, dx in enumerate(dxs):
            da = linear_backward(wq, a[t], dq[t], dwq)
            add_to(da, linear_backward(wk, a[t], dk[t], dwk))
            add_to(da, linear_backward(wv, a[t], dv[t], dwv))
            add_to(dx, norm_backward(before[t], da))

    for t, (i, x, dx) in enumerate(zip(inputs, embedded, dxs)):
        d = norm_backward(x, dx)
        add_to(grads["wte"][i], d)
        if not is_rotary:
            add_to(grads["wpe"][t], d)
    return loss


def show(kind, name, matrix, digits):
    print(kind, name, *(f"{x:.{digits}g}" for row in matrix for x in row))


def run(
    name, seed, sizes, batch, beta1, beta2, epsilon, decay, clip, steps=20, rate=0.01, muon=0, positions="learned",
    final_norm=False, cutoffs=(),
):
    layers, width, heads, context, vocabulary = sizes
    print("run", name, seed)
    print("sizes", *sizes)
    print("network", positions, int(final_norm), *cutoffs)
    print("adam", beta1, beta2, epsilon, decay, clip)
    print("muon", muon)

    shapes = {"wte": (vocabulary, width)}
    if positions == "learned":
        shapes["wpe"] = (context, width)
    shapes["lm_head"] = ((*cutoffs, vocabulary)[0] + len(cutoffs), width)
    for i, (first, end) in enumerate(zip(cutoffs, (*cutoffs[1:], vocabulary))):
        shapes[f"lm_tail{i}_projection"] = (width // 2 ** (i + 1), width)
        shapes[f"lm_tail{i}"] = (end - first, width // 2 ** (i + 1))
    for n in range(layers):
        for part in ("attn_wq", "attn_wk", "attn_wv", "attn_wo"):
            shapes[f"layer{n}.{part}"] = (width, width)
        shapes[f"layer{n}.mlp_fc1"] = (4 * width, width)
        shapes[f"layer{n}.mlp_fc2"] = (width, 4 * width)

    def zeros():
        return {key: [[0.0] * columns for _ in range(rows)] for key, (rows, columns) in shapes.items()}

    random = Random(seed, 1)
    model, first, second = zeros(), zeros(), zeros()
    for key, matrix in model.items():
        for row in matrix:
            row[:] = [float32(0.08 * random.normal()) for _ in row]
        show("weights", key, matrix, 9)

    random = Random(seed, 0)
    boundary = vocabulary - 1
    for step in range(1, steps + 1):
        learning_rate = rate * (1 - (step - 1) / steps)
        grads, loss, documents = zeros(), 0.0, []
        for _ in range(batch):
            # Documents of every length, from empty to a full context, which the first ones have. A rule makes them
            # predictable.
            length = context - 1 if step == 1 else random.bits() % context
            start = random.bits() % boundary
            tokens = [boundary] + [(start + i * i) % boundary for i in range(length)] + [boundary]
            weight = float32(float32(1 / batch) / (len(tokens) - 1))
            loss += sequence(model, heads, layers, final_norm, cutoffs, tokens, weight, grads)
            documents.append(tokens)
        steepness = math.sqrt(math.fsum(g * g for matrix in grads.values() for row in matrix for g in row))
        texts = (" ".join(map(str, tokens)) for tokens in documents)
        print("step", repr(learning_rate), f"{loss:.12g} {steepness:.12g}", *("| " + text for text in texts))
        if step == 1:
            for key, matrix in grads.items():
                show("gradient", key, matrix, 12)

        scale = clip / steepness if 0 < clip < steepness else 1.0
        for key, matrix in model.items():
            if muon and key.startswith("layer"):
                ahead = []
                for g, m in zip(grads[key], first[key]):
                    m[:] = [0.95 * a + 0.05 * scale * b for a, b in zip(m, g)]
                    ahead.append([0.95 * a + 0.05 * scale * b for a, b in zip(m, g)])
                factor = muon * math.sqrt(max(1, len(matrix) / len(matrix[0])))
                for w, direction in zip(matrix, orthogonalize(ahead)):
                    w[:] = [(1 - muon * decay) * a - factor * b for a, b in zip(w, direction)]
                continue
            for w, g, m, v in zip(matrix, grads[key], first[key], second[key]):
                for i in range(len(w)):
                    m[i] = beta1 * m[i] + (1 - beta1) * scale * g[i]
                    v[i] = beta2 * v[i] + (1 - beta2) * (scale * g[i]) ** 2
                    w[i] *= 1 - learning_rate * decay
                    w[i] -= learning_rate * (m[i] / (1 - beta1**step)) / (math.sqrt(v[i] / (1 - beta2**step)) + epsilon)


run("plain", 42, (2, 8, 2, 8, 11), 1, 0.85, 0.99, 1e-8, 0, 0)
run("decay-and-clip", 7, (1, 12, 3, 6, 7), 3, 0.9, 0.999, 1e-6, 0.1, 1.5, rate=0.05)
run("muon", 9, (1, 8, 2, 6, 7), 3, 0.9, 0.99, 1e-8, 0.1, 1.5, muon=0.02)
run("final-norm", 5, (1, 6, 2, 5, 6), 2, 0.85, 0.99, 1e-8, 0, 0, final_norm=True)
run("rotary", 9, (2, 12, 2, 8, 7), 2, 0.85, 0.99, 1e-8, 0, 0, positions="rotary", final_norm=True)
run(
    "adaptive", 11, (1, 8, 2, 8, 13), 3, 0.85, 0.99, 1e-8, 0, 0, positions="rotary", final_norm=True, cutoffs=(3, 7)
)
