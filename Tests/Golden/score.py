"""Scores texts with a model of swiftlet: an independent implementation of network and n-gram memory with numpy.

    python3 Tests/Golden/score.py MODEL.safetensors < texts.txt

It reads one text per line and writes a line of JSON for each: the tokens with the boundary before and after them, and
the nats of each prediction. It parses the model file itself, so that numpy is all that must be installed.
"""

import json
import struct
import sys

import numpy


def load(path):
    data = open(path, "rb").read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        first, end = (8 + length + offset for offset in entry["data_offsets"])
        kind = {"F32": "<f4", "I64": "<i8", "I32": "<i4", "U16": "<u2", "U8": "u1"}[entry["dtype"]]
        tensors[name] = numpy.frombuffer(data[first:end], kind).reshape(entry["shape"])
    memory = Memory(tensors, json.loads(metadata["memory"])) if "memory" in metadata else None
    return json.loads(metadata["configuration"]), json.loads(metadata["tokenizer"])["vocabulary"], tensors, memory


class Memory:
    """The n-gram memory: a dictionary of the probabilities that each context gives to its followers."""

    def __init__(self, tensors, mixture):
        self.share, self.sharpness = mixture["share"], mixture["sharpness"]
        tokens, counts = tensors["memory.tokens"], tensors["memory.follower_counts"]
        shares = 2.0 ** (-tensors["memory.shares"].astype(float) / 12)
        backoffs = 1 / (1 + 2.0 ** ((128 - tensors["memory.backoffs"].astype(float)) / 8))
        self.contexts, ngrams, start = {}, [()], 0
        for index, (count, backoff) in enumerate(zip(counts.tolist(), backoffs)):
            context, end = ngrams[index], start + count
            scale = (1 - backoff) / shares[start:end].sum() if count else 0
            followers = dict(zip(tokens[start:end].tolist(), shares[start:end] * scale))
            self.contexts[context] = followers, backoff if count else 1.0
            ngrams += [context + (token,) for token in followers]
            start = end

    def probabilities(self, past, vocabulary):
        """The probability of each token after `past`."""
        probabilities = numpy.full(vocabulary, 1 / vocabulary)
        for length in range(min(len(past), 15) + 1):
            followers, backoff = self.contexts.get(tuple(past[len(past) - length :]), ({}, 1.0))
            probabilities *= backoff
            for token, share in followers.items():
                probabilities[token] += share
        return probabilities

    def mix(self, network, past):
        """The probability of each token after `past`, to which the network gives the probabilities `network`."""
        remembered = self.probabilities(past, len(network))
        roots = (1 - self.share) * numpy.sqrt(network) + self.share * numpy.sqrt(remembered)
        mixed = roots ** (2 * self.sharpness)
        return mixed / mixed.sum()


def norm(x):
    return x / numpy.sqrt((x * x).mean(axis=1, keepdims=True) + 1e-5)


def softmax(x):
    x = numpy.exp(x - x.max(axis=-1, keepdims=True))
    return x / x.sum(axis=-1, keepdims=True)


def rotated(x):
    """Rotary positions of one head (positions, size), whose halves are the parts of complex numbers."""
    half = x.shape[1] // 2
    turns = numpy.exp(1j * numpy.outer(numpy.arange(len(x)), 10_000.0 ** (-numpy.arange(half) / half)))
    z = (x[:, :half] + 1j * x[:, half:]) * turns
    return numpy.concatenate([z.real, z.imag], axis=1)


def ngram_row(ngram, configuration, rows):
    """The row of a table for `ngram`: its own if the table has one for every n-gram, otherwise one given by a hash."""
    vocabulary = configuration["vocabulary"]
    codes = [0 if token == vocabulary - 1 else token + 1 for token in ngram]
    row, hash = 0, 0
    for code in codes:
        row = row * vocabulary + code
        hash = (hash * 0x9E3779B1 + code) % 2**32
    if vocabulary ** len(ngram) <= rows:
        return row
    hash = ((hash ^ hash >> 15) * 0x85EBCA6B) % 2**32
    return (hash ^ hash >> 13) % rows


