"""The exceptions, whose messages are the sentences of the command-line tool."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from ._model import Sample


class Error(Exception):
    """An error of swiftlet. Its message says what is wrong, where, and the fix; `code` is the tool's exit code."""

    code = 70


class OptionError(Error, ValueError):
    """An option that does not exist, or has a value that it cannot have."""

    code = 64


class DataError(Error, ValueError):
    """A text, a corpus or a model that cannot be used."""

    code = 65


class FileError(Error, OSError):
    """A file that cannot be read or written."""

    code = 74


class TooFewTexts(Error):
    """`Model.sample` found fewer texts than requested; `texts` has those that it found."""

    code = 1
    texts: list[Sample]


_CLASSES = {1: TooFewTexts, 64: OptionError, 65: DataError, 66: FileError, 73: FileError, 74: FileError}


def error(code: int, sentence: str) -> Error:
    """Returns the exception for an exit code of the tool."""
    exception = _CLASSES.get(code, Error)(sentence)
    exception.code = code
    return exception
