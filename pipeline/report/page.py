"""The report as a page of HTML: facts into charts and tables, those into the template.

Whatever comes from documents is hostile: the template escapes all of it, and the page's own policy
forbids scripts and anything fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.events import FAILURES
from pipeline.report import charts
from pipeline.report.charts import Chart, shown
from pipeline.report.facts import Facts, FileKind
from pipeline.report.labels import GLOSSES, doc_type_names
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from jinja2 import Template

_BODIES = 20
_PROVINCES = 70  # there have never been more
_YEARS = 25
_KINDS = 30  # diagnostics, and reasons why files were not read


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure at the head of the report."""

    number: int
    label: str
    label_vi: str


@dataclass(frozen=True, slots=True)
class FileList:
    """Files with a reason, under a heading in English and Vietnamese."""

    title: str
    title_vi: str
    kinds: tuple[FileKind, ...]


def render(facts: Facts, version: str) -> str:
    """The report; `version` tells by what the dataset was made."""
    return _template().render(
        version=version,
        tiles=_tiles(facts),
        charts=_charts(facts),
        completeness=charts.completeness(facts.completeness, TABLES["documents"].names),
        read_documents=facts.completeness.documents,
        provinces=_provinces(facts),
        file_lists=_file_lists(facts.file_kinds),
        diagnostics=facts.diagnostics[:_KINDS],
        further_diagnostics=max(len(facts.diagnostics) - _KINDS, 0),
        copies=facts.copies,
        tables=[(name, facts.rows[name], table.description) for name, table in TABLES.items()],
        glosses=GLOSSES,
    )


def _file_lists(kinds: Sequence[FileKind]) -> tuple[FileList, ...]:
    """Files with a reason, by what became of them; that of the failed is shown even when it is empty."""
    failed = [kind for kind in kinds if kind.state in FAILURES]
    partly = [kind for kind in kinds if kind.state == "read"]
    others = [kind for kind in kinds if kind.state not in FAILURES | {"read"}]
    lists = (
        FileList("Files not read", "Tệp không đọc được", tuple(failed[:_KINDS])),
        FileList("Files read in part", "Tệp đọc được một phần", tuple(partly[:_KINDS])),
        FileList("Files left out", "Tệp bỏ qua", tuple(others[:_KINDS])),
    )
    return tuple(each for each in lists if each.kinds or each is lists[0])


def _provinces(facts: Facts) -> Chart:
    bars = charts.by_count(facts.documents["province"], _PROVINCES, {})
    return Chart("Provinces at the time of issue", "Tỉnh, thành phố", bars)


def _tiles(facts: Facts) -> tuple[Tile, ...]:
    rows = facts.rows
    return (
        Tile(rows["files"], "files", "tệp"),
        Tile(rows["documents"], "documents", "văn bản"),
        Tile(sum(facts.file_states[state] for state in FAILURES), "files not read", "tệp không đọc được"),
        Tile(facts.pages, "pages", "trang"),
        Tile(facts.ocr_pages, "pages by OCR", "trang nhận dạng"),
        Tile(rows["tasks"], "tasks", "nhiệm vụ"),
        Tile(rows["task_bodies"], "bodies of tasks", "phân công"),
        Tile(rows["legal_bases"], "citations", "căn cứ, viện dẫn"),
    )


def _charts(facts: Facts) -> tuple[Chart, ...]:
    documents, tasks = facts.documents, facts.tasks
    return (
        Chart(
            "Documents by the year of the plan",
            "Năm kế hoạch",
            charts.by_value(documents["plan_year"], _YEARS),
        ),
        Chart("Issuing bodies", "Cơ quan ban hành", charts.by_count(documents["issuer"], _BODIES, {})),
        Chart("Status of documents", "Tình trạng đọc", charts.by_count(documents["status"], _KINDS)),
        Chart("Files", "Tệp", charts.by_count(facts.file_states, _KINDS)),
        Chart("Formats", "Định dạng", charts.formats(documents["media_type"])),
        Chart(
            "Types of documents",
            "Loại văn bản",
            charts.by_count(documents["doc_type"], _KINDS, doc_type_names()),
        ),
        Chart(
            "Pages read by OCR, by confidence",
            "Độ tin cậy nhận dạng",
            charts.confidences(facts.confidences),
        ),
        Chart(
            "Tasks by kind of time", "Nhiệm vụ theo thời gian", charts.by_count(tasks["time_kind"], _KINDS)
        ),
        Chart("Tasks by source", "Nơi nêu nhiệm vụ", charts.by_count(tasks["source"], _KINDS)),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("pipeline.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["shown"] = shown
    return environment.get_template("report.html.j2")