def probabilities(tokens, configuration, tensors):
    """The probabilities of the next token after each of `tokens`: the mean of those of all networks."""
    weights = {name: tensor.astype(numpy.float64) for name, tensor in tensors.items() if tensor.dtype == numpy.float32}
    members = [weights]
    for member in range(1, configuration.get("members", 1)):
        prefix = f"member{member}."
        members.append({name[len(prefix) :]: tensor for name, tensor in weights.items() if name.startswith(prefix)})
    return sum(softmax(logits(tokens, configuration, member)) for member in members) / len(members)


def logits(tokens, configuration, weights):
    """A network's logits of the next token after each of `tokens`, in double precision."""
    count, heads = len(tokens), configuration["heads"]
    future = numpy.triu(numpy.full((count, count), -numpy.inf), 1)
    is_rotary = configuration.get("positions") == "rotary"
    x = weights["wte"][tokens] + (0 if is_rotary else weights["wpe"][:count])
    for length, name in [(2, "bigrams"), (3, "trigrams")]:
        if configuration.get(name):
            padded = [configuration["vocabulary"] - 1] * (length - 1) + tokens
            ngrams = [padded[position : position + length] for position in range(count)]
            x = x + weights["wte_" + name][[ngram_row(ngram, configuration, configuration[name]) for ngram in ngrams]]
    x = norm(x)
    for layer in range(configuration["layers"]):
        part = {name: weights[f"layer{layer}.{name}"] for name in ["attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "mlp_fc2"]}
        normed = norm(x)
        queries, keys, values = (numpy.split(normed @ part[name].T, heads, axis=1) for name in ["attn_wq", "attn_wk", "attn_wv"])
        if is_rotary:
            queries, keys = ([rotated(head) for head in heads] for heads in (queries, keys))
        mixed = [softmax(q @ k.T / numpy.sqrt(q.shape[1]) + future) @ v for q, k, v in zip(queries, keys, values)]
        x = x + numpy.concatenate(mixed, axis=1) @ part["attn_wo"].T
        hidden = numpy.maximum(norm(x) @ part["mlp_fc1"].T, 0)
        x = x + (hidden**2 if configuration.get("activation") == "squared-relu" else hidden) @ part["mlp_fc2"].T
    x = norm(x) if configuration.get("final-norm") else x
    head, cutoffs = x @ weights["lm_head"].T, configuration.get("cutoffs", [])
    if not cutoffs:
        return head
    # An adaptive softmax: the boundary has the first class, and every cluster of classes has a logit in the head.
    classes = [head[:, : cutoffs[0]]]
    for index in range(len(cutoffs)):
        within = softmax(x @ weights[f"lm_tail{index}_projection"].T @ weights[f"lm_tail{index}"].T)
        classes.append(head[:, cutoffs[0] + index, None] + numpy.log(within))
    return numpy.roll(numpy.concatenate(classes, axis=1), -1, axis=1)


def encode(text, ids):
    """The tokens of a text that consists of single characters, or of words with single spaces between them."""
    return [ids[piece] for piece in (text.split(" ") if any(len(token) > 1 for token in ids) else text)]


def main():
    configuration, vocabulary, tensors, memory = load(sys.argv[1])
    ids, boundary, context = {token: id for id, token in enumerate(vocabulary)}, len(vocabulary), configuration["context"]
    for line in sys.stdin:
        tokens = [boundary] + encode(line.rstrip("\n"), ids) + [boundary]
        predictions, nats = len(tokens) - 1, []
        # A text longer than the context is read in windows that overlap by half. Each prediction is scored once, from
        # as many tokens as possible.
        for end in [*range(context, predictions, max(1, context // 2)), predictions]:
            first = max(0, end - context)
            scores = probabilities(tokens[first:end], configuration, tensors)
            for position in range(len(nats), end):
                row = scores[position - first]
                if memory:
                    row = memory.mix(row, tokens[: position + 1])
                nats.append(float(-numpy.log(row[tokens[position + 1]])))
        print(json.dumps({"tokens": tokens, "nats": nats}))


if __name__ == "__main__":
    main()
