"""Compares an exported model with the scores that swiftlet gave for some texts.

    python3 Tests/Golden/arcee.py EXPORT EXPECTED.json [--with PROGRAM] [--tolerance 1e-4]

EXPORT is a folder of `swiftlet export --format transformers` or a file of `swiftlet export --format gguf`. EXPECTED has
`scores`, the output of `swiftlet score --per-token --json`; `greedy`, outputs of
`swiftlet sample --top-k 1 --prompt PROMPT --json` by prompt; and `corpus`, the tokens of each line of the corpus.

Without --with it computes the network with NumPy from the exported files alone. With it, it asks the program itself,
which must also give the same tokens for every line of the corpus, the same text for them, and the same greedy
continuation. `--with tokenizer` compares Transformers' tokenizer alone, which needs no PyTorch.
"""

import argparse
import json
import math
import struct
import sys
import urllib.request
from pathlib import Path

import numpy as np


class Network:
    """The sizes and the tensors of the export, under the names of GGUF."""

    def __init__(self, path):
        if path.is_dir():
            self.read_folder(path)
        else:
            self.read_gguf(path)

    def read_folder(self, path):
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        assert config["architectures"] == ["ArceeForCausalLM"] and config["hidden_act"] == "relu2", config
        assert not config["tie_word_embeddings"] and not config["attention_bias"] and not config["mlp_bias"], config
        assert config["rope_parameters"] == {"rope_type": "default", "rope_theta": config["rope_theta"]}, config
        self.layers, self.width = config["num_hidden_layers"], config["hidden_size"]
        self.heads, self.context = config["num_attention_heads"], config["max_position_embeddings"]
        self.epsilon, self.base = config["rms_norm_eps"], config["rope_theta"]
        assert config["num_key_value_heads"] == self.heads and config["head_dim"] * self.heads == self.width, config
        assert config["intermediate_size"] == 4 * self.width, config
        self.boundary = config["eos_token_id"]
        assert config["vocab_size"] == self.boundary + 1 == config["bos_token_id"] + 1, config
        self.tensors = {self.name_in_gguf(name): tensor for name, tensor in safetensors(path / "model.safetensors")}
        self.pairs_neighbors = False

    @staticmethod
    def name_in_gguf(name):
        names = {
            "model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output",
            "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
            "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "post_attention_layernorm": "ffn_norm",
            "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
        }  # fmt: skip
        name = name.removesuffix(".weight")
        if name.startswith("model.layers."):
            layer, part = name.removeprefix("model.layers.").split(".", 1)
            return f"blk.{layer}.{names[part]}"
        return names[name]

    def read_gguf(self, path):
        values, tensors = gguf(path.read_bytes())
        assert values["general.architecture"] == "arcee", values["general.architecture"]
        get = lambda key: values[f"arcee.{key}"]
        self.layers, self.width, self.heads = get("block_count"), get("embedding_length"), get("attention.head_count")
        self.epsilon, self.base = get("attention.layer_norm_rms_epsilon"), get("rope.freq_base")
        self.context = get("context_length")
        assert get("attention.head_count_kv") == self.heads and get("feed_forward_length") == 4 * self.width
        assert get("rope.dimension_count") * self.heads == self.width
        tokens = values["tokenizer.ggml.tokens"]
        self.boundary = len(tokens) - 1
        assert len(set(tokens)) == len(tokens) == get("vocab_size") == len(values["tokenizer.ggml.token_type"])
        assert values["tokenizer.ggml.bos_token_id"] == values["tokenizer.ggml.eos_token_id"] == self.boundary
        self.tensors = {name.removesuffix(".weight"): tensor for name, tensor in tensors.items()}
        self.pairs_neighbors = True

    def logits(self, tokens):
        weights = self.tensors

        def norm(x, gains):
            return x / np.sqrt((x * x).mean(-1, keepdims=True) + self.epsilon) * weights[gains]

        x = weights["token_embd"][tokens]
        for layer in range(self.layers):
            part = lambda name: f"blk.{layer}.{name}"
            normed = norm(x, part("attn_norm"))
            q, k, v = (self.by_head(normed @ weights[part(f"attn_{name}")].T) for name in "qkv")
            attended = self.attention(self.rotated(q), self.rotated(k), v)
            x = x + attended.reshape(x.shape) @ weights[part("attn_output")].T
            hidden = norm(x, part("ffn_norm")) @ weights[part("ffn_up")].T
            x = x + np.maximum(hidden, 0) ** 2 @ weights[part("ffn_down")].T
        return norm(x, "output_norm") @ weights["output"].T

    def by_head(self, x):
        return x.reshape(len(x), self.heads, -1)

    def rotated(self, x):
        """Rotary positions: pairs of elements are the parts of complex numbers, which turn."""
        half = x.shape[2] // 2
        one, other = (x[..., ::2], x[..., 1::2]) if self.pairs_neighbors else (x[..., :half], x[..., half:])
        turns = np.exp(1j * np.outer(np.arange(len(x)), self.base ** (-np.arange(half) / half)))
        z = (one + 1j * other) * turns[:, None, :]
        return np.stack([z.real, z.imag], -1).reshape(x.shape) if self.pairs_neighbors else np.concatenate(
            [z.real, z.imag], -1
        )

    @staticmethod
    def attention(q, k, v):
        scores = np.einsum("ihd,jhd->hij", q, k) / math.sqrt(q.shape[2])
        scores += np.where(np.tri(len(q), dtype=bool), 0, -np.inf)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        return np.einsum("hij,jhd->ihd", shares / shares.sum(-1, keepdims=True), v)


