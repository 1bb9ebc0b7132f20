"""Swiftlet trains a small GPT on your text in seconds, on an ordinary CPU, and generates new text from it.

    import swiftlet

    model = swiftlet.train("names.txt", seconds=10, progress=True)
    print(model.sample(10, temperature=0.8, novel=True))
    model.save("names.safetensors")

A model is the same, byte for byte, as that of the command `swiftlet train` with the same options.
"""

from ._errors import DataError, Error, FileError, OptionError, TooFewTexts
from ._library import help, version
from ._model import Model, Sample, Score, Stream, Token, load
from ._training import Progress, train

__version__ = version()

# The names by which people know them, in error messages and in the help.
for _class in (DataError, Error, FileError, Model, OptionError, Progress, Sample, Score, Stream, Token, TooFewTexts):
    _class.__module__ = __name__
del _class

__all__ = [
    "DataError", "Error", "FileError", "Model", "OptionError", "Progress", "Sample", "Score", "Stream", "Token",
    "TooFewTexts", "help", "load", "train",
]
