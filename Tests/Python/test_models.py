"""Models: samples, streams, scores, tokens, files and weights."""

import gc
import itertools
import json
import pathlib
import struct
import sys
import threading
import warnings

import pytest
import swiftlet
from conftest import NAMES


def test_the_lines_of_the_guide(tmp_path):
    model = swiftlet.train(NAMES, tokenizer="character", steps=100, seed=1, threads=1)
    texts = model.sample(10, temperature=0.8, novel=True)
    assert len(texts) == 10
    known = set(NAMES.read_text().split("\n"))
    assert not known.intersection(texts)
    likely, unlikely = model.score(["anna", "xqzj"])
    assert likely.nats_per_token < unlikely.nats_per_token
    assert "".join(token.text for token in model.tokens("anna")) == "anna"
    assert "".join(model.stream(prompt="an")).startswith("an")
    model.save(tmp_path / "names.safetensors")
    assert swiftlet.load(tmp_path / "names.safetensors").sample(10, temperature=0.8, novel=True) == texts


def test_samples_are_those_of_the_tool(model, tool, tmp_path):
    model.save(tmp_path / "m")
    lines = tool("sample", "m", "--count", 20, "--temperature", 0.7, "--seed", 5).split("\n")[:-1]
    assert model.sample(20, temperature=0.7, seed=5) == lines
    assert "".join(model.stream(temperature=0.7, seed=5)) == lines[0]


def test_samples_know_whether_they_are_complete_and_new(model):
    cut = model.sample(1, max_tokens=2, min_tokens=2, prompt="a")[0]
    assert isinstance(cut, str) and not cut.complete
    whole = model.sample(50)
    assert any(sample.complete for sample in whole)
    assert all(isinstance(sample.novel, bool) for sample in whole)


def test_too_few_texts_have_their_texts(model):
    with pytest.raises(swiftlet.TooFewTexts, match="found only 1 of the 2 unique texts") as raised:
        model.sample(2, unique=True, temperature=0)
    assert raised.value.texts == model.sample(1, temperature=0)
    assert raised.value.code == 1


def test_what_the_tool_says_of_samples_is_a_warning(model):
    with pytest.warns(UserWarning, match="found 2 texts that match"):
        assert all("a" in text for text in model.sample(2, match="a"))


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda model: model.sample(0), "--count 0: must be 1 or more"),
        (lambda model: model.sample(temperatur=1), "did you mean --temperature?"),
        (lambda model: model.sample(prompt="É"), "not in the vocabulary"),
        (lambda model: model.sample(match="("), "--match ("),
        (lambda model: model.sample(json=True), "--json belongs to the command line"),
        (lambda model: model.stream(novel=True), "--stream shows texts before they are complete"),
        (lambda model: model.score(["anna", "É"], unknown="error"), "document 2"),
        (lambda model: model.score("a", sort="surprise"), "--sort belongs to the command line"),
        (lambda model: model.tokens("É"), "not in the vocabulary"),
        (lambda model: swiftlet.load(NAMES), "names.txt is a text, not a Swiftlet model."),
        (lambda model: swiftlet.load("no such file"), "no such file does not exist."),
        (lambda model: swiftlet.help("trian"), "swiftlet has no command 'trian'"),
    ],
)
def test_errors_are_the_sentences_of_the_tool(model, call, sentence):
    with pytest.raises(swiftlet.Error) as raised:
        call(model)
    assert sentence in str(raised.value)


def test_scores(model, tool, tmp_path, names):
    model.save(tmp_path / "m")
    lines = tool("score", "m", NAMES).split("\n")[:-1]
    scores = model.score(names)
    assert [f"{score.nats_per_token:.4f}\t{score.bits_per_byte:.4f}\t{score.text}" for score in scores] == lines
    assert model.score("anna") == model.score(iter(["anna"]))[0]
    unknown = model.score("Éva")
    assert unknown.nats_per_token is None and unknown.unknown == ["É"]
    each = model.score("anna", per_token=True)
    assert len(each.tokens) == len(each.nats) + 1 == 6
    assert sum(each.nats) == pytest.approx(each.total)
    assert model.score([]) == []
    assert model.score("").total > 0


