"""Compares a folder of `swiftlet export --format pytorch` with the results of Swiftlet's engine for the same model.

    python3 agreement.py numpy FOLDER     an implementation of the network in NumPy, with the exported files
    python3 agreement.py torch FOLDER     model.py in FOLDER, including some training steps
    python3 agreement.py transformers FOLDER     Transformers, with the model in FOLDER/transformers

FOLDER also has expected.json (texts, their tokens, batches and losses) and logits.safetensors (text0, text1 …).
The script exits with a message at the first disagreement; otherwise it prints the largest differences.
"""

import json
import sys
from pathlib import Path

import numpy as np


def tensors(path):
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(
            data[8 + length :], "<f4", offset=entry["data_offsets"][0], count=int(np.prod(entry["shape"]))
        ).reshape(entry["shape"])
        for name, entry in header.items()
    }


def numpy_logits(folder):
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))["configuration"]
    weights = {name: tensor.astype(np.float64) for name, tensor in tensors(folder / "model.safetensors").items()}
    is_rotary = config.get("positions") == "rotary"

    def norm(x):
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-5)

    def rotated(x):
        """Rotary positions: the halves of each head are the parts of complex numbers, which turn."""
        half = config["embedding"] // config["heads"] // 2
        a, b = np.moveaxis(x.reshape(len(x), config["heads"], 2, half), 2, 0)
        turns = np.exp(1j * np.outer(np.arange(len(x)), 10_000.0 ** (-np.arange(half) / half)))
        z = (a + 1j * b) * turns[:, None, :]
        return np.stack([z.real, z.imag], 2).reshape(x.shape)

    def attention(x, layer):
        size = config["embedding"] // config["heads"]
        q, k, v = (x @ weights[f"layer{layer}.attn_w{name}"].T for name in "qkv")
        if is_rotary:
            q, k = rotated(q), rotated(k)
        result = np.zeros_like(x)
        for head in range(config["heads"]):
            columns = slice(head * size, (head + 1) * size)
            for t in range(len(x)):
                scores = k[: t + 1, columns] @ q[t, columns] / np.sqrt(size)
                share = np.exp(scores - scores.max())
                result[t, columns] = share @ v[: t + 1, columns] / share.sum()
        return result

    def ngram_rows(tokens, length, rows):
        found = []
        vocabulary = config["vocabulary"]
        text = [vocabulary - 1] * (length - 1) + list(tokens)
        for end in range(length, len(text) + 1):
            ngram = text[end - length : end]
            row = 0
            if vocabulary**length <= rows:
                for token in ngram:
                    row = row * vocabulary + (token + 1) % vocabulary
            else:
                for token in ngram:
                    row = (row * 0x9E3779B1 + (token + 1) % vocabulary) % 2**32
                row = (row ^ row >> 15) * 0x85EBCA6B % 2**32
                row = (row ^ row >> 13) % rows
            found.append(row)
        return found

    def activate(x):
        return np.maximum(x, 0) ** (2 if config.get("activation") == "squared-relu" else 1)

    def logits(tokens):
        x = weights["wte"][tokens]
        if not is_rotary:
            x = x + weights["wpe"][: len(tokens)]
        for name, length in [("bigrams", 2), ("trigrams", 3)]:
            if name in config:
                x = x + weights[f"wte_{name}"][ngram_rows(tokens, length, config[name])]
        x = norm(x)
        for layer in range(config["layers"]):
            x = x + attention(norm(x), layer) @ weights[f"layer{layer}.attn_wo"].T
            x = x + activate(norm(x) @ weights[f"layer{layer}.mlp_fc1"].T) @ weights[f"layer{layer}.mlp_fc2"].T
        x = norm(x) if config.get("final-norm") else x
        head = x @ weights["lm_head"].T
        cutoffs = config.get("cutoffs", [])
        if not cutoffs:
            return head
        # The boundary has the first class.
        classes = [head[:, : cutoffs[0]]]
        for index in range(len(cutoffs)):
            inner = x @ weights[f"lm_tail{index}_projection"].T @ weights[f"lm_tail{index}"].T
            shares = np.exp(inner - inner.max(1, keepdims=True))
            shares /= shares.sum(1, keepdims=True)
            classes.append(head[:, cutoffs[0] + index, None] + np.log(shares))
        return np.roll(np.concatenate(classes, 1), -1, 1)

    return logits


