"""The progress of training as a line of text that is redrawn, in a terminal and in a notebook."""

from __future__ import annotations

import sys
import time
import typing

if typing.TYPE_CHECKING:
    from ._model import Model
    from ._training import Progress


def line(progress: Progress) -> str:
    """Returns the progress on one line, as the tool shows it."""
    parts = [f"step {progress.step:,}/{progress.steps:,}", *_losses(progress.loss, progress.held_out)]
    if progress.step:
        parts.append(f"{_abbreviated(progress.tokens_per_second)} tokens/s")
        parts.append(f"{progress.seconds_left:.0f}s left")
    return "  ".join(parts)


def _losses(loss: float | None, held_out: float | None) -> list[str]:
    named = (("loss", loss), ("held out", held_out))
    return [f"{name} {value:.3f}" for name, value in named if value is not None]


def _abbreviated(number: float) -> str:
    for size, suffix in ((1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:.3g}{suffix}"
    return f"{number:.0f}"


def _is_notebook() -> bool:
    """True in a process that runs the cells of a notebook."""
    ipython = sys.modules.get("IPython")
    return getattr(ipython.get_ipython() if ipython else None, "kernel", None) is not None


def _bar(stream: typing.TextIO) -> typing.Any:
    """Returns a bar of tqdm, or `None` where it is not installed."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm(file=stream, unit="step", leave=False)


class Display:
    """A line that is redrawn, of tqdm if it is there, with sentences above it; or, where it cannot be redrawn, a line
    every five seconds.
    """

    def __init__(self) -> None:
        is_notebook = _is_notebook()
        # A notebook shows standard error in red.
        self._stream = sys.stdout if is_notebook else sys.stderr
        self._is_redrawn = is_notebook or self._stream.isatty()
        self._shown = ""
        self._bar = _bar(self._stream) if self._is_redrawn else None
        self._due = 0.0 if self._is_redrawn else time.monotonic() + 5

    def show(self, progress: Progress) -> None:
        """Shows the progress."""
        if not progress.step or time.monotonic() < self._due:
            return
        if self._bar is not None:
            if self._bar.total is None:
                self._bar.reset(progress.steps)
            self._bar.n = progress.step
            self._bar.set_postfix_str("  ".join(_losses(progress.loss, progress.held_out)))
        elif self._is_redrawn:
            self._draw(line(progress))
        else:
            self._due = time.monotonic() + 5
            print(line(progress), file=self._stream, flush=True)

    def note(self, sentence: str) -> None:
        """Shows a sentence above the line."""
        if self._bar is not None:
            self._bar.write(sentence, file=self._stream)
        else:
            self._draw("")
            print(sentence, file=self._stream, flush=True)

    def end(self, model: Model) -> None:
        """Replaces the line by the result."""
        if self._bar is not None:
            self._bar.close()
        self._draw("")
        run = model.run or {}
        parts = [f"{run['steps']:,} steps in {run['seconds']:.1f}s", *_losses(run["loss"], run["validationLoss"])]
        parts.append(f"{_abbreviated(run['tokensPerSecond'])} tokens/s")
        print("  ".join(parts), file=self._stream, flush=True)

    def _draw(self, text: str) -> None:
        if text or self._shown:
            # Spaces hide the rest of a longer line, also where there are no control sequences.
            self._stream.write("\r" + text.ljust(len(self._shown)) + ("" if text else "\r"))
            self._stream.flush()
            self._shown = text
