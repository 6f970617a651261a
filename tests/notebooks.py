"""Runs notebooks: for the tests on a copy; `python -m tests.notebooks [NAME …]` renews their output."""

from __future__ import annotations

import base64
import sys
from io import BytesIO
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
_SECONDS = 300  # a cell


def executed(path: Path) -> nbformat.NotebookNode:
    """A notebook with the output of a fresh run; raises where a cell does."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=_SECONDS,
        kernel_name="python3",
        coalesce_streams=True,  # a busy machine cuts what a cell prints anywhere
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    return notebook


def outputs(notebook: nbformat.NotebookNode) -> list[list[nbformat.NotebookNode]]:
    """What each code cell printed or gave."""
    return [list(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


def output_text(notebook: nbformat.NotebookNode) -> list[list[str]]:
    """What each code cell printed or gave, as text; of a picture how large it is."""
    return [
        [output.get("text") or output["data"]["text/plain"] for output in of_cell]
        for of_cell in outputs(notebook)
    ]


def pictures(notebook: nbformat.NotebookNode) -> list[Image.Image]:
    """The plots that it shows."""
    encoded = (
        output["data"]["image/png"]
        for of_cell in outputs(notebook)
        for output in of_cell
        if "image/png" in output.get("data", {})
    )
    return [Image.open(BytesIO(base64.b64decode(data))).convert("RGB") for data in encoded]


def main(names: list[str]) -> None:
    """Give notebooks their output anew, in place: those named, else all."""
    for path in [FOLDER / name for name in names] or sorted(FOLDER.glob("*.ipynb")):
        notebook = executed(path)
        for key in ("kernelspec", "language_info"):
            notebook.metadata.pop(key, None)
        nbformat.write(notebook, path)
        print(path.name, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
