"""Conflicts: what contradicts within a document and across a dataset, and what only looks as if it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.conflicts import document_conflicts
from pipeline.conflicts_across import dataset_conflicts
from pipeline.schema_overall import CONFLICTS

Row = dict[str, object]
ISSUED = date(2024, 3, 5)


def columns(text: str) -> list[str]:
    return [line.split()[0] for line in text.strip().splitlines()]


# --- one document -----------------------------------------------------------------------------


def citation(text: str, **values: object) -> Row:
    empty = dict.fromkeys(("number", "issued_on", "issuer", "title"))
    return {"role": "basis", "instrument": "Kế hoạch", **empty, **values, "text": text}


def conflicts(
    citations: Sequence[Row] = (), tasks: Sequence[Row] = (), number: str = "12/KH-UBND", **header: object
) -> list[Row]:
    """Conflicts of a made document: its text is the printed facts one after the other."""
    lines = [f"Số: {number}", "ngày 05 tháng 3 năm 2024", "UBND tỉnh"]
    lines += [str(row.get("text") or row.get("content")) for row in (*citations, *tasks)]
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    placed = [{"start": s, "end": s + len(line)} for s, line in zip(starts, lines, strict=True)]
    header = {"issued_on": ISSUED, "number": number, "issuer": "Ủy ban nhân dân tỉnh Hà Nam", **header}
    names = ("number", "issued_on", "issuer")
    return document_conflicts(
        "a" * 16,
        {
            "documents": [{"province": "Hà Nam", **header}],
            "texts": [{"text": "\n".join(lines)}],
            "pages": [
                {"page": 1, "start": 0},
                {"page": 2, "start": starts[-1] if len(starts) > 3 else 10**6},
            ],
            "fields": [{"field": n, "value": "", **p} for n, p in zip(names, placed, strict=False)],
            "legal_bases": [{**row, **p} for row, p in zip(citations, placed[3:], strict=False)],
            "tasks": [{**row, **p} for row, p in zip(tasks, placed[3 + len(citations) :], strict=True)],
        },
    )


def kinds(rows: Sequence[Row]) -> list[object]:
    return [row["kind"] for row in rows]


LAW: Row = {"instrument": "Luật", "title": "Thi đua, khen thưởng"}
TU: Row = {"instrument": "Chỉ thị", "number": "32-CT/TW", "issued_on": date(2014, 6, 26)}
CP: Row = {"instrument": "Nghị định", "number": "40/2023/NĐ-CP", "issuer": "Chính phủ"}
PROVINCE: Row = {"number": "02/KH-UBND", "issuer": "UBND tỉnh"}
OLD, NEW = date(2003, 11, 26), date(2022, 6, 15)
JANUARY, FEBRUARY = date(2023, 1, 3), date(2023, 2, 1)

# what is cited (each citation by its values), what contradicts
WITHIN: dict[str, tuple[list[Row], list[str]]] = {
    "a law that was replaced": ([{**LAW, "issued_on": OLD}], ["replaced-basis"]),
    "a law in force": ([{**LAW, "issued_on": NEW}], []),
    "a law that is only mentioned": ([{**LAW, "issued_on": OLD, "role": "reference"}], []),
    "a law without a date": ([LAW], []),
    "a basis of the day after": (
        [{"number": "15/KH-SNV", "issued_on": date(2024, 3, 6)}],
        ["basis-after-plan"],
    ),
    "a basis of the same day": ([{"number": "15/KH-SNV", "issued_on": ISSUED}], []),
    "a symbol of the centre": ([{**TU, "issuer": "Tỉnh ủy"}], ["symbol-issuer"]),
    "another year": ([{**CP, "issued_on": date(2022, 1, 1)}], ["number-year"]),
    "two dates": ([{**CP, "issued_on": JANUARY}, {**CP, "issued_on": FEBRUARY}], ["dates-differ"]),
    "one date": ([{**CP, "issued_on": JANUARY}, {**CP, "issued_on": JANUARY}], []),
    "numbers that begin anew each year": (
        [{**PROVINCE, "issued_on": JANUARY}, {**PROVINCE, "issued_on": date(2024, 2, 1)}],
        [],
    ),
    "two dates of a province's plan": (
        [{**PROVINCE, "issued_on": JANUARY}, {**PROVINCE, "issued_on": FEBRUARY}],
        ["dates-differ"],
    ),
    "a province's and a district's plan": (
        [
            {**PROVINCE, "issued_on": JANUARY},
            {**PROVINCE, "issuer": "UBND huyện Kim Bảng", "issued_on": FEBRUARY},
        ],
        [],
    ),
    "nobody's plans": (
        [
            {**PROVINCE, "issuer": None, "issued_on": JANUARY},
            {**PROVINCE, "issuer": None, "issued_on": FEBRUARY},
        ],
        [],
    ),
    "two organs of the Party": (
        [{**TU, "issuer": "Bộ Chính trị"}, {**TU, "issuer": "Ban Bí thư"}],
        ["issuers-differ"],
    ),
}


@pytest.mark.parametrize("case", WITHIN)
def test_citations_contradict(case: str) -> None:
    cited, expected = WITHIN[case]
    assert kinds(conflicts([citation(f"cited {i}", **row) for i, row in enumerate(cited)])) == expected


TASKS = [
    ({"start_on": date(2024, 6, 1), "end_on": date(2024, 5, 1)}, ["task-ends-before-start"]),
    ({"start_on": None, "end_on": date(2024, 3, 4)}, ["task-ends-before-issue"]),
    ({"start_on": None, "end_on": ISSUED}, []),
    ({"start_on": date(2024, 6, 1), "end_on": None}, []),
]


@pytest.mark.parametrize(("times", "expected"), TASKS)
def test_tasks_contradict(times: Row, expected: list[str]) -> None:
    assert kinds(conflicts(tasks=[{"content": "Tổ chức hội nghị", **times}])) == expected


def test_a_document_whose_symbol_is_anothers() -> None:
    (row,) = conflicts(issuer="Sở Nội vụ tỉnh Hà Nam")
    assert (row["kind"], row["text"], row["other_text"]) == ("symbol-issuer", "Số: 12/KH-UBND", "UBND tỉnh")


def test_without_a_day_of_issue_nothing_is_too_late() -> None:
    assert (
        conflicts([citation("later", number="15/KH-SNV", issued_on=date(2034, 3, 6))], issued_on=None) == []
    )


def test_each_conflict_has_both_places_and_the_tables_columns() -> None:
    first = citation("Nghị định số 40 ngày 01/01", **CP, issued_on=date(2023, 1, 1))
    (row,) = conflicts([first, citation("Nghị định số 40 ngày 02/01", **CP, issued_on=date(2023, 1, 2))])
    assert set(row) == set(columns(CONFLICTS.columns))
    assert (row["text"], row["other_text"]) == ("Nghị định số 40 ngày 02/01", "Nghị định số 40 ngày 01/01")
    assert (row["page"], row["other_page"]) == (2, 1)
    assert "2023-01-02" in str(row["message"]) and "2023-01-01" in str(row["message"])


_DAYS = st.dates(date(2020, 1, 1), date(2026, 1, 1))
_CITED = st.builds(
    lambda number, issued_on, issuer: citation("x", number=number, issued_on=issued_on, issuer=issuer),
    st.one_of(st.none(), st.text(max_size=14), st.sampled_from(["12/KH-UBND", "98/2023/NĐ-CP", "34-CT/TW"])),
    st.one_of(st.none(), _DAYS),
    st.one_of(st.none(), st.text(max_size=14), st.sampled_from(["UBND tỉnh", "Bộ Chính trị"])),
)


@given(st.lists(_CITED, max_size=6))
def test_rows_are_in_order_and_never_more_than_facts_allow(citations: list[Row]) -> None:
    rows = conflicts(citations)
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)  # type: ignore[type-var]
    assert len(rows) <= 5 * len(citations)


# --- a dataset --------------------------------------------------------------------------------

_TABLES = {
    "documents": "document_id province issuer issuer_key title doc_type number",
    "legal_bases": "document_id instrument number issuer title text role",
    "pages": "document_id",
    "fields": "document_id field value",
    "texts": "document_id text",
}
_OTHERS = {
    "documents": "preferred_copy BOOLEAN, plan_year INTEGER, issued_on DATE",
    "legal_bases": 'seq INTEGER, issued_on DATE, start INTEGER, "end" INTEGER',
    "pages": "page INTEGER, start INTEGER",
    "fields": 'start INTEGER, "end" INTEGER',
}


class Made:
    """A dataset in memory: documents that cite, each with one citation."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        for table, texts in _TABLES.items():
            columns = [*(f"{name} VARCHAR" for name in texts.split()), *filter(None, [_OTHERS.get(table)])]
            self.connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")

    def add(self, name: str, body: str = "UBND tỉnh Hà Nam", **header: object) -> None:
        values: Row = {"document_id": name, "issuer": body, "issuer_key": body.casefold()}
        values |= {"province": "Hà Nam", "preferred_copy": True, "title": f"Kế hoạch {name}"}
        values |= {"doc_type": "KH", "plan_year": 2024}
        self._insert("documents", {**values, **header})
        self._insert("pages", {"document_id": name, "page": 1, "start": 0})
        self._insert("pages", {"document_id": name, "page": 2, "start": 100})

    def cite(
        self, name: str, number: str, day: date, issuer: str | None, title: str | None, start: int = 0
    ) -> None:
        row = {"document_id": name, "seq": start, "instrument": "Chỉ thị", "number": number, "issued_on": day}
        row |= {
            "issuer": issuer,
            "title": title,
            "start": start,
            "end": start + 9,
            "text": number,
            "role": "basis",
        }
        self._insert("legal_bases", row)

    def copy(self, name: str, number: str, day: date, text: str) -> None:
        self.add(name, title="Phòng chống thiên tai", number=number, issued_on=day)
        for field, value in (("number", number), ("issued_on", str(day))):
            row = {"document_id": name, "field": field, "value": value, "start": 0, "end": 9}
            self._insert("fields", row)
        self._insert("texts", {"document_id": name, "text": text})

    def _insert(self, table: str, row: Mapping[str, object]) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        places = ", ".join("?" * len(row))
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))

    def rows(self) -> list[Row]:
        return dataset_conflicts(self.connection)


