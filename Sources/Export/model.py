"""A small GPT that swiftlet trained, in PyTorch. It needs torch, safetensors and the other files of its folder.

    python model.py sample --count 20 --temperature 0.5
    python model.py score names.txt
    python model.py train names.txt --steps 1000      # replaces model.safetensors

`swiftlet import` converts this folder to a model for swiftlet, also after training.
"""

import argparse
import json
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Configuration:
    layers: int
    embedding: int
    heads: int
    context: int
    vocabulary: int  # includes the boundary token before and after every text, which is the last
    activation: str = "relu"
    positions: str = "learned"  # or "rotary"
    final_norm: bool = False
    bigrams: int = 0  # rows of the embedding tables of n-grams
    trigrams: int = 0
    cutoffs: tuple = ()  # the classes at which the clusters of an adaptive softmax begin

    @property
    def boundary(self):
        return self.vocabulary - 1


def norm(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5)


def rotated(x):
    """Rotary positions: the halves (a, b) of each head of `x` (…, positions, head size), rotated in pairs."""
    positions, size = x.shape[-2:]
    frequencies = 10_000.0 ** (-2 * torch.arange(size // 2, dtype=torch.float64, device=x.device) / size)
    angles = torch.arange(positions, device=x.device)[:, None] * frequencies
    cosine, sine = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    a, b = x.chunk(2, -1)
    return torch.cat([a * cosine - b * sine, b * cosine + a * sine], -1)


def matrix(rows, columns):
    return nn.Parameter(0.08 * torch.randn(rows, columns))


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads = c.heads
        self.is_squared = c.activation == "squared-relu"
        self.is_rotary = c.positions == "rotary"
        self.attn_wq = matrix(c.embedding, c.embedding)
        self.attn_wk = matrix(c.embedding, c.embedding)
        self.attn_wv = matrix(c.embedding, c.embedding)
        self.attn_wo = matrix(c.embedding, c.embedding)
        self.mlp_fc1 = matrix(4 * c.embedding, c.embedding)
        self.mlp_fc2 = matrix(c.embedding, 4 * c.embedding)

    def forward(self, x):
        x = x + F.linear(self.attention(norm(x)), self.attn_wo)
        hidden = F.relu(F.linear(norm(x), self.mlp_fc1))
        return x + F.linear(hidden.square() if self.is_squared else hidden, self.mlp_fc2)

    def attention(self, x):
        def split(w):  # (texts, positions, embedding) -> (texts, heads, positions, head size)
            return F.linear(x, w).unflatten(-1, (self.heads, -1)).transpose(1, 2)

        q, k, v = split(self.attn_wq), split(self.attn_wk), split(self.attn_wv)
        if self.is_rotary:
            q, k = rotated(q), rotated(k)
        return F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).flatten(-2)


class GPT(nn.Module):
    """microgpt's network. Its parameters have the same names as in model.safetensors."""

    def __init__(self, c):
        super().__init__()
        self.configuration = c
        self.wte = matrix(c.vocabulary, c.embedding)
        if c.positions == "learned":
            self.wpe = matrix(c.context, c.embedding)
        self.lm_head = matrix((c.cutoffs or [c.vocabulary])[0] + len(c.cutoffs), c.embedding)
        for index, (first, end) in enumerate(zip(c.cutoffs, [*c.cutoffs[1:], c.vocabulary])):
            width = max(1, c.embedding >> index + 1)
            self.register_parameter(f"lm_tail{index}_projection", matrix(width, c.embedding))
            self.register_parameter(f"lm_tail{index}", matrix(end - first, width))
        for index in range(c.layers):
            self.add_module(f"layer{index}", Layer(c))
        if c.bigrams:
            self.wte_bigrams = matrix(c.bigrams, c.embedding)
        if c.trigrams:
            self.wte_trigrams = matrix(c.trigrams, c.embedding)

    def forward(self, tokens):
        """The logits of the next token at each position of `tokens` (texts, positions)."""
        x = self.wte[tokens]
        if self.configuration.positions == "learned":
            x = x + self.wpe[: tokens.shape[1]]
        if self.configuration.bigrams:
            x = x + self.wte_bigrams[ngram_rows(tokens, 2, self.configuration.bigrams, self.configuration)]
        if self.configuration.trigrams:
            x = x + self.wte_trigrams[ngram_rows(tokens, 3, self.configuration.trigrams, self.configuration)]
        x = norm(x)
        for index in range(self.configuration.layers):
            x = getattr(self, f"layer{index}")(x)
        x = norm(x) if self.configuration.final_norm else x
        return self.adaptive(x) if self.configuration.cutoffs else F.linear(x, self.lm_head)

    def adaptive(self, x):
        """The logits of an adaptive softmax. After a softmax they are the probabilities of
        torch.nn.AdaptiveLogSoftmaxWithLoss. The boundary has class 0, and token t class t + 1."""
        cutoffs = self.configuration.cutoffs
        head = F.linear(x, self.lm_head)
        classes = [head[..., : cutoffs[0]]]
        for index in range(len(cutoffs)):
            projected = F.linear(x, getattr(self, f"lm_tail{index}_projection"))
            within = F.log_softmax(F.linear(projected, getattr(self, f"lm_tail{index}")), -1)
            classes.append(head[..., cutoffs[0] + index, None] + within)
        return torch.cat(classes, -1).roll(-1, -1)

    def nats(self, texts):
        """-ln p of each token but the first in `texts` (lists of ids with boundaries); 0 after the end of a text."""
        inputs, targets = padded(texts, self.wte.device)
        nats = F.cross_entropy(self(inputs).flatten(0, 1), targets.flatten(), ignore_index=-1, reduction="none")
        return nats.view(targets.shape)

    def loss(self, texts):
        """The mean over `texts` of their mean nats per token: the loss that swiftlet minimizes."""
        return (self.nats(texts).sum(1) / torch.tensor([len(t) - 1 for t in texts], device=self.wte.device)).mean()

    @torch.no_grad()
    def sample(self, count, temperature=0.8, prompt=(), forbidden=()):
        """`count` lists of ids that start with `prompt`, without boundaries."""
        c = self.configuration
        tokens = torch.tensor([[c.boundary, *prompt]] * count, device=self.wte.device)
        while tokens.shape[1] <= c.context:
            logits = self(tokens)[:, -1]
            logits[:, list(forbidden)] = -torch.inf
            if temperature > 0:
                chosen = torch.multinomial(torch.softmax(logits / temperature, -1), 1)
            else:
                chosen = logits.argmax(-1, keepdim=True)
            ended = (tokens[:, 1:] == c.boundary).any(1, keepdim=True)
            tokens = torch.cat([tokens, chosen.masked_fill(ended, c.boundary)], 1)
            if (tokens[:, 1:] == c.boundary).any(1).all():
                break
        return [[t for t in row if t != c.boundary] for row in tokens.tolist()]


def ngram_rows(tokens, length, rows, c):
    """The row of the n-gram that ends at each position. It is a hashed one if the table has too few rows."""
    ngram = [F.pad(tokens, (back, 0), value=c.boundary)[:, : tokens.shape[1]] for back in reversed(range(length))]
    codes = [(token + 1) % c.vocabulary for token in ngram]  # the boundary's is 0
    row = torch.zeros_like(tokens)
    if c.vocabulary**length <= rows:
        for code in codes:
            row = row * c.vocabulary + code
        return row
    for code in codes:
        row = (row * 0x9E3779B1 + code) & 0xFFFFFFFF
    row = ((row ^ row >> 15) * 0x85EBCA6B) & 0xFFFFFFFF
    return (row ^ row >> 13) % rows


def padded(texts, device):
    """The input and the target of each position; the target is -1 after the end of a text."""
    width = max(map(len, texts)) - 1
    inputs = torch.zeros(len(texts), width, dtype=torch.long, device=device)
    targets = torch.full((len(texts), width), -1, device=device)
    for row, text in enumerate(texts):
        inputs[row, : len(text) - 1] = torch.tensor(text[:-1])
        targets[row, : len(text) - 1] = torch.tensor(text[1:])
    return inputs, targets


class Tokenizer:
    """The model's tokenizer. It decodes always, and encodes if config.json has a rule by which text is split."""

    def __init__(self, config):
        rule = config["text"]
        self.cut, self.between = rule["cut"], rule["between"].encode()
        self.normal_form, self.lowercase, self.unknown = rule["normal_form"], rule["lowercase"], rule["unknown"]
        # A token that is not valid UTF-8 is a list of its bytes.
        self.tokens = [bytes(t) if isinstance(t, list) else t.encode() for t in config["tokenizer"]["vocabulary"]]
        self.ids = {token: i for i, token in enumerate(self.tokens)}
        self.longest = max(map(len, self.tokens))

    def encode(self, text):
        if self.cut is None:
            sys.exit("Only swiftlet can encode text for this model: use swiftlet tokenize --ids, or import and score.")
        if self.normal_form is not None:
            text = unicodedata.normalize(self.normal_form.upper(), text)
        if self.lowercase:
            text = text.lower()
        parts = text.encode().split(b" ") if self.cut == "words" else self.characters(text.encode())
        return [self.id(part, text) for part in parts]

    def characters(self, text):
        """Splits off the longest token repeatedly, because a character may have several code points."""
        while text:
            known = (n for n in range(min(self.longest, len(text)), 0, -1) if text[:n] in self.ids)
            length = next(known, len(text))
            yield text[:length]
            text = text[length:]

    def id(self, part, text):
        found = self.ids.get(part)
        if found is None:
            sys.exit(f"{text!r}: {part.decode(errors='replace')!r} does not start with a token of the model.")
        return found

    def decode(self, ids):
        return self.between.join(self.tokens[i] for i in ids).decode(errors="replace")


def load(folder=Path(__file__).parent):
    """Loads the model in `folder` and its tokenizer."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = GPT(Configuration(**{name.replace("-", "_"): value for name, value in config["configuration"].items()}))
    model.load_state_dict(load_file(folder / "model.safetensors"))
    return model, Tokenizer(config)


def save(model, folder=Path(__file__).parent):
    """Saves the weights of `model` in `folder`, for this program and for swiftlet import."""
    tensors = {name: tensor.detach().float().cpu().contiguous() for name, tensor in model.state_dict().items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def windows(ids, c):
    """The windows of a text with its boundaries, which fit the context and overlap by half. Each comes with the number
    of its first predictions that the window before makes too, from more tokens."""
    whole = [c.boundary, *ids, c.boundary]
    predictions, scored, result = len(whole) - 1, 0, []
    while scored < predictions:
        end = min(predictions, scored + c.context // 2 if scored else c.context)
        begin = max(0, end - c.context)
        result.append((whole[begin : end + 1], scored - begin))
        scored = end
    return result


def score(model, tokenizer, lines):
    for line in lines:
        texts, repeated = zip(*windows(tokenizer.encode(line), model.configuration))
        with torch.no_grad():
            nats = sum(row[skip:].sum().item() for row, skip in zip(model.nats(texts), repeated))
        print(f"{nats / sum(len(t) - 1 - skip for t, skip in zip(texts, repeated)):.4f}\t{line}")


def train(model, tokenizer, lines, steps, batch, learning_rate):
    texts = [window for line in lines for window, _ in windows(tokenizer.encode(line), model.configuration)]
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate, betas=(0.85, 0.99), eps=1e-8)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, total_iters=steps)
    for step in range(steps):
        chosen = torch.randint(len(texts), (batch,)).tolist()
        loss = model.loss([texts[i] for i in chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if (step + 1) % max(1, steps // 20) == 0:
            print(f"step {step + 1}/{steps}: {loss.item():.4f} nats per token", file=sys.stderr)
    save(model)


def main():
    parser = argparse.ArgumentParser(description="A small GPT that swiftlet trained.")
    commands = parser.add_subparsers(dest="command", required=True)
    sampling = commands.add_parser("sample", help="generate texts")
    sampling.add_argument("--count", type=int, default=10)
    sampling.add_argument("--temperature", type=float, default=0.8)
    sampling.add_argument("--prompt", default="")
    scoring = commands.add_parser("score", help="nats per token of each line of a file")
    scoring.add_argument("file")
    training = commands.add_parser("train", help="continue training on the lines of a file")
    training.add_argument("file")
    training.add_argument("--steps", type=int, default=1000)
    training.add_argument("--batch", type=int, default=32)
    training.add_argument("--learning-rate", type=float, default=0.001)
    given = parser.parse_args()

    model, tokenizer = load()
    if given.command == "sample":
        prompt = tokenizer.encode(given.prompt) if given.prompt else []
        forbidden = [] if tokenizer.unknown is None else [tokenizer.unknown]
        for ids in model.sample(given.count, given.temperature, prompt, forbidden):
            print(tokenizer.decode(ids))
        return
    with open(given.file, encoding="utf-8") as file:
        lines = [line for line in file.read().split("\n") if line.strip()]
    if given.command == "score":
        score(model, tokenizer, lines)
    else:
        train(model, tokenizer, lines, given.steps, given.batch, given.learning_rate)


if __name__ == "__main__":
    main()