def test_a_stream_may_end_early(model):
    """An abandoned stream leaves neither memory nor an error behind."""
    stream = model.stream(prompt="a")
    assert next(stream) == "a"
    stream.close()
    assert list(stream) == []
    with model.stream() as stream:
        next(stream, None)
    for _ in range(1000):
        for piece in model.stream(prompt="a"):
            break
    gc.collect()


def test_a_stream_outlives_its_model():
    stream = swiftlet.train(["anna", "otto"] * 50, steps=20, threads=1).stream(prompt="a")
    gc.collect()
    assert "".join(stream).startswith("a")


def test_threads_share_a_stream(model):
    text = "".join(model.stream(max_tokens=400, min_tokens=400))
    stream = model.stream(max_tokens=400, min_tokens=400)
    pieces = []
    threads = [threading.Thread(target=lambda: pieces.extend(stream)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted("".join(pieces)) == sorted(text)


def test_threads_share_a_model(model):
    expected = model.sample(300)
    results = []
    threads = [threading.Thread(target=lambda: results.append(model.sample(300))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


def test_files_of_others_stay(model, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Anna,\n")
    with pytest.raises(swiftlet.FileError, match="is not a model that swiftlet wrote"):
        model.save(path)
    assert path.read_text() == "Dear Anna,\n"
    model.save(path, force=True)
    assert repr(swiftlet.load(path)) == repr(model)


def test_a_model_of_other_settings_is_kept(model, tmp_path):
    path = tmp_path / "m.safetensors"
    model.save(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model.save(path)
    with pytest.warns(UserWarning, match="is kept as") as warned:
        swiftlet.train(NAMES, steps=1, layers=1, embedding=16, threads=1).save(path)
    assert {warning.filename for warning in warned} == {__file__}
    assert pathlib.Path(f"{path}.previous").exists()


def test_the_memory_has_a_share(model, tmp_path):
    model.save(tmp_path / "m")
    alone = swiftlet.load(tmp_path / "m", memory=0)
    assert alone.score("anna").total == model.score("anna", memory=0).total != model.score("anna").total


def test_weights_are_views(model, tmp_path):
    numpy = pytest.importorskip("numpy")
    weights = model.weights
    assert sum(matrix.size for matrix in weights.values()) == model.info["parameters"]
    view = weights["wte"]
    assert view.dtype == numpy.float32 and not view.flags.writeable and not view.flags.owndata
    assert view.__array_interface__["data"] == weights["wte"].__array_interface__["data"]
    with pytest.raises(KeyError):
        weights["no such matrix"]
    model.save(tmp_path / "m")
    assert view.tobytes() in (tmp_path / "m").read_bytes()
    other = swiftlet.load(tmp_path / "m").weights["wte"]
    gc.collect()
    assert (other == view).all()


def test_weights_need_no_numpy(model, tmp_path, monkeypatch):
    model.save(tmp_path / "m")
    data = (tmp_path / "m").read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    tensor = json.loads(data[8:start])["wte"]
    rows, columns = tensor["shape"]
    monkeypatch.setitem(sys.modules, "numpy", None)
    weights = model.weights["wte"]
    assert len(weights) == rows
    for row in range(rows):
        assert list(weights[row]) == list(
            struct.unpack_from(f"<{columns}f", data, start + tensor["data_offsets"][0] + 4 * columns * row))


def test_a_summary_for_notebooks(model):
    html = model._repr_html_()
    assert html.startswith("<div") and "<polyline" in html and "held out" in html


def test_a_summary_hides_no_markup():
    html = swiftlet.train(["<script>"] * 200, steps=5, threads=1)._repr_html_()
    assert "<script>" not in html


def test_facts(model):
    assert repr(model) == f"<swiftlet.Model: {model.info['parameters']:,} parameters, tokenizer character, 27 tokens>"
    assert model.run["curve"][-1]["step"] == 150
    assert model.notes[0] == "5,163 documents, 30,959 tokens."
    assert not model.interrupted
    assert "--learning-rate" in swiftlet.help()
    assert set(itertools.islice(model.weights, 2)) == {"wte", "lm_head"}
