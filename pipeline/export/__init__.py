"""Hands a dataset over to other systems, in their own terms.

export(dataset, "plans.sqlite") -> ExportSummary
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.export.contract import ExportSummary
    from pipeline.export.exporting import export

__all__ = ["ExportSummary", "export"]

_HOMES = {"ExportSummary": "contract", "export": "exporting"}


def __getattr__(name: str) -> object:
    """Load a function's module when it is first asked for: the command line names targets without them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