@pytest.fixture
def made() -> Made:
    return Made()


DAY, MISPRINT = date(2021, 8, 11), date(2021, 1, 21)
TITLE = "phát động phong trào thi đua yêu nước năm 2021"


def test_the_date_that_most_plans_give_is_the_other_place(made: Made) -> None:
    for name, day in (("a", MISPRINT), ("b", DAY), ("c", DAY)):
        made.add(name)
        made.cite(name, "09/CT-UBND", day, "Chủ tịch UBND tỉnh", TITLE, start=120)
    (row,) = made.rows()
    assert set(row) == set(columns(CONFLICTS.columns))
    assert (row["kind"], row["document_id"], row["other_document_id"]) == ("dates-differ", "a", "b")
    assert (row["start"], row["page"], row["other_page"]) == (120, 2, 2)


def test_a_misprint_in_many_plans_is_told_once_for_each(made: Made) -> None:
    for i in range(40):
        made.add(f"{i:02d}")
        made.cite(f"{i:02d}", "19/CT-TTg", MISPRINT if i < 10 else DAY, "Thủ tướng Chính phủ", TITLE)
    rows = made.rows()
    assert [row["document_id"] for row in rows] == [f"{i:02d}" for i in range(10)]
    assert {row["other_document_id"] for row in rows} == {"10"}


