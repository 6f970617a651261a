"""Cited instruments: whose numbering a number stands in, what a symbol contradicts, what was replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from extractors.citations import find_citations
from extractors.cited_instruments import instrument_key
from extractors.replaced import Replaced, replaced_instrument, replaced_instruments
from extractors.rulebook import load
from extractors.symbol_issuers import contradicted

# --- rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize("organ", load("symbol_issuers")["organs"], ids=lambda o: o["organ"])
def test_every_symbol_rule_does_what_its_examples_say(organ: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    assert [contradicted(*example) for example in organ["examples"]] == [None] * len(organ["examples"])
    assert all(contradicted(*example) for example in organ["contradictions"])


@pytest.mark.parametrize(
    ("number", "issuer", "said"),
    [
        ("98/2023/NĐ-CP", "Chính phủ", None),
        ("19/CT-TTg", "Thủ tướng", None),
        ("19/CT-TTg", "Chính phủ", "Thủ tướng Chính phủ"),
        ("06/2022/QH15", "Quốc hội khóa XV", None),
        ("01/2024/TT-BNV", "Bộ trưởng Bộ Nội vụ", None),
        ("01/2024/TT-BNV", "Bộ Tài chính", "Bộ Nội vụ"),
        ("12/2020/TT-BLĐTBXH", "Bộ Nội vụ", None),  # it went into that ministry
        ("15/KH-SNV", "Sở Y tế tỉnh Hà Nam", "Sở Nội vụ"),
        ("15/KH-SNV", "Sở Nội vụ tỉnh Hà Nam", None),
        ("12/CV-LH", "Công ty Hoa Sen", None),
        ("503/KH-UBND", "Hội đồng Thi đua", None),  # an issuer of no known kind says nothing
    ],
)
def test_a_symbol_contradicts_only_what_it_is_certain_of(number: str, issuer: str, said: str | None) -> None:
    assert contradicted(number, issuer) == said


@pytest.mark.parametrize("replaced", replaced_instruments(), ids=lambda r: r.number)
def test_every_replaced_instrument_is_known_by_number_and_by_name(replaced: Replaced) -> None:
    assert replaced_instrument(replaced.number, None, None) == replaced
    assert replaced.issued_on < replaced.until
    if replaced.name is not None:
        assert replaced_instrument(None, replaced.name, replaced.issued_on) == replaced
        assert replaced_instrument(None, f"{replaced.name} năm {replaced.issued_on.year}", None) == replaced
        assert replaced_instrument(None, replaced.name, None) is None
        assert replaced_instrument(None, replaced.name, date(1990, 1, 1)) is None


@pytest.mark.parametrize("entry", load("replaced_instruments"), ids=lambda e: e["number"])
def test_every_example_is_read_as_a_citation_of_it(entry: Mapping[str, str]) -> None:
    (cited,) = find_citations(f"Căn cứ {entry['example']};")
    found = replaced_instrument(cited.number, cited.title, cited.issued_on)
    assert found is not None and found.number == entry["number"]


# --- instruments ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        (("34-CT/TW", "2014-04-07", None), ("34-CT/TW", "2015-04-07", None), True),  # one term
        (("34-CT/TW", "2014-04-07", None), ("34-CT/TW", "2019-04-07", None), False),
        (("19/CT-TTg", "2021-04-07", None), ("19/CT-TTg", "2021-05-07", "Thủ tướng"), True),
        (("19/CT-TTg", "2021-04-07", None), ("19/CT-TTg", "2022-04-07", None), False),
        (("98/2023/NĐ-CP", "2023-04-07", None), ("98/2023/NĐ-CP", "2024-04-07", None), True),
        (("09/CT-UBND", "2021-01-07", "UBND tỉnh"), ("09/CT-UBND", "2021-04-07", "UBND tỉnh Hà Nam"), True),
        (
            ("09/CT-UBND", "2021-01-07", "UBND tỉnh"),
            ("09/CT-UBND", "2021-04-07", "UBND tỉnh Nam Định"),
            False,
        ),
        (("09/CT-UBND", "2021-01-07", "UBND huyện"), ("09/CT-UBND", "2021-04-07", "UBND huyện"), False),
    ],
)
def test_a_number_is_one_of_its_kind_within_its_numbering(
    one: tuple[str, str, str | None], other: tuple[str, str, str | None], are_one: bool
) -> None:
    first, second = (
        instrument_key("Chỉ thị", number, date.fromisoformat(day), issuer, "Hà Nam")
        for number, day, issuer in (one, other)
    )
    assert (first is not None and first == second) is are_one
