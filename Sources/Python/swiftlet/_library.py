"""The shared library, and the conversion of what goes in and comes out. `include/swiftlet.h` describes its functions.

While a function of the library runs, other threads of Python run too: `ctypes.CDLL` releases the interpreter's lock.
"""

from __future__ import annotations

import os
import typing
from ctypes import (
    CDLL, CFUNCTYPE, POINTER, Structure, byref, c_bool, c_char_p, c_double, c_float, c_int32, c_size_t, c_uint64,
    c_void_p, string_at,
)

from ._errors import Error, OptionError, error

_PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "libswiftlet.so")


class ErrorStruct(Structure):
    """`swiftlet_error`"""

    _fields_ = [("code", c_int32), ("sentence", c_void_p)]


class ProgressStruct(Structure):
    """`swiftlet_progress`"""

    _fields_ = [
        ("step", c_uint64), ("steps", c_uint64), ("loss", c_double), ("held_out", c_double),
        ("tokens_per_second", c_double), ("seconds", c_double), ("seconds_left", c_double),
    ]


ProgressFunction = CFUNCTYPE(c_bool, c_void_p, POINTER(ProgressStruct))
ContinuesFunction = CFUNCTYPE(c_bool, c_void_p)
NoteFunction = CFUNCTYPE(None, c_void_p, c_char_p)


class ObserverStruct(Structure):
    """`swiftlet_observer`"""

    _fields_ = [
        ("context", c_void_p), ("progress", ProgressFunction), ("continues", ContinuesFunction), ("note", NoteFunction)]


_words = (POINTER(c_char_p), c_size_t)
_error = POINTER(ErrorStruct)
_observer = POINTER(ObserverStruct)
# Strings that the caller frees are addresses, because ctypes would convert `c_char_p` and lose the address.
_FUNCTIONS: dict[str, tuple[typing.Any, tuple[typing.Any, ...]]] = {
    "version": (c_char_p, ()),
    "help": (c_void_p, (c_char_p,)),
    "string_free": (None, (c_void_p,)),
    "texts_create": (c_void_p, ()),
    "texts_free": (None, (c_void_p,)),
    "texts_append": (c_bool, (c_void_p, c_char_p, c_void_p, c_size_t, _error)),
    "train_texts": (c_void_p, (c_void_p, *_words, _observer, _error)),
    "train_files": (c_void_p, (*_words, *_words, _observer, _error)),
    "model_load": (c_void_p, (c_char_p, *_words, _error)),
    "model_save": (c_bool, (c_void_p, c_char_p, c_bool, _observer, _error)),
    "model_free": (None, (c_void_p,)),
    "model_info": (c_void_p, (c_void_p,)),
    "model_html": (c_void_p, (c_void_p,)),
    "model_weight_count": (c_size_t, (c_void_p,)),
    "model_weight": (
        POINTER(c_float), (c_void_p, c_size_t, POINTER(c_char_p), POINTER(c_size_t), POINTER(c_size_t))),
    "sample": (c_void_p, (c_void_p, *_words, _observer, _error)),
    "score": (c_void_p, (c_void_p, c_char_p, c_void_p, c_size_t, c_size_t, *_words, _error)),
    "tokens": (c_void_p, (c_void_p, c_char_p, c_size_t, _error)),
    "stream_open": (c_void_p, (c_void_p, *_words, _observer, _error)),
    "stream_next": (c_void_p, (c_void_p, POINTER(c_size_t), _error)),
    "stream_free": (None, (c_void_p,)),
}


def _load() -> typing.Any:
    if not os.path.exists(_PATH):
        raise ImportError(f"{_PATH} is missing; this is the source of swiftlet. Build the wheel with: make wheel")
    library = CDLL(_PATH)
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, "swiftlet_" + name)
        function.restype, function.argtypes = result, arguments
        setattr(library, name, function)
    return library


library = _load()


def version() -> str:
    """Returns the version of the library."""
    return typing.cast(bytes, library.version()).decode()


