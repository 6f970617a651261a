"""The documents: every command in them runs and prints what stands there; tables and rules are all named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from pipeline.cli import parser
from pipeline.schema import TABLES
from tests.documents import DOCUMENTS, PICTURE, READMES, ROOT, blocks, picture, refreshed, workplace

README = (ROOT / "README.md").read_text(encoding="utf-8")
_LIKE = 0.5  # mean difference of a channel: a renderer may blend its edges a little differently
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_runs_and_prints_what_stands_there(name: str, tmp_path: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert refreshed(text, workplace(tmp_path)) == text, "run: make docs"


def test_the_picture_of_a_scan_is_todays() -> None:
    assert PICTURE.stat().st_size < 300_000
    today = picture().convert("RGB")
    with Image.open(PICTURE) as kept:
        assert kept.size == today.size, "run: make docs"
        difference = ImageStat.Stat(ImageChops.difference(kept.convert("RGB"), today))
    assert max(difference.mean) < _LIKE, "run: make docs"


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_come_first(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert blocks(text)[0].commands() == ["make run", "make test"]
    assert text.index("make run") < 900


@pytest.mark.parametrize("name", [*DOCUMENTS, "CONTRIBUTING.md"])
def test_every_target_of_make_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = {word for line in re.findall(r"\bmake ((?:[a-z-]+ ?)+)", text) for word in line.split()}
    commands = {w for b in blocks(text) for c in b.commands() if c.startswith("make ") for w in c.split()[1:]}
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    assert commands <= targets
    assert named & {"run", "test", "setup", "format"} <= targets


def test_every_command_of_the_program_is_shown() -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS]
    shown = " ".join(command for text in texts for block in blocks(text) for command in block.commands())
    for command in re.findall(r"^    (\w+) +\w", parser().format_help(), re.MULTILINE):
        assert f"kehoach {command}" in shown


def test_every_table_is_told_as_the_schema_tells_it() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", README, re.MULTILINE))
    assert {name: rows.get(name) for name in TABLES} == {n: t.description for n, t in TABLES.items()}


def test_the_vietnamese_page_names_every_table() -> None:
    text = (ROOT / "README.vi.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(TABLES)


def test_every_file_of_rules_has_its_line() -> None:
    folder = ROOT / "extractors" / "rules"
    held = {path.name for path in folder.iterdir() if path.suffix in (".yaml", ".tsv")}
    assert held == set(re.findall(r"^\|.*\| `(\w+\.(?:yaml|tsv))` \|$", README, re.MULTILINE))


@pytest.mark.parametrize("name", [*DOCUMENTS, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert ((ROOT / name).parent / target).exists(), target
