"""Training: the corpus, the options, the progress, and the same bytes as the tool."""

import io
import math
import pathlib
import sys
import threading
import types

import pytest
import swiftlet
from conftest import NAMES

SMALL = {"layers": 1, "embedding": 16, "threads": 1, "seed": 1}


def test_a_path_makes_the_bytes_of_the_tool(tool, tmp_path):
    swiftlet.train(NAMES, seed=1, steps=200).save(tmp_path / "a")
    tool("train", NAMES, "--seed", 1, "--steps", 200, "--output", "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_texts_make_the_bytes_of_standard_input(tool, tmp_path, names):
    """The model of a list is that of the tool that reads the list, whatever else is different in memory."""
    options = {"tokenizer": "word", "spaces": "attached", "steps": 30, "memory": "none", **SMALL}
    swiftlet.train(names, **options).save(tmp_path / "a")
    words = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    tool("train", "-", *words, "--output", "b", input=NAMES.read_text())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_generator_is_a_corpus(names):
    model = swiftlet.train((name.upper() for name in names), steps=20, **SMALL)
    assert model.info["training"]["corpus"]["documents"] + model.info["training"]["corpus"]["held_out_documents"] == len(
        names)
    assert model.tokens("ANNA")[0].text == "A"


def test_paths_in_a_list_are_files(tool, tmp_path):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("".join(f"{name} {number}\n" for number in range(50)))
    model = swiftlet.train([tmp_path / "one.txt", tmp_path / "two.txt"], steps=5, **SMALL)
    assert model.info["training"]["files"] == ["one.txt", "two.txt"]


def test_blank_texts_are_counted_and_left_out():
    model = swiftlet.train(["anna", "", " ", "bob"] * 10, steps=5, **SMALL)
    assert "20 blank strings were passed over." in model.notes


def test_texts_may_have_several_lines():
    model = swiftlet.train(["roses are red\nviolets are blue"] * 20, steps=5, **SMALL)
    assert model.run["documents"] == 20


def test_options_have_the_names_of_the_tool(tmp_path):
    first = swiftlet.train(NAMES, steps=5, learning_rate=1e-3, final_norm=True, resume=False, **SMALL)
    recipe = first.info["training"]["recipe"]
    assert recipe["learning-rate"] == 1e-3
    first.save(tmp_path / "first")
    second = swiftlet.train(NAMES, steps=5, from_=tmp_path / "first", seed=2, threads=1)
    assert second.info["parameters"] == first.info["parameters"]


def test_files_are_written_only_where_they_are_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    swiftlet.train(NAMES, steps=5, **SMALL)
    assert list(tmp_path.iterdir()) == []
    swiftlet.train(NAMES, steps=5, output="a", report="r.html", metrics="m.jsonl", **SMALL)
    assert {path.name for path in tmp_path.iterdir()} == {"a", "r.html", "m.jsonl"}
    assert "swiftlet train" in pathlib.Path("r.html").read_text()


@pytest.mark.parametrize(
    "corpus, options, kind, sentence",
    [
        (NAMES, {"steps": -1}, swiftlet.OptionError, "--steps -1: must be 0 or more"),
        (NAMES, {"lerning_rate": 1}, swiftlet.OptionError, "did you mean --learning-rate?"),
        (NAMES, {"tokenizer": "wrod"}, swiftlet.OptionError, "did you mean word?"),
        (NAMES, {"steps": 1, "seconds": 1}, swiftlet.OptionError, "--steps and --seconds exclude each other"),
        (NAMES, {"portable": 3}, swiftlet.OptionError, "--portable takes no value; use true or false"),
        (NAMES, {"quiet": True}, swiftlet.OptionError, "--quiet belongs to the command line"),
        (NAMES, {"output": "-"}, swiftlet.OptionError, "--output - is the standard output"),
        (NAMES, {"resume": True}, swiftlet.OptionError, "--resume needs the file of checkpoints"),
        (NAMES, {"tokenizer": "a\0b"}, swiftlet.OptionError, "U+0000"),
        (["a"], {"documents": "lines"}, swiftlet.OptionError, "these texts are documents already"),
        (["a\0b", ""], {"help": True}, swiftlet.OptionError, "Usage"),
        ([], {}, swiftlet.DataError, "The corpus holds no text"),
        (["", "\t"], {}, swiftlet.DataError, "The corpus holds no text"),
        (["a", "\ud800"], {}, swiftlet.DataError, "text 2 is not Unicode at character 1"),
        ("no such file", {}, swiftlet.FileError, "no such file does not exist."),
    ],
)
def test_errors_are_the_sentences_of_the_tool(corpus, options, kind, sentence):
    with pytest.raises(kind) as raised:
        swiftlet.train(corpus, **options)
    assert sentence in str(raised.value)
    assert isinstance(raised.value, (ValueError, OSError))


@pytest.mark.parametrize("corpus", [b"anna", ["anna", 3], 3, None])
def test_other_types_are_refused(corpus):
    with pytest.raises(TypeError):
        swiftlet.train(corpus, steps=1)


def test_progress_is_a_function(names):
    states = []
    swiftlet.train(names, steps=300, progress=states.append, **SMALL)
    assert states[0].step == 0 and states[0].loss is None
    assert states[-1].step == states[-1].steps == 300
    assert math.isfinite(states[-1].loss) and math.isfinite(states[-1].held_out)
    assert "step 300/300  loss" in str(states[-1])


def test_the_function_stops_training(names):
    model = swiftlet.train(
        names, steps=10**6, progress=lambda state: "stop" if state.step else None, memory="none", **SMALL)
    assert model.interrupted
    assert 0 < model.run["steps"] < 10**6
    assert len(model.sample(2)) == 2


def test_an_exception_of_the_function_ends_training(names):
    def fail(state):
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        swiftlet.train(names, steps=10**6, progress=fail, **SMALL)


def test_progress_is_shown(capfd, names):
    swiftlet.train(names, steps=20, progress=True, **SMALL)
    shown = capfd.readouterr()
    assert shown.out == ""
    assert "5,163 documents" in shown.err
    assert "20 steps in" in shown.err
    swiftlet.train(names, steps=20, **SMALL)
    shown = capfd.readouterr()
    assert shown.out + shown.err == ""


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_redrawn_in_a_terminal(monkeypatch, names):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    swiftlet.train(names, steps=300, progress=True, **SMALL)
    assert "\rstep 300/300  loss " in sys.stderr.getvalue()


def test_progress_is_a_bar_where_tqdm_is_installed(monkeypatch, names):
    bars = []

    class Bar:
        """What the package uses of `tqdm.auto.tqdm`."""

        def __init__(self, file, unit, leave):
            self.total, self.n, self.lines, self.is_open = None, 0, [], True
            bars.append(self)

        def reset(self, total):
            self.total = total

        def set_postfix_str(self, text):
            self.text = text

        def write(self, line, file):
            self.lines.append(line)

        def close(self):
            self.is_open = False

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", types.SimpleNamespace(tqdm=Bar))
    swiftlet.train(names, steps=300, progress=True, **SMALL)
    (bar,) = bars
    assert (bar.total, bar.n, bar.is_open) == (300, 300, False)
    assert bar.text.startswith("loss ") and "  held out " in bar.text
    assert bar.lines[0] == "5,163 documents, 30,959 tokens."
    assert sys.stderr.getvalue().startswith("300 steps in ")
    assert sys.stderr.getvalue().count("\n") == 1


def test_two_threads_train_at_once(names, tmp_path):
    models = {}

    def train(seed):
        models[seed] = swiftlet.train(names, steps=200, layers=1, embedding=16, seed=seed, threads=1)

    threads = [threading.Thread(target=train, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed in (1, 2):
        models[seed].save(tmp_path / f"{seed}")
        swiftlet.train(names, steps=200, layers=1, embedding=16, seed=seed, threads=1).save(tmp_path / "alone")
        assert (tmp_path / f"{seed}").read_bytes() == (tmp_path / "alone").read_bytes()
        (tmp_path / "alone").unlink()


def test_other_threads_run_during_training(names):
    """A program that trains in the background stays alive."""
    done = threading.Event()
    ticks = 0

    def train():
        swiftlet.train(names, seconds=1, threads=1)
        done.set()

    threading.Thread(target=train).start()
    while not done.wait(0.001):
        ticks += 1
    assert ticks > 100
