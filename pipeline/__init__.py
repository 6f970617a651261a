"""From files to a dataset: parse, extract, store.

pipeline.parse(path) -> Document
pipeline.ingest(source, dataset) -> Summary
pipeline.open_dataset(path).tasks -> DataFrame
pipeline.compare(dataset, issuer=…, years=(2023, 2024)) -> Comparison
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.comparison import compare, compare_years
    from pipeline.dataset import open_dataset
    from pipeline.ingestion import ingest
    from pipeline.parsers import parse
    from pipeline.timelines import timeline

__version__ = "0.1.0"
__all__ = ["__version__", "compare", "compare_years", "ingest", "open_dataset", "parse", "timeline"]

_HOMES = {
    "compare": "pipeline.comparison",
    "compare_years": "pipeline.comparison",
    "ingest": "pipeline.ingestion",
    "open_dataset": "pipeline.dataset",
    "parse": "pipeline.parsers",
    "timeline": "pipeline.timelines",
}


def __getattr__(name: str) -> object:
    """Load a function's module when it is first asked for: `kehoach --help` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
