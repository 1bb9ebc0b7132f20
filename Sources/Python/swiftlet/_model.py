"""Trained models: `Model` and what it returns."""

from __future__ import annotations

import os
import typing
import warnings
from collections.abc import Iterator, Mapping
from ctypes import byref, c_char_p, c_float, c_size_t

from ._errors import TooFewTexts, error
from ._library import (
    ErrorStruct, Handle, Option, buffers, call, encoded, failure, library, taken, words,
)
from ._observer import Observer


class Sample(str):
    """A generated text: a `str` that knows more."""

    #: False if the text was cut off, by `max_tokens` or because the context is full.
    complete: bool
    #: True if the text is not one of the training documents; `None` if the model has no record of these.
    novel: bool | None

    def __new__(cls, text: str, complete: bool = True, novel: bool | None = None) -> Sample:
        sample = super().__new__(cls, text)
        sample.complete = complete
        sample.novel = novel
        return sample


class Score(typing.NamedTuple):
    """How surprising a text is to a model. Lower is less surprising."""

    text: str
    #: `None`, as all scores, if the text has characters or words that the model does not know.
    nats_per_token: float | None
    #: Comparable between models with different tokenizers; `None` for the empty text.
    bits_per_byte: float | None
    #: -ln of the probability of the whole text and its end.
    total: float | None
    #: What the model does not know.
    unknown: list[str]
    #: With `per_token=True`: the numbers of the tokens, with the boundary before and after them.
    tokens: list[int] | None = None
    #: With `per_token=True`: the nats of every token but the first.
    nats: list[float] | None = None


class Token(typing.NamedTuple):
    """A token of a text."""

    id: int
    text: str