def safetensors(path):
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F32", entry
        tensor = np.frombuffer(data[8 + length + begin : 8 + length + end], "<f4")
        yield name, tensor.reshape(entry["shape"]).astype(np.float64)


def gguf(data):
    """The values and the tensors of a file in the format of llama.cpp, version 3. Every byte is accounted for."""
    position = 0

    def number(form):
        nonlocal position
        (result,) = struct.unpack_from("<" + form, data, position)
        position += struct.calcsize("<" + form)
        return result

    def text():
        nonlocal position
        length = number("Q")
        position += length
        return data[position - length : position].decode()

    def value(kind):
        if kind == 9:
            kind = number("I")
            return [value(kind) for _ in range(number("Q"))]
        return text() if kind == 8 else bool(number("B")) if kind == 7 else number({4: "I", 5: "i", 6: "f"}[kind])

    assert data[:4] == b"GGUF"
    position = 4
    assert number("I") == 3
    tensor_count, value_count = number("Q"), number("Q")
    values = {}
    for _ in range(value_count):
        key = text()
        assert key not in values, key
        values[key] = value(number("I"))
    entries = []
    for _ in range(tensor_count):
        name = text()
        sizes = [number("Q") for _ in range(number("I"))]
        entries.append((name, sizes[::-1], {0: floats, 1: halves, 8: blocks}[number("I")], number("Q")))
    aligned = lambda place: -(-place // 32) * 32
    start, end, tensors = aligned(position), 0, {}
    for name, shape, kind, offset in entries:
        assert offset == end and name not in tensors, name
        numbers, size = kind(data, math.prod(shape), start + offset)
        tensors[name] = numbers.reshape(shape)
        end = aligned(offset + size)
    assert start + end == len(data), (start + end, len(data))
    return values, tensors


def floats(data, count, start):
    """Numbers with 32 bits in a file of llama.cpp, and the number of their bytes."""
    return np.frombuffer(data, "<f4", count, start).astype(np.float64), 4 * count


def halves(data, count, start):
    return np.frombuffer(data, "<f2", count, start).astype(np.float64), 2 * count


def blocks(data, count, start):
    """Numbers in blocks of 32 with a common scale, llama.cpp's q8_0."""
    assert count % 32 == 0, count
    found = np.frombuffer(data, [("scale", "<f2"), ("parts", "i1", 32)], count // 32, start)
    return found["scale"].astype(np.float64)[:, None] * found["parts"], 34 * (count // 32)


class Tokenizer:
    """Transformers' tokenizer alone."""

    def __init__(self, path):
        import transformers

        self.tokenizer = transformers.AutoTokenizer.from_pretrained(path)

    def encode(self, text):
        return self.tokenizer(text)["input_ids"]

    def decode(self, tokens):
        return self.tokenizer.decode(tokens, skip_special_tokens=True)


class Transformers(Tokenizer):
    def __init__(self, path):
        import torch
        import transformers

        transformers.logging.set_verbosity_error()
        super().__init__(path)
        self.torch = torch
        self.model = transformers.AutoModelForCausalLM.from_pretrained(path).eval()
        assert type(self.model).__name__ == "ArceeForCausalLM", type(self.model)
        assert self.model.generation_config.eos_token_id == self.tokenizer.eos_token_id

    def logits(self, tokens):
        with self.torch.no_grad():
            return self.model(self.torch.tensor([tokens])).logits[0].double().numpy()

    def greedy(self, prompt):
        given = self.torch.tensor([self.encode(prompt)])
        return self.model.generate(given, do_sample=False, temperature=None, top_p=None)[0].tolist()


class Llama:
    """llama.cpp's server in this process, through xllamacpp."""

    def __init__(self, path):
        self.puts_space_first = gguf(path.read_bytes())[0]["tokenizer.ggml.add_space_prefix"]
        import xllamacpp

        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        parameters.n_ctx = 0
        parameters.warmup = False
        parameters.n_parallel = 1
        parameters.port = 0
        # By default keys and values have 16 bits, also within flash attention.
        parameters.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
        parameters.cache_type_k = parameters.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
        self.server = xllamacpp.Server(parameters)
        self.address = self.server.listening_address

    def ask(self, path, **request):
        body = json.dumps(request).encode()
        question = urllib.request.Request(f"{self.address}/{path}", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(question) as answer:
            return json.load(answer)

    def encode(self, text):
        return self.ask("tokenize", content=text, add_special=True)["tokens"]

    def decode(self, tokens):
        text = self.ask("detokenize", tokens=tokens)["content"]
        return text.removeprefix(" ") if self.puts_space_first else text

    def complete(self, tokens, **options):
        return self.ask("completion", prompt=tokens, temperature=0, cache_prompt=False, return_tokens=True, **options)

    def nats(self, tokens, count):
        """-ln p of each token but the first, given those before it; NaN where the server waits for more bytes."""
        result = []
        for end in range(1, len(tokens)):
            answer = self.complete(tokens[:end], n_predict=1, n_probs=count)
            if "completion_probabilities" in answer:
                top = answer["completion_probabilities"][0]["top_logprobs"]
                result.append(-{entry["id"]: entry["logprob"] for entry in top}[tokens[end]])
            else:
                result.append(math.nan)
        return result

    def greedy(self, prompt):
        given = self.encode(prompt)
        return given + self.complete(given, n_predict=-1)["tokens"]


def nats(logits, tokens):
    logits = logits - logits.max(-1, keepdims=True)
    chosen = logits[np.arange(len(tokens) - 1), tokens[1:]]
    return np.log(np.exp(logits).sum(-1)) - chosen


def compare_with_package(path):
    """Compares our reading of a file in llama.cpp's format with that of the gguf package."""
    from gguf import GGUFReader, dequantize

    values, tensors = gguf(path.read_bytes())
    reader = GGUFReader(path)
    fields = {name: field.contents() for name, field in reader.fields.items() if not name.startswith("GGUF.")}
    assert fields == values, set(fields) ^ set(values)
    assert [tensor.name for tensor in reader.tensors] == list(tensors)
    for tensor in reader.tensors:
        assert np.array_equal(dequantize(tensor.data, tensor.tensor_type), tensors[tensor.name]), tensor.name
    print(f"gguf: {len(fields)} values and {len(tensors)} tensors are equal")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=Path)
    parser.add_argument("expected", type=Path)
    parser.add_argument("--with", dest="program", choices=["transformers", "tokenizer", "llama", "gguf"])
    parser.add_argument("--tolerance", type=float, default=1e-4)
    given = parser.parse_args()
    if given.program == "gguf":
        return compare_with_package(given.export)
    expected = json.loads(given.expected.read_text(encoding="utf-8"))
    network = Network(given.export)
    scores = [score for score in expected["scores"] if len(score["tokens"]) <= network.context]
    assert len(scores) >= 10, len(scores)
    program, name = network, given.program or "numpy"
    if given.program == "transformers":
        program = Transformers(given.export)
    elif given.program == "tokenizer":
        program = Tokenizer(given.export)
    elif given.program == "llama":
        # Each question to its server takes a millisecond or more.
        program, scores = Llama(given.export), scores[:10]
        expected["corpus"] = expected["corpus"][::8]

    said = f"{name}: "
    if given.program != "tokenizer":
        said += f"{len(scores)} texts, nats of each token within {compare_scores(program, scores, network, given):.1e}; "
    if given.program:
        compare_tokens(program, expected["corpus"], network.boundary, name)
        said += f"{len(expected['corpus'])} lines with the same tokens; "
    if given.program in ["transformers", "llama"] and given.tolerance <= 1e-3:
        compare_greedy(program, expected["greedy"], network, name)
        said += f"{len(expected['greedy'])} equal continuations"
    print(said.removesuffix("; "))


def compare_scores(program, scores, network, given):
    worst = 0.0
    for score in scores:
        tokens = score["tokens"]
        assert tokens[0] == tokens[-1] == network.boundary, tokens
        if given.program == "llama":
            found = program.nats(tokens, network.boundary + 1)
        else:
            found = nats(program.logits(tokens[:-1]), tokens)
        worst = max(worst, np.nanmax(np.abs(np.array(found) - score["nats"])))
    if not worst <= given.tolerance:
        sys.exit(f"{given.program}: the nats of a token differ by {worst:.1e}")
    return worst


def compare_tokens(program, corpus, boundary, name):
    for line in corpus:
        text, tokens = line["text"], line["tokens"]
        if program.encode(text) != [boundary, *tokens]:
            sys.exit(f"{text!r} is {program.encode(text)} in {name} and {tokens} in Swiftlet")
        if program.decode(tokens) != text:
            sys.exit(f"{text!r} is decoded by {name} as {program.decode(tokens)!r}")


def compare_greedy(program, wanted, network, name):
    for prompt, sample in wanted.items():
        tokens = [network.boundary, *sample["tokens"], network.boundary]
        found = program.greedy(prompt)
        # Every program ends a text at its boundary or at the end of the context.
        if found != tokens and not (found == tokens[: len(found)] and len(found) >= network.context):
            sys.exit(f"{prompt!r} is continued by {name} as {found} and by Swiftlet as {tokens}")


if __name__ == "__main__":
    main()
