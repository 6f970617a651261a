"""Commands in the documents: runs them, and by `python -m tests.documents` gives their output anew.

A block marked `sh` holds commands, `console` commands after `$` with what they print, `python` a script.
The blocks of a document run in order in one folder that has the repository's `data` in it. The picture of
a scan is what the README's command draws, in fewer colours.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.vi.md")
DOCUMENTS = (*READMES, *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
PICTURE = ROOT / "docs" / "scan.png"
SCAN = "data/raw/thanhtra_soctrang_kh_phong_chong_tham_nhung_2021.pdf"
_COLOURS = 96
_FENCE = re.compile(r"^```(sh|console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The command as it is installed; here from the sources, whatever environment runs the tests.
_COMMAND = f'kehoach() {{ "{sys.executable}" -m pipeline "$@"; }}\n'


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its content, and where the content stands in the document."""

    language: str
    content: str
    start: int
    end: int

    def commands(self) -> list[str]:
        """The commands of a block, without remarks."""
        lines = self.content.splitlines()
        if self.language == "console":
            lines = [line[2:] for line in lines if line.startswith("$ ")]
        return [line.split(" #")[0].strip() for line in lines if line.strip()]


def blocks(text: str) -> list[Block]:
    """The blocks of a document that can be run."""
    return [Block(m[1], m[2], m.start(2), m.end(2)) for m in _FENCE.finditer(text)]


def workplace(folder: Path) -> Path:
    """A folder in which the commands of a document make sense."""
    (folder / "data").symlink_to(ROOT / "data")
    return folder


def run(script: str, folder: Path, language: str = "sh") -> subprocess.CompletedProcess[str]:
    """Run a command or script as a reader of the document would."""
    command = [sys.executable, "-c", script] if language == "python" else ["bash", "-c", _COMMAND + script]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def outputs(text: str, folder: Path) -> Iterator[tuple[Block, str]]:
    """Every block with its content as it ought to be; raises where a command fails."""
    for block in blocks(text):
        if block.language == "python":
            _checked(block.content, folder, "python")
            yield block, block.content
            continue
        found = ""
        for command in block.commands():
            if not command.startswith("make "):
                found += f"$ {command}\n{_checked(command, folder)}"
        yield block, found if block.language == "console" else block.content


def _checked(script: str, folder: Path, language: str = "sh") -> str:
    done = run(script, folder, language)
    if done.returncode != 0:
        raise RuntimeError(f"{script}\n{done.stderr}")
    return done.stdout


def refreshed(text: str, folder: Path) -> str:
    """A document with the output of its commands as it is today."""
    for block, content in reversed(list(outputs(text, folder))):
        text = text[: block.start] + content + text[block.end :]
    return text


def picture() -> Image.Image:
    """The picture of the scan as it is drawn today."""
    with TemporaryDirectory() as folder:
        drawn = Path(folder) / "scan.png"
        _checked(f"kehoach show '{ROOT / SCAN}' --draw '{drawn}'", Path(folder))
        with Image.open(drawn) as image:
            return image.convert("RGB").quantize(
                _COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
            )


def main() -> None:
    names = sys.argv[1:] or DOCUMENTS
    if not sys.argv[1:]:
        PICTURE.parent.mkdir(exist_ok=True)
        picture().save(PICTURE, optimize=True)
    for name in names:
        with TemporaryDirectory() as folder:
            path = ROOT / name
            path.write_text(
                refreshed(path.read_text(encoding="utf-8"), workplace(Path(folder))), encoding="utf-8"
            )


if __name__ == "__main__":
    main()
