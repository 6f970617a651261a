"""From a read document to a plan: a Document in, a Plan out; no files, clock, network or randomness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractors.extraction import extract

__all__ = ["extract"]


def __getattr__(name: str) -> Any:
    """`extract`, imported when it is first asked for: the rules take a while to load."""
    if name == "extract":
        from extractors.extraction import extract

        return extract
    raise AttributeError(name)
