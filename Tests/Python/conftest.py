"""What the tests of the Python package share. They run with the package installed: `.ci/wheel test`."""

import os
import pathlib
import subprocess
import sys

import pytest
import swiftlet

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
#: The command of the same environment as this Python.
COMMAND = pathlib.Path(sys.executable).with_name("swiftlet")
NAMES = ROOT / "corpora" / "names.txt"


@pytest.fixture(scope="session")
def names():
    """The names of the corpus."""
    return NAMES.read_text().split("\n")[:-1]


@pytest.fixture(scope="session")
def model():
    """A model of names, small enough to be trained in a moment."""
    return swiftlet.train(NAMES, steps=150, seed=1, layers=1, embedding=32, threads=1)


@pytest.fixture
def tool(tmp_path):
    """Runs the command, and returns its standard output."""

    def run(*arguments, **options):
        return subprocess.run(
            [COMMAND, *map(str, arguments)], cwd=tmp_path, check=True, capture_output=True, text=True, **options).stdout

    return run


@pytest.fixture
def script(tmp_path):
    """Starts another Python with a script and returns the process."""

    def start(text, **options):
        path = tmp_path / "script.py"
        path.write_text(text)
        environment = {**os.environ, **options.pop("environment", {})}
        return subprocess.Popen(
            [sys.executable, path], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=environment, **options)

    return start