@pytest.mark.parametrize(
    ("body", "issuer", "title", "expected"),
    [
        ("Trường Chính trị tỉnh Hà Nam", None, TITLE, ["dates-differ"]),
        ("Trường Chính trị tỉnh Hà Nam", None, None, []),  # whose directive is not said, nor what it is about
        ("Trường Chính trị tỉnh Hà Nam", None, "tăng cường quản lý đất đai", []),
        ("UBND huyện Bình Lục", None, TITLE, []),  # its own district's
        ("UBND tỉnh Hà Nam", "UBND tỉnh Nam Định", TITLE, []),
        ("UBND tỉnh Hà Nam", "UBND tỉnh", "phòng cháy rừng mùa khô", []),
    ],
)
def test_whose_number_it_is_must_be_certain(
    made: Made, body: str, issuer: str | None, title: str | None, expected: list[str]
) -> None:
    made.add("a", body)
    made.cite("a", "09/CT-UBND", MISPRINT, issuer, title)
    made.add("b")
    made.cite("b", "09/CT-UBND", DAY, "UBND tỉnh", TITLE)
    assert kinds(made.rows()) == expected


def test_two_organs_of_the_party_issued_one_directive(made: Made) -> None:
    for name, organ in (
        ("a", "Bộ Chính trị"),
        ("b", "Ban Bí thư Trung ương Đảng"),
        ("c", "Bộ Chính trị khóa XI"),
    ):
        made.add(name)
        made.cite(name, "34-CT/TW", date(2014, 4, 7), organ, None)
    (row,) = made.rows()
    assert (row["kind"], row["document_id"], row["other_document_id"]) == ("issuers-differ", "b", "a")


def test_a_copy_that_is_not_preferred_is_no_witness(made: Made) -> None:
    for name, day in (("a", MISPRINT), ("b", DAY)):
        made.add(name, preferred_copy=name == "b")
        made.cite(name, "19/CT-TTg", day, None, TITLE)
    assert made.rows() == []


PLAN = "Kế hoạch phòng chống thiên tai và tìm kiếm cứu nạn " + " ".join(f"nhiệm vụ {i}" for i in range(60))


@pytest.mark.parametrize(
    ("number", "day", "text", "expected"),
    [
        ("21/KH-UBND", DAY, PLAN, ["copies-differ"]),
        ("12/KH-UBND", MISPRINT, PLAN, ["copies-differ"]),
        ("12/KH-UBND", DAY, PLAN, []),
        ("21/KH-UBND", DAY, PLAN.replace("nhiệm vụ", "công việc"), []),  # another plan of that title
    ],
)
def test_copies_of_a_plan_differ(made: Made, number: str, day: date, text: str, expected: list[str]) -> None:
    made.copy("a", "12/KH-UBND", DAY, PLAN)
    made.copy("b", number, day, text)
    assert kinds(made.rows()) == expected


def test_an_unread_document_has_no_conflicts() -> None:
    names = ("texts", "pages", "fields", "legal_bases", "tasks")
    assert document_conflicts("a" * 16, {"documents": [{"path": "a.pdf"}], **{n: [] for n in names}}) == []


def test_a_second_question_on_one_connection_gives_the_same(made: Made) -> None:
    made.copy("a", "12/KH-UBND", DAY, PLAN)
    made.copy("b", "21/KH-UBND", DAY, PLAN)
    assert made.rows() == made.rows() != []
