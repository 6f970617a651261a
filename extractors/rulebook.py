"""Loading of the packaged rules: ordered patterns that classify a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from extractors.vietnamese.letters import search_key


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of headings: its name, the pattern over the search key, printed examples."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


@cache
def load(name: str) -> Any:
    """The parsed YAML file `rules/{name}.yaml`."""
    text = files("extractors.rules").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def classes(name: str, field: str) -> tuple[Rule, ...]:
    """The ordered rules of a classifying file; `field` names the class in its entries."""
    return tuple(Rule(r[field], re.compile(r["pattern"]), tuple(r["examples"])) for r in load(name))


@lru_cache(maxsize=8192)
def classify(name: str, field: str, heading: str) -> str | None:
    """The class of a heading by the first rule that matches its search key."""
    folded = search_key(heading)
    return next((rule.name for rule in classes(name, field) if rule.pattern.search(folded)), None)