class Model:
    """A trained model. It never changes, and any number of threads may use it at the same time.

    `swiftlet.train` and `swiftlet.load` return one.
    """

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._info: dict[str, typing.Any] | None = None
        self._weights: Weights | None = None

    # MARK: Texts

    def sample(self, count: int = 10, **options: Option) -> list[Sample]:
        """Generates texts.

            model.sample(20, temperature=0.5, prompt="jo", novel=True)

        The options are those of the command `swiftlet sample`: `temperature`, `prompt`, `novel`, `unique`, `seed`,
        `max_tokens`, `top_k`, `top_p`, `min_p`, `stop`, `match`, `threads` and others, which
        `print(swiftlet.help("sample"))` shows. The same seed gives the same texts.

        Raises `TooFewTexts`, which has the texts that were found, if `novel`, `unique`, `match` or `max_quote` leave
        fewer than `count`.
        """
        struct = ErrorStruct()
        notes: list[str] = []
        with Observer(note=notes.append) as observer:
            address = library.sample(
                self._handle.address, *words({"count": count, **options}), observer.address, byref(struct))
        if observer.is_interrupted:
            raise KeyboardInterrupt
        if not address:
            raise failure(struct)
        _warn(notes)
        texts = [Sample(item["text"], item["complete"], item["novel"]) for item in _parsed(address)]
        if struct.code:
            problem = failure(struct)
            if isinstance(problem, TooFewTexts):
                problem.texts = texts
            raise problem
        return texts

    def stream(self, prompt: str = "", **options: Option) -> Stream:
        """Generates one text piece by piece: first the prompt, then whole characters of what follows.

            for piece in model.stream(prompt="an"):
                print(piece, end="", flush=True)

        The options are those of `sample`, without `novel`, `unique`, `match` and `max_quote`, which need whole texts.
        """
        notes: list[str] = []
        observer = Observer(note=notes.append)
        address = call(
            library.stream_open, self._handle.address, *words({"prompt": prompt, **options}), observer.address)
        _warn(notes)
        return Stream(Handle(address, library.stream_free))

    @typing.overload
    def score(self, texts: str, **options: Option) -> Score: ...

    @typing.overload
    def score(self, texts: typing.Iterable[str], **options: Option) -> list[Score]: ...

    def score(self, texts: str | typing.Iterable[str], **options: Option) -> Score | list[Score]:
        """Measures how surprising texts are: a `Score` for one text, and a list of them for several.

            [score.nats_per_token for score in model.score(["anna", "xqzj"])]

        The options are those of the command `swiftlet score`: `per_token`, `unknown="error"`, `memory` and `threads`.
        """
        if isinstance(texts, str):
            return self.score([texts], **options)[0]
        given = words(options)
        scores = []
        for first, data, ends, count in buffers(texts, size=1 << 18):
            address = call(library.score, self._handle.address, data, ends, count, first, *given)
            scores += [
                Score(
                    item["text"], item["natsPerToken"], item["bitsPerByte"], item["total"], item["unknown"],
                    item.get("tokens"), item.get("nats"))
                for item in _parsed(address)
            ]
        return scores

    def tokens(self, text: str) -> list[Token]:
        """Returns the tokens of a text."""
        try:
            data = text.encode()
        except UnicodeEncodeError as problem:
            raise error(65, f"the text is not Unicode at character {problem.start + 1}: {text[:40]!r}") from None
        address = call(library.tokens, self._handle.address, data, len(data))
        return [Token(item["id"], item["text"]) for item in _parsed(address)]

    # MARK: Files

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Writes the model to a file, which PyTorch, NumPy and the command `swiftlet` read.

        A file that swiftlet did not write is not replaced, and a model of another run is kept beside the new one, with
        `.previous` after its name, unless the new one is better; a warning says so. With `force` the file is replaced.
        """
        notes: list[str] = []
        observer = Observer(note=notes.append)
        call(library.model_save, self._handle.address, encoded(os.fspath(path), "path"), force, observer.address)
        _warn(notes)

    # MARK: Facts

    @property
    def info(self) -> dict[str, typing.Any]:
        """The sizes, the tokenizer and the training of the model, as `swiftlet info --json` shows them."""
        if self._info is None:
            self._info = dict(_parsed(library.model_info(self._handle.address)))
        return self._info

    @property
    def run(self) -> dict[str, typing.Any] | None:
        """The results of the run that made the model, as `swiftlet train --json` shows them, and its loss `curve`.

        `None` for a model that was loaded.
        """
        return self.info.get("run")

    @property
    def notes(self) -> list[str]:
        """The sentences about the run that made the model; empty for a model that was loaded."""
        return list((self.run or {}).get("notes", []))

    @property
    def interrupted(self) -> bool:
        """True if the run that made the model was stopped before its end."""
        return bool((self.run or {}).get("interrupted"))

    @property
    def weights(self) -> Weights:
        """The weight matrices by their names in the model file: `model.weights["wte"]`."""
        if self._weights is None:
            self._weights = Weights(self._handle)
        return self._weights

    def __repr__(self) -> str:
        info = self.info
        return (f"<swiftlet.Model: {info['parameters']:,} parameters, tokenizer {info['tokenizer']['name']}, "
                f"{info['vocabulary']:,} tokens>")

    def _repr_html_(self) -> str:
        return taken(library.model_html(self._handle.address))


class Weights(Mapping):  # type: ignore[type-arg]
    """The weight matrices of a model by name.

    A matrix is a NumPy array that cannot be written, a view of the model's memory. Where there is no NumPy, it is an
    array of `ctypes` for each row.
    """

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._matrices: dict[str, typing.Any] = {}
        for index in range(library.model_weight_count(handle.address)):
            name, rows, columns = c_char_p(), c_size_t(), c_size_t()
            values = library.model_weight(handle.address, index, byref(name), byref(rows), byref(columns))
            self._matrices[typing.cast(bytes, name.value).decode()] = (values, rows.value, columns.value)

    def __getitem__(self, name: str) -> typing.Any:
        values, rows, columns = self._matrices[name]
        from ctypes import addressof

        matrix = ((c_float * columns) * rows).from_address(addressof(values.contents))
        # The memory is the model's, which must live as long as the view.
        matrix._handle = self._handle
        try:
            import numpy
        except ImportError:
            return matrix
        array = numpy.asarray(matrix).view(numpy.float32)
        array.flags.writeable = False
        return array

    def __iter__(self) -> typing.Iterator[str]:
        return iter(self._matrices)

    def __len__(self) -> int:
        return len(self._matrices)

    def __repr__(self) -> str:
        sizes = (f"{name} {rows} × {columns}" for name, (_, rows, columns) in self._matrices.items())
        return f"<swiftlet.Weights: {', '.join(sizes)}>"


class Stream(Iterator):  # type: ignore[type-arg]
    """The pieces of a text, each computed when it is asked for. `close` frees it early, and so does `with`."""

    def __init__(self, handle: Handle) -> None:
        import threading

        self._handle = handle
        # The library lets one thread at a time use a stream.
        self._lock = threading.Lock()

    def __next__(self) -> str:
        with self._lock:
            if not self._handle.address:
                raise StopIteration
            length = c_size_t()
            address = call(library.stream_next, self._handle.address, byref(length))
            if not address:
                self._handle.free()
                raise StopIteration
            return taken(address, length.value)

    def close(self) -> None:
        """Ends the stream and frees its memory."""
        with self._lock:
            self._handle.free()

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def load(path: str | os.PathLike[str], *, memory: float | None = None) -> Model:
    """Reads a model file, which `Model.save` or the command `swiftlet train` wrote.

    `memory` is the share of the n-gram memory in the mixture, from 0 for the network alone to below 1.
    """
    address = call(library.model_load, encoded(os.fspath(path), "path"), *words({"memory": memory}))
    return Model(Handle(address, library.model_free))


def _parsed(address: int) -> typing.Any:
    import json

    return json.loads(taken(address))


def _warn(sentences: list[str]) -> None:
    """Shows sentences as warnings of the line that called the method that calls this function."""
    for sentence in sentences:
        warnings.warn(sentence, stacklevel=3)
