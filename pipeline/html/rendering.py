"""Templates into a page, and the page into a file.

A package's templates go over the shared ones, its script behind the shared script.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.files import write_whole
from pipeline.folder import is_dataset
from pipeline.places import writing
from pipeline.usage import UsageError

if TYPE_CHECKING:
    from jinja2 import Environment

GENERATOR = '<meta name="generator" content="kehoach">'  # in the head of every page of ours
_HEAD = 2_000  # bytes in which it stands
_TEMPLATES = "templates"
_HERE = "pipeline.html"


def render(package: str, template: str, script: str, **values: object) -> str:
    """The page that a template of a package makes; `script` is the name of the package's own script.

    Templates extend `page.html.j2`, which includes the package's `style.css` after the shared one.
    """
    code = "\n".join(_text(home, name) for home, name in ((_HERE, "page.js"), (package, script)))
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return _environment(package).get_template(template).render(script=code, script_hash=digest, **values)


def write(page: str, path: Path) -> None:
    """Write a page whole or not at all, over a page of ours or where there is nothing.

    Raises UsageError where there is no such folder or something else stands there, StoreError.
    """
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}; make it first.")
    if is_dataset(path.parent):  # its report is a page of ours, too
        raise UsageError(f"{path.parent} is a dataset; name a file outside it.")
    if path.exists() and not _is_ours(path):
        raise UsageError(f"{path} is no page of kehoach, and is not written over; name another file.")
    with writing(path):
        write_whole(path, page.encode())


def _is_ours(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as file:
        return GENERATOR.encode() in file.read(_HEAD)
    return False


def _text(package: str, name: str) -> str:
    return files(package).joinpath(_TEMPLATES, name).read_text(encoding="utf-8")


def _printable(value: object) -> object:
    """Text without characters that are not seen: controls, and those that turn the direction of writing."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return "".join(ch if ch.isprintable() or ch == "\n" else " " for ch in value)


@cache
def _environment(package: str) -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        finalize=_printable,
        loader=ChoiceLoader([PackageLoader(package, _TEMPLATES), PackageLoader(_HERE, _TEMPLATES)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
