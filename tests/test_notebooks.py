"""Notebooks run as they stand, and what is printed in them is what they give today."""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
import pytest
from PIL import Image, ImageChops, ImageStat

from tests.notebooks import FOLDER, executed, output_text, outputs, pictures

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
_LIKE = 4.0  # mean difference of a channel: another version of a library may draw a little differently
_SMALL = 400_000  # bytes of a notebook with its plots


def test_there_are_notebooks() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04"]


@every_notebook
def test_a_notebook_runs_and_its_output_is_todays(path: Path) -> None:
    kept, today = nbformat.read(path, as_version=4), executed(path)
    nbformat.validate(kept)
    assert output_text(kept) == output_text(today), "run: make notebooks"
    assert any(output_text(kept)), "a notebook is kept with its output"
    for one, other in zip(pictures(kept), pictures(today), strict=True):
        assert difference(one, other) < _LIKE, "run: make notebooks"


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much two pictures differ: the mean of a channel, of 255."""
    same_size = other.resize(one.size)
    return max(ImageStat.Stat(ImageChops.difference(one, same_size)).mean)


@every_notebook
def test_a_notebook_tells_nothing_of_the_machine_that_ran_it(path: Path) -> None:
    given = [output for of_cell in outputs(nbformat.read(path, as_version=4)) for output in of_cell]
    assert not [output for output in given if output.get("name") == "stderr"]
    told = [output.get("text") or "".join(output["data"].get("text/html", "")) for output in given]
    assert not [text for text in told if str(FOLDER.parent) in text or tempfile.gettempdir() in text]
    assert path.stat().st_size < _SMALL


def test_notebooks_show_plots() -> None:
    shown = {path.name[:2]: pictures(nbformat.read(path, as_version=4)) for path in NOTEBOOKS}
    assert {name: len(found) for name, found in shown.items()} == {"01": 0, "02": 2, "03": 2, "04": 0}
    for picture in (each for found in shown.values() for each in found):
        assert min(picture.size) > 300
        assert len(picture.getcolors(maxcolors=picture.width * picture.height) or ()) > 10, "an empty plot"
