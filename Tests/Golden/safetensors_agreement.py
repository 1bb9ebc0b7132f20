"""Compares our safetensors reader and writer with the reference package (pip install safetensors numpy).

    python3 Tests/Golden/safetensors_agreement.py [--count 20000] [--seed 1]

Makes COUNT files, valid and damaged, reads each with the reference package and with ours, and lists every difference.
Where the reference accepts what we refuse, the reason must be one of DELIBERATE; where it refuses what we accept, the
comparison fails. Then it loads the models that our tests wrote, compares every number, saves them again and has our
reader read them. It is not one of the ordinary tests, because the package may be absent.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import numpy
from safetensors import SafetensorError, deserialize, safe_open
from safetensors.numpy import load_file, save_file

BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "U16": 16, "I16": 16, "F16": 16, "BF16": 16, "U32": 32, "I32": 32, "F32": 32, "U64": 64,
    "I64": 64, "F64": 64, "C64": 64, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8, "F8_E5M2FNUZ": 8, "F8_E4M3FNUZ": 8,
    "F6_E2M3": 6, "F6_E3M2": 6, "F4": 4,
}  # fmt: skip

# The files that we refuse on purpose although the reference accepts them, by a part of our error. Two readers could
# read them differently, or would ignore a field that may be important.
DELIBERATE = {
    "occurs twice in one object": "a tensor or a metadata key twice (the reference keeps the last)",
    "is not a known member": "a field of a tensor that has no meaning",
    'does not begin with "{"': "white space before the header",
    "it must be an object, not an array": "a tensor as an array of its three fields",
    '"dtype" must be a string, not an object': "a type as an object with one member",
    '"__metadata__": it must be an object, not null': "metadata that are null",
    "must hold whole numbers from 0 to 9223372036854775807": "a size from 2^63 to 2^64 - 1 beside a size of 0",
}


def sound_header(dice):
    tensors, end = [], 0
    for index in range(dice.randrange(6)):
        name = dice.choice(["wte", "wpe", "lm_head", "layer0.attn_wq", "é", "", "a\nb", "😀"]) + str(index)
        dtype = dice.choice(["F32"] * 6 + list(BITS))
        shape = [dice.choice([0, 1, 1, 2, 3, 4, 7, 8]) for _ in range(dice.randrange(4))]
        count = 1
        for size in shape:
            count *= size
        if count * BITS[dtype] % 8:
            shape, count = shape + [8], count * 8
        size = count * BITS[dtype] // 8
        tensors.append((name, {"dtype": dtype, "shape": shape, "data_offsets": [end, end + size]}))
        end += size
    if dice.random() < 0.3:
        dice.shuffle(tensors)
    members = [("__metadata__", {"format": "pt", "x": "é"})] if dice.random() < 0.4 else []
    return members + tensors, end


SIZES = [0, 1, 2, 3, 4, 8, -1, 1.0, 1.5, "1", None, [], 2**31, 2**32, 2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 10**30]


def change_header(dice, members, end):
    """One change that may or may not make the header invalid."""
    tensors = [index for index, (name, _) in enumerate(members) if name != "__metadata__"]
    kind = dice.randrange(14)
    if kind == 0:
        return members, max(0, end + dice.choice([-4, -1, 1, 4, 8]))
    if kind == 1:
        value = dice.choice([None, [], {}, {"k": 1}, {"k": None}, {"k": "v"}, "x", 1])
        return members + [("__metadata__", value)], end
    if not tensors:
        return members, end
    index = dice.choice(tensors)
    name, entry = members[index]
    if not isinstance(entry, dict):
        return members, end
    entry = json.loads(json.dumps(entry))
    if kind == 2:
        entry["dtype"] = dice.choice(list(BITS) + ["f32", "F128", "I4", "", None, 1, {"F32": None}, ["F32"]])
    elif kind in (3, 4) and isinstance(entry.get("shape"), list):
        entry["shape"] = list(entry["shape"])
        if entry["shape"] and dice.random() < 0.6:
            entry["shape"][dice.randrange(len(entry["shape"]))] = dice.choice(SIZES)
        else:
            entry["shape"].append(dice.choice(SIZES))
    elif kind in (5, 6) and isinstance(entry.get("data_offsets"), list) and entry["data_offsets"]:
        place = dice.randrange(len(entry["data_offsets"]))
        old = entry["data_offsets"][place]
        near = [old + step for step in (-4, -1, 1, 4)] if isinstance(old, int) else []
        entry["data_offsets"][place] = dice.choice(SIZES + near)
    elif kind == 7:
        entry["data_offsets"] = dice.choice([[], [0], [0, 0], [0, 4, 8], None, {"0": 0}, [end, end], [0, end]])
    elif kind == 8 and entry:
        del entry[dice.choice(sorted(entry))]
    elif kind == 9:
        entry[dice.choice(["note", "strides", "Dtype"])] = dice.choice([1, None, {"deep": [[]]}])
    elif kind == 10:
        entry = dice.choice([None, [], 1, "x", [entry.get("dtype"), entry.get("shape"), entry.get("data_offsets")]])
    elif kind == 11:
        return members + [(name, entry)], end
    elif kind == 12:
        return members[:index] + members[index + 1 :], end
    elif kind == 13:
        step = dice.choice([1, 4])
        entry["data_offsets"] = [x + step if isinstance(x, int) else x for x in entry.get("data_offsets") or []]
    return members[:index] + [(name, entry)] + members[index + 1 :], end


def text(dice, members):
    """The members as JSON, with duplicate keys."""
    space = dice.choice(["", "", "", " ", "\n "])
    ascii_only = dice.random() < 0.5
    body = ("," + space).join(
        json.dumps(key, ensure_ascii=ascii_only) + ":" + space + json.dumps(value, ensure_ascii=ascii_only)
        for key, value in members
    )
    before = dice.choice([""] * 20 + [" ", "\ufeff"])
    after = dice.choice(["", "", " ", "      ", "\n", "\0", "}", "x"]) if dice.random() < 0.3 else ""
    return (before + "{" + body + "}" + after).encode()


def case(dice):
    members, end = sound_header(dice)
    for _ in range(dice.choice([0, 0, 0, 1, 1, 1, 2])):
        members, end = change_header(dice, members, end)
    header = text(dice, members)
    length = len(header)
    if dice.random() < 0.05:
        length = max(0, length + dice.choice([-1, 1, 8, 100, 2**20, 2**40, 2**63 - len(header)]))
    data = bytearray(struct.pack("<Q", length) + header + bytes(min(end, 4096)))
    if dice.random() < 0.15:
        for _ in range(dice.randrange(1, 4)):
            if not data:
                break
            place = dice.randrange(len(data))
            what = dice.randrange(4)
            if what == 0:
                data[place] = dice.randrange(256)
            elif what == 1:
                del data[place]
            elif what == 2:
                data.insert(place, dice.choice(b'{}[]",:0\\u \xff'))
            else:
                data = data[: place + 1]
    return bytes(data)


def accepts(data):
    try:
        deserialize(data)
        return True
    except SafetensorError:
        return False


def compare_verdicts(folder, cases):
    ours = (folder / "verdicts.txt").read_text().splitlines()
    assert len(ours) == len(cases), f"{len(ours)} answers to {len(cases)} files"
    both, neither, deliberate, wrong = 0, 0, collections.Counter(), []
    for index, (data, answer) in enumerate(zip(cases, ours)):
        reference, accepted = accepts(data), answer == "accepted"
        if reference and accepted:
            both += 1
        elif not reference and not accepted:
            neither += 1
        else:
            reason = next((why for words, why in DELIBERATE.items() if words in answer), None)
            if reference and reason:
                deliberate[reason] += 1
            else:
                wrong.append((index, reference, answer, data))
    print(f"{len(cases)} files: {both} accepted by both, {neither} refused by both, {sum(deliberate.values())} refused by us alone")
    for reason, count in deliberate.most_common():
        print(f"  {count:6}  {reason}")
    for index, reference, answer, data in wrong[:20]:
        print(f"WRONG: file {index}: the reference {'accepts' if reference else 'refuses'}, we say {answer!r}: {data!r}")
    return not wrong


def compare_models(folder):
    good = True
    for path in sorted(folder.glob("*.safetensors")):
        loaded = load_file(path)
        expected = json.loads(path.with_suffix(".json").read_text())
        good &= sorted(loaded) == sorted(expected)
        for name, tensor in expected.items():
            bits = numpy.array(tensor["bits"], dtype=numpy.uint32).reshape(tensor["shape"])
            good &= loaded[name].dtype == numpy.float32 and numpy.array_equal(loaded[name].view(numpy.uint32), bits)
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata()
        vocabulary = json.loads(metadata["tokenizer"])["vocabulary"]
        good &= len(vocabulary) + 1 == json.loads(metadata["configuration"])["vocabulary"]
        save_file(loaded, folder / "saved again" / path.name, metadata=metadata)
        print(f"{path.name}: {len(loaded)} tensors, {len(vocabulary)} tokens, {'as written' if good else 'NOT AS WRITTEN'}")
    return good


def run_tests(suite, folder):
    command = ["swift", "test", "-c", "release", "--filter", suite]
    environment = os.environ | {"SWIFTLET_REFERENCE_FOLDER": folder}
    run = subprocess.run(command, env=environment, cwd=pathlib.Path(__file__).parents[2], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(run.stdout + run.stderr)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=20000)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    dice = random.Random(options.seed)
    cases = [case(dice) for _ in range(options.count)]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "cases").write_bytes(b"".join(struct.pack("<I", len(data)) + data for data in cases))
        (folder / "saved again").mkdir()
        run_tests("ReferencePackageTests/", name)
        good = compare_verdicts(folder, cases)
        good &= compare_models(folder)
        run_tests("SavedAgainTests/", name)
        print("Saved again by the reference package, they are read again.")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
