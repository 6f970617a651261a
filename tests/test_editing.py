"""Edits to a read document: every place holds the same print as before, or what it became."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Document, Table
from extractors.editing import Edit, edited
from tests.scans import scanned, scanned_table


def sample() -> Document:
    return scanned(
        "Sở Nội vụ tô chức\nhội nghị vào thang 5.",
        scanned_table(["1", "Rà soát bồ sung"], ["2", "báo cáo. tổng hợp"]),
        "KÉ HOẠCH",
    )


LENGTH = len(sample().text)


@st.composite
def edit_lists(draw: st.DrawFn) -> list[Edit]:
    """Edits that do not overlap, over the sample."""
    marks = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=12)))
    spans = list(zip(marks[::2], marks[1::2], strict=False))
    text = st.text("aăđ .1", max_size=4)
    return [Edit(start, end, draw(text), "test") for start, end in spans]


def places(document: Document) -> list[tuple[int, int]]:
    """Every place of a document, parents before their parts."""
    found: list[tuple[int, int]] = []
    for block in document.blocks:
        found.append((block.start, block.end))
        if isinstance(block, Table):
            found += [(cell.start, cell.end) for cell in block.cells]
    found += [(p.start, p.end) for p in document.paragraphs()]
    for line in document.lines:
        found.append((line.start, line.end))
        found += [(word.start, word.end) for word in line.words]
    return found


def test_a_word_that_grows_takes_its_neighbours_along() -> None:
    read = sample()
    start = read.text.index("tô")
    new = edited(read, [Edit(start, start + 2, "tổng", "test"), Edit(0, 2, "S", "test")])
    cuts = [new.cut(word) for line in new.lines for word in line.words]
    assert cuts[:5] == ["S", "Nội", "vụ", "tổng", "chức"]
    assert [new.cut(p) for p in new.paragraphs()][-1] == "KÉ HOẠCH"
    assert new.line_starts == tuple(line.start for line in new.lines)
    assert new.pages[0].start == 0


def test_letters_put_at_the_end_of_a_word_are_its_own() -> None:
    read = scanned("củngcố sô")
    new = edited(read, [Edit(0, 6, "củng cố", "test"), Edit(7, 9, "sốt", "test")])
    assert [new.cut(word) for word in new.lines[0].words] == ["củng cố", "sốt"]


def test_a_word_of_which_nothing_is_left_is_dropped() -> None:
    new = edited(scanned("phát ¬ triển"), [Edit(4, 6, "", "test")])
    assert new.text == "phát triển"
    assert [new.cut(word) for word in new.lines[0].words] == ["phát", "triển"]


def test_corrections_tell_where_the_change_is_now_and_what_was_there() -> None:
    read = sample()
    at = read.text.index("KÉ")
    new = edited(read, [Edit(0, 2, "Sởỏ", "one"), Edit(at, at + 2, "KẾ", "two")])
    rows = [(r.before, r.after, new.text[r.start : r.end], r.rule) for r in new.corrections]
    assert rows == [("Sở", "Sởỏ", "Sởỏ", "one"), ("KÉ", "KẾ", "KẾ", "two")]


def test_earlier_corrections_move_along() -> None:
    read = sample()
    at = read.text.index("KÉ")
    once = edited(read, [Edit(at, at + 2, "KẾ", "one")])
    twice = edited(once, [Edit(0, 0, "— ", "two")])
    assert [(twice.text[r.start : r.end], r.before) for r in twice.corrections] == [("— ", ""), ("KẾ", "KÉ")]


def test_a_document_that_nothing_changes_is_the_same_object() -> None:
    read = sample()
    assert edited(read, []) is read
    assert edited(read, [Edit(0, 2, "Sở", "test")]) is read


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 5, "a", ""), Edit(3, 6, "b", "")],
        [Edit(2, 2, "a", ""), Edit(2, 4, "bc", "")],
        [Edit(-1, 2, "a", "")],
        [Edit(0, LENGTH + 1, "a", "")],
        [Edit(5, 3, "a", "")],
    ],
    ids=["overlap", "same start", "before the text", "behind the text", "turned round"],
)
def test_edits_that_make_no_sense_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        edited(sample(), edits)


@given(edit_lists())
def test_text_is_what_the_edits_say(edits: list[Edit]) -> None:
    read = sample()
    expected = read.text
    for edit in reversed(edits):
        expected = expected[: edit.start] + edit.replacement + expected[edit.end :]
    assert edited(read, edits).text == expected


@given(edit_lists())
def test_places_that_no_edit_touches_hold_the_same_print(edits: list[Edit]) -> None:
    read = sample()
    new = edited(read, edits)
    kept = [
        read.text[a:b]
        for line in read.lines
        for a, b in [(w.start, w.end) for w in line.words]
        if all(e.end < a or e.start > b for e in edits)
    ]
    cuts = [new.cut(word) for line in new.lines for word in line.words]
    for print_ in kept:
        assert print_ in cuts


@given(edit_lists())
def test_places_stay_in_order_and_within_their_parents(edits: list[Edit]) -> None:
    new = edited(sample(), edits)
    assert all(0 <= start <= end <= len(new.text) for start, end in places(new))
    for block in new.blocks:
        inside = block.lines if not isinstance(block, Table) else block.cells
        for part in inside:
            assert block.start <= part.start <= part.end <= block.end
    for line in new.lines:
        at = line.start
        for word in line.words:
            assert at <= word.start <= word.end <= line.end
            at = word.end
    starts = [line.start for line in new.lines]
    assert starts == sorted(starts) == list(new.line_starts)
    assert {line for p in new.paragraphs() for line in p.lines} == set(new.lines)


@given(edit_lists())
def test_corrections_lead_back_to_what_was_read(edits: list[Edit]) -> None:
    read = sample()
    new = edited(read, edits)
    text = new.text
    for row in reversed(new.corrections):
        assert text[row.start : row.end] == row.after
        text = text[: row.start] + row.before + text[row.end :]
    assert text == read.text