def help(command: str = "train") -> str:
    """Returns the help of a command of the tool, whose options are the keyword arguments here: `print(swiftlet.help())`

    `command` is "train" for the options of `swiftlet.train`, "sample" for those of `Model.sample` and `Model.stream`,
    and "score" for those of `Model.score`.
    """
    address = library.help(encoded(command, "the command"))
    if not address:
        raise OptionError(f"swiftlet has no command {command!r}; see help for 'train', 'sample' and 'score'")
    return taken(address)


class Handle:
    """Something that the library holds, which is freed with this object."""

    def __init__(self, address: int, free: typing.Callable[[int], None]) -> None:
        self.address = address
        self._free = free

    def free(self) -> None:
        """Frees it now."""
        address, self.address = self.address, 0
        if address:
            self._free(address)

    def __del__(self) -> None:
        self.free()


Option = typing.Union[None, bool, int, float, str, "os.PathLike[str]", typing.Sequence[int]]


def encoded(text: str, name: str) -> bytes:
    """Returns a string as C takes it."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise OptionError(f"{name} {text!r} is not Unicode; convert it, or rename the file with that name") from None
    if b"\0" in data:
        raise OptionError(f"{name} has the character U+0000; leave it out")
    return data


def words(options: typing.Mapping[str, Option]) -> tuple[typing.Any, int]:
    """Returns options as an array of `name=value`, and their number. Those that are `None` are left out."""
    list_ = []
    for name, value in options.items():
        # `from` is a word of Python, so the option is `from_`.
        name = name.rstrip("_").replace("_", "-")
        if value is None:
            continue
        if isinstance(value, bool):
            value = "true" if value else "false"
        elif isinstance(value, float):
            value = repr(float(value))
        elif isinstance(value, (list, tuple)):
            value = ",".join(str(item) for item in value)
        elif isinstance(value, os.PathLike):
            value = os.fspath(value)
        list_.append(encoded(f"{name}={value}", "option"))
    return strings(list_), len(list_)


def strings(items: typing.Sequence[bytes]) -> typing.Any:
    """Returns an array of strings of C."""
    return (c_char_p * len(items))(*items)


def taken(address: int, length: int = -1) -> str:
    """Returns a string of the library, and frees it there."""
    try:
        return string_at(address, length).decode()
    finally:
        library.string_free(address)


def failure(struct: ErrorStruct) -> Error:
    """Returns the exception of a call that failed."""
    return error(struct.code, taken(struct.sentence) if struct.sentence else "the library failed without a sentence")


def call(function: typing.Callable[..., typing.Any], *arguments: typing.Any) -> typing.Any:
    """Calls a function whose last argument is the error; returns its result, or raises the error."""
    struct = ErrorStruct()
    result = function(*arguments, byref(struct))
    if struct.code and not result:
        raise failure(struct)
    return result


def buffers(texts: typing.Iterable[str], size: int = 1 << 20) -> typing.Iterator[tuple[int, bytes, typing.Any, int]]:
    """Divides texts into buffers of about `size` bytes.

    Yields the number of a buffer's first text, its bytes, the ends of its texts and their number. Only one buffer is in
    memory at a time, so that texts may come from a generator.
    """
    first = count = 0
    parts: list[bytes] = []
    length = 0
    for text in texts:
        try:
            part = text.encode()
        except AttributeError:
            kind = type(text).__name__
            raise TypeError(f"text {first + count + 1} is of type {kind}; every text must be a str") from None
        except UnicodeEncodeError as problem:
            raise error(
                65, f"text {first + count + 1} is not Unicode at character {problem.start + 1}: {text[:40]!r}") from None
        parts.append(part)
        count += 1
        length += len(part)
        if length >= size or count == 65536:
            yield (first, *_joined(parts))
            first, count, length, parts = first + count, 0, 0, []
    if parts:
        yield (first, *_joined(parts))


def _joined(parts: list[bytes]) -> tuple[bytes, typing.Any, int]:
    ends = (c_uint64 * len(parts))()
    end = 0
    for index, part in enumerate(parts):
        end += len(part)
        ends[index] = end
    return b"".join(parts), ends, len(parts)
