#!/usr/bin/env python3
"""nanoGPT's recipe for a CPU, reimplemented in PyTorch: held-out loss on the last tenth of a text, by character.

    pip install torch
    python3 Tests/Comparison/nanogpt.py book.txt        # run it while nothing else runs
    swiftlet train book.txt --documents whole --seconds 60

4 layers of 128 with 4 heads and tied embeddings, a context of 64, 2,000 steps of 12 windows, AdamW with a cosine from
0.001 to 0.0001, no dropout. The held-out tenth is scored in windows side by side and in windows that overlap by half,
as swiftlet scores it; the end of the text is not a token here.
"""

import argparse
import math
import time

import torch
from torch import nn
from torch.nn import functional

LAYERS, HEADS, WIDTH, CONTEXT, WINDOWS, WARMUP = 4, 4, 128, 64, 12, 100


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH, bias=False) for _ in range(2))
        self.queries_keys_values = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.attention_out = nn.Linear(WIDTH, WIDTH, bias=False)
        self.up = nn.Linear(WIDTH, 4 * WIDTH, bias=False)
        self.down = nn.Linear(4 * WIDTH, WIDTH, bias=False)

    def forward(self, x):
        shape = (*x.shape[:2], HEADS, WIDTH // HEADS)
        parts = self.queries_keys_values(self.norms[0](x)).split(WIDTH, 2)
        heads = functional.scaled_dot_product_attention(*(p.view(shape).transpose(1, 2) for p in parts), is_causal=True)
        x = x + self.attention_out(heads.transpose(1, 2).reshape(x.shape))
        return x + self.down(functional.gelu(self.up(self.norms[1](x))))


class Network(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(CONTEXT, WIDTH)
        self.layers = nn.Sequential(*(Layer() for _ in range(LAYERS)))
        self.norm = nn.LayerNorm(WIDTH, bias=False)
        for name, weight in self.named_parameters():
            if weight.dim() > 1:
                is_output = name.endswith(("attention_out.weight", "down.weight"))
                nn.init.normal_(weight, 0, 0.02 / math.sqrt(2 * LAYERS) if is_output else 0.02)

    def forward(self, tokens):
        x = self.layers(self.tokens(tokens) + self.positions.weight[: tokens.shape[1]])
        return self.norm(x) @ self.tokens.weight.T


def learning_rate(step, steps):
    if step < WARMUP:
        return 1e-3 * step / WARMUP
    progress = (step - WARMUP) / max(1, steps - WARMUP)
    return 1e-4 + 0.5 * (1 + math.cos(math.pi * progress)) * 9e-4


@torch.no_grad()
def held_out_loss(network, text, stride):
    """The mean loss of all predictions, each made once, in windows that begin `stride` tokens apart."""
    losses = []
    for start in range(0, len(text) - CONTEXT, stride):
        logits = network(text[None, start : start + CONTEXT])[0]
        window = functional.cross_entropy(logits, text[start + 1 : start + CONTEXT + 1], reduction="none")
        losses.append(window if start == 0 else window[CONTEXT - stride :])
    return torch.cat(losses).mean().item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("text")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1337)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)

    text = open(given.text, encoding="utf-8").read()
    ids = {character: index for index, character in enumerate(sorted(set(text)))}
    tokens = torch.tensor([ids[character] for character in text])
    training, held_out = tokens.split([len(tokens) - len(tokens) // 10, len(tokens) // 10])
    network = Network(len(ids))
    matrices = [weight for weight in network.parameters() if weight.dim() > 1]
    gains = [weight for weight in network.parameters() if weight.dim() < 2]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": gains, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.99))
    begin = time.perf_counter()
    for step in range(given.steps):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, given.steps)
        starts = torch.randint(len(training) - CONTEXT, (WINDOWS,))
        windows = torch.stack([training[start : start + CONTEXT + 1] for start in starts])
        logits = network(windows[:, :-1])
        loss = functional.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
    seconds = time.perf_counter() - begin
    print(f"{given.steps} steps in {seconds:.1f} s on {given.threads} threads; held out, nats per token:")
    print(f"side by side {held_out_loss(network, held_out, CONTEXT):.3f}")
    print(f"overlapping by half {held_out_loss(network, held_out, CONTEXT // 2):.3f}")


if __name__ == "__main__":
    main()
