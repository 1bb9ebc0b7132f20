"""What watches a call: functions for its progress and its sentences, and Ctrl-C."""

from __future__ import annotations

import typing
from ctypes import byref

from ._library import ContinuesFunction, NoteFunction, ObserverStruct, ProgressFunction, ProgressStruct


class Observer:
    """Calls Python's functions from the library, on the thread of the call.

    In the main thread Ctrl-C does not raise `KeyboardInterrupt` in the middle of a call: it stops what the call does at
    that time, and `is_interrupted` becomes true. A call that goes on with something else is stopped by another Ctrl-C.
    """

    def __init__(
        self,
        progress: typing.Callable[[ProgressStruct], bool] | None = None,
        note: typing.Callable[[str], object] | None = None,
    ) -> None:
        self._progress = progress or _continue
        self._note = note
        self._handler: typing.Any = None
        self.is_interrupted = False
        #: True until the call has heard of the last Ctrl-C.
        self._is_pending = False
        #: The exception that a function raised, which ends the call.
        self.failure: BaseException | None = None
        self._struct = ObserverStruct(
            None, ProgressFunction(self._on_progress), ContinuesFunction(self._continues),
            NoteFunction(self._on_note) if note else NoteFunction())
        self.address = byref(self._struct)

    def __enter__(self) -> Observer:
        import signal
        import threading

        # A handler that somebody else has set stays.
        if (threading.current_thread() is threading.main_thread()
                and signal.getsignal(signal.SIGINT) is signal.default_int_handler):
            self._handler = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        import signal

        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)
            self._handler = None

    def _interrupt(self, number: int, frame: typing.Any) -> None:
        self.is_interrupted = self._is_pending = True

    def _on_progress(self, context: int | None, progress: typing.Any) -> bool:
        try:
            continues = self._progress(progress.contents)
        except BaseException as failure:  # ctypes would print it and continue.
            self.failure = self.failure or failure
        return self._continues() and continues

    def _continues(self, context: int | None = None) -> bool:
        # Python handles a signal after a call, and would not in a function that calls nothing.
        _continue(None)
        is_stopped, self._is_pending = self._is_pending, False
        return self.failure is None and not is_stopped

    def _on_note(self, context: int | None, sentence: bytes) -> None:
        try:
            if self._note is not None:
                self._note(sentence.decode())
        except BaseException as failure:
            self.failure = self.failure or failure


def _continue(progress: ProgressStruct | None) -> bool:
    return True
