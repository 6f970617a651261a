"""Stands for the extractors where a test is about files, tables or the command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from extractors.document import Document
from extractors.plan import Plan


def use_extract(monkeypatch: pytest.MonkeyPatch, function: Callable[[Document], Plan]) -> None:
    """Let `function` be what the pipeline calls to extract; the real module is not even loaded."""
    module = ModuleType("extractors.extraction")
    module.extract = function  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractors.extraction", module)