def torch_logits(folder, expected):
    import torch

    sys.path.insert(0, str(folder))
    import model as exported

    model, tokenizer = exported.load(folder)
    if tokenizer.cut is not None:
        for text, tokens in zip(expected["texts"], expected["tokens"]):
            if tokenizer.encode(text) != tokens[1:-1]:
                sys.exit(f"{text!r} is {tokenizer.encode(text)} in model.py and {tokens[1:-1]} in Swiftlet")
            if tokenizer.decode(tokens[1:-1]) != text:
                sys.exit(f"{text!r} is decoded as {tokenizer.decode(tokens[1:-1])!r}")

    def logits(tokens):
        with torch.no_grad():
            return model(torch.tensor([tokens]))[0].numpy()

    return logits


def transformers_logits(folder):
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    model = transformers.AutoModelForCausalLM.from_pretrained(folder / "transformers").eval()

    def logits(tokens):
        with torch.no_grad():
            return model(torch.tensor([tokens])).logits[0].numpy()

    return logits


def compare_logits(logits, folder, expected):
    wanted = tensors(folder / "logits.safetensors")
    worst = 0.0
    for index, tokens in enumerate(expected["tokens"]):
        want = wanted[f"text{index}"]
        worst = max(worst, np.abs(logits(tokens[:-1]) - want).max() / np.abs(want).max())
    if not worst <= 1e-5:
        sys.exit(f"the logits differ by {worst:.1e} of the largest")
    return worst


def compare_training(folder, expected):
    import torch
    import model as exported

    model, _ = exported.load(folder)
    optimizer = torch.optim.Adam(model.parameters(), lr=expected["learningRate"], betas=(0.85, 0.99), eps=1e-8)
    worst = 0.0
    for batch, want in zip(expected["batches"], expected["losses"]):
        loss = model.loss(batch)
        worst = max(worst, abs(loss.item() - want) / want)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    if not worst <= 1e-4:
        sys.exit(f"the losses of {len(expected['batches'])} steps differ by up to {worst:.1e}")
    texts = model.sample(3, temperature=0.5)
    if len(texts) != 3 or any(len(text) > model.configuration.context for text in texts):
        sys.exit(f"three samples are {texts}")
    exported.save(model, folder)
    return worst


def compare_tokenizer(folder, expected):
    """Compares tokens with Hugging Face's package, if it is installed and there is a tokenizer.json."""
    try:
        import tokenizers
    except ImportError:
        return ""
    if not (folder / "tokenizer.json").exists():
        return "; there is no tokenizer.json"
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    for text, tokens in zip(expected["texts"], expected["tokens"]):
        found = tokenizer.encode(text).ids
        if found != tokens:
            sys.exit(f"{text!r} is {found} in Hugging Face's package and {tokens} in Swiftlet")
        if tokenizer.decode(found) != text:
            sys.exit(f"{text!r} is decoded by Hugging Face's package as {tokenizer.decode(found)!r}")
    return "; tokenizer.json gives the same tokens"


def main():
    backend, folder = sys.argv[1], Path(sys.argv[2])
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    if backend == "numpy":
        worst = compare_logits(numpy_logits(folder), folder, expected)
        print(f"numpy: logits of {len(expected['tokens'])} texts within {worst:.1e}", end="")
    elif backend == "transformers":
        worst = compare_logits(transformers_logits(folder), folder, expected)
        return print(f"transformers: logits of {len(expected['tokens'])} texts within {worst:.1e}")
    else:
        worst = compare_logits(torch_logits(folder, expected), folder, expected)
        steps = compare_training(folder, expected)
        print(f"torch: logits of {len(expected['tokens'])} texts within {worst:.1e}, ", end="")
        print(f"losses of {len(expected['losses'])} steps within {steps:.1e}", end="")
    print(compare_tokenizer(folder, expected))


if __name__ == "__main__":
    main()
