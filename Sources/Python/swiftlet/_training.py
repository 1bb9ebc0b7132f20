"""`swiftlet.train`"""

from __future__ import annotations

import os
import typing
import warnings

from . import _display
from ._errors import Error
from ._library import Handle, Option, ProgressStruct, buffers, call, encoded, library, strings, words
from ._model import Model
from ._observer import Observer


class Progress(typing.NamedTuple):
    """The state of a training run after a step."""

    step: int
    #: The number of steps of the run.
    steps: int
    #: The mean loss of the last hundred steps in nats per token; `None` before the first.
    loss: float | None
    #: The last held-out loss in nats per token; `None` before the first.
    held_out: float | None
    tokens_per_second: float
    #: The time since the first step.
    seconds: float
    #: The probable time to the last step.
    seconds_left: float

    def __str__(self) -> str:
        return _display.line(self)


Corpus = typing.Union[str, "os.PathLike[str]", typing.Iterable[str], typing.Iterable["os.PathLike[str]"]]


def train(
    corpus: Corpus,
    *,
    progress: bool | typing.Callable[[Progress], object] = False,
    **options: Option,
) -> Model:
    """Trains a model on texts.

        model = swiftlet.train(["emma", "olivia", "ava"], steps=500)
        model = swiftlet.train("names.txt", tokenizer="character", seconds=10, progress=True)
        model = swiftlet.train(line.strip() for line in open("names.txt"))

    A `str` or a path is the name of a file. Everything else is iterated over: texts, each a `str`, or paths of files.

    The options are those of the command `swiftlet train`, with underscores: `seconds`, `steps`, `seed`, `tokenizer`,
    `layers`, `embedding`, `context`, `batch`, `learning_rate`, `memory`, `validation`, `threads` and others. A flag is
    `True`; `--from` is `from_`. `print(swiftlet.help())` shows all of them. The same options give the same model, byte
    for byte, as the command. Unlike the command, `train` writes no file unless `output`, `checkpoint`, `metrics` or
    `report` name one.

    With `progress=True` a line shows the progress, which is a bar of `tqdm` where that is installed, and samples and
    sentences about the run appear above it. Instead, a function can take a `Progress` about ten times a second, and
    stop training by returning "stop". An exception that it raises ends training and is raised again.

    Ctrl-C stops training after the present step, with a warning, and `train` returns the model so far; then
    `model.interrupted` is true. Before the first step it raises `KeyboardInterrupt`. While the n-gram memory is made,
    which follows the last step, it leaves out the memory.
    """
    display = _display.Display() if progress is True else None
    function = progress if callable(progress) else display.show if display else None
    if function is None and progress:
        raise TypeError(f"progress is {progress!r}; it must be True, False or a function")

    def report(state: ProgressStruct) -> bool:
        return function is None or function(_progress(state)) != "stop"

    observer = Observer(report, display.note if display else None)
    try:
        if isinstance(corpus, (str, os.PathLike)):
            address = _train_files([corpus], words(options), observer)
        else:
            address = _train_items(corpus, words(options), observer)
    except Error:
        if observer.is_interrupted:
            raise KeyboardInterrupt from None
        raise
    model = Model(Handle(address, library.model_free))
    if display:
        display.end(model)
    return _finished(model, observer)


def _finished(model: Model, observer: Observer) -> Model:
    """Returns the model of a run, unless its observer failed or it was interrupted before the first step."""
    if observer.failure is not None:
        raise observer.failure
    run = model.run or {}
    if observer.is_interrupted:
        if model.interrupted and not run["steps"]:
            raise KeyboardInterrupt
        steps = model.info["training"]["recipe"]["steps"]
        if not model.interrupted:
            sentence = "Ctrl-C came too late to stop training; the model is complete"
        elif run["steps"] < steps:
            sentence = f"training was interrupted after step {run['steps']:,} of {steps:,}; this is the model so far"
        else:
            sentence = "the n-gram memory was interrupted; this is the model without it"
        warnings.warn(sentence, stacklevel=3)
    return model


def _train_files(
    paths: typing.Iterable[str | os.PathLike[str]], options: tuple[typing.Any, int], observer: Observer
) -> int:
    names = [encoded(os.fspath(path), "path") for path in paths]
    with observer:
        address: int = call(library.train_files, strings(names), len(names), *options, observer.address)
    return address


def _train_items(items: typing.Iterable[typing.Any], options: tuple[typing.Any, int], observer: Observer) -> int:
    if isinstance(items, (bytes, bytearray, memoryview)):
        raise TypeError("the corpus is bytes; decode it, and give the texts as str")
    iterator = iter(items)
    first = next(iterator, None)
    if isinstance(first, os.PathLike):
        return _train_files([first, *iterator], options, observer)
    texts = Handle(library.texts_create(), library.texts_free)
    for _, data, ends, count in buffers(_chained(first, iterator)):
        call(library.texts_append, texts.address, data, ends, count)
    with observer:
        address: int = call(library.train_texts, texts.address, *options, observer.address)
    return address


def _chained(first: typing.Any, rest: typing.Iterator[typing.Any]) -> typing.Iterator[typing.Any]:
    if first is not None:
        yield first
    yield from rest


def _progress(state: ProgressStruct) -> Progress:
    def known(number: float) -> float | None:
        return None if number != number else number

    return Progress(
        state.step, state.steps, known(state.loss), known(state.held_out), state.tokens_per_second, state.seconds,
        state.seconds_left)
