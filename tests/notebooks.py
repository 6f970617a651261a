"""Runs notebooks: for the tests on a copy, and by `python -m tests.notebooks` for their output anew."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

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


def output_text(notebook: nbformat.NotebookNode) -> list[list[str]]:
    """What each code cell printed or gave, as text."""
    return [
        [output.get("text") or output["data"]["text/plain"] for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def main() -> None:
    """Give every notebook its output anew, in place."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = executed(path)
        for key in ("kernelspec", "language_info"):
            notebook.metadata.pop(key, None)
        nbformat.write(notebook, path)
        print(path.name, file=sys.stderr)


if __name__ == "__main__":
    main()
