"""Notebooks run as they stand, and what is printed in them is what they give today."""

from __future__ import annotations

import nbformat
import pytest

from tests.notebooks import FOLDER, executed, output_text

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_its_output_is_todays(path: object) -> None:
    kept = nbformat.read(path, as_version=4)
    nbformat.validate(kept)
    assert output_text(kept) == output_text(executed(path)), "run: make notebooks"  # type: ignore[arg-type]
    assert any(output_text(kept)), "a notebook is kept with its output"
