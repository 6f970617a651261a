"""What is installed: dependencies that are imported and no others, data files, versions that agree."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path

import pipeline

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ("extractors", "pipeline")


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def _required(requirements: list[str]) -> set[str]:
    return {_folded(re.split(r"[<>=!~\[; ]", requirement)[0]) for requirement in requirements}


def _imported(folders: tuple[str, ...]) -> set[str]:
    """Top-level names of what the modules in these folders import."""
    found: set[str] = set()
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {*PACKAGES, "tests", "bench"}


def _distributions(modules: set[str]) -> set[str]:
    known = packages_distributions()
    return {_folded(known[module][0]) for module in modules if module in known}


CORE = _required(PROJECT["project"]["dependencies"])
EXTRAS = PROJECT["project"]["optional-dependencies"]
OPTIONAL = _required([line for name, lines in EXTRAS.items() if name != "dev" for line in lines])
ALL = (CORE | OPTIONAL | _required(EXTRAS["dev"])) - {"kehoach"}  # the extra dev takes all others
COMES_WITH = {"adbc-driver-manager"}  # of an optional package, and imported beside it
BY_NAME = {"s3fs"}  # loaded by fsspec


def test_the_packages_require_what_they_import_and_nothing_else() -> None:
    assert _distributions(_imported(PACKAGES)) - COMES_WITH == (CORE | OPTIONAL) - BY_NAME


def test_tests_and_bench_require_what_they_import() -> None:
    assert _distributions(_imported(("tests", "bench")) - {"markitdown"}) <= ALL


def test_every_requirement_has_an_exact_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[\w.-]+==[\w.!+-]+", line) for line in lines)
    assert _required(lines) >= ALL


def test_data_files_are_packaged() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            name = path.relative_to(ROOT / package).as_posix()
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                assert any(fnmatch(name, pattern) for pattern in patterns[package]), f"{package}/{name}"


def test_extractors_never_import_the_pipeline_and_touch_no_network() -> None:
    for path in (ROOT / "extractors").rglob("*.py"):
        found = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        assert not found & {"pipeline", "random", "time", "socket", "urllib", "requests", "httpx"}, path.name


def test_the_changelog_speaks_of_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{pipeline.__version__}]" in changes or "## [Unreleased]" in changes
