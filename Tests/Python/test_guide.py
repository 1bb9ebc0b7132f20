"""The guide and its notebook: every line works, and prints what stands there."""

import doctest

import pytest
from conftest import ROOT


def test_the_guide(tmp_path, monkeypatch):
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert result.failed == 0 and result.attempted > 15


def test_the_notebook(tmp_path):
    """A notebook shows the progress of training, and a model as a picture."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    notebook = nbformat.read(ROOT / "docs" / "names.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace("seconds=10", "seconds=1")
    nbclient.NotebookClient(
        notebook, timeout=60, coalesce_streams=True, resources={"metadata": {"path": str(ROOT / "docs")}}).execute()
    training, model = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"][:2]
    assert [output.name for output in training] == ["stdout"]
    assert " steps in " in training[0].text
    assert "<polyline" in model[0].data["text/html"]
