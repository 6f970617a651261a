"""Every example of the classifying rules is put into the class that it stands for."""

import pytest

from extractors.rulebook import classes, classify

CASES = [
    (name, field, rule.name, example)
    for name, field in (("table_headings", "role"), ("section_kinds", "kind"))
    for rule in classes(name, field)
    for example in rule.examples
]


@pytest.mark.parametrize(("name", "field", "wanted", "heading"), CASES)
def test_examples(name: str, field: str, wanted: str, heading: str) -> None:
    assert classify(name, field, heading) == wanted
