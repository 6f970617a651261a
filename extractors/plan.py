"""What is found in a document: the plan and its facts, as they leave the process.

Names and meanings are those of the dataset's tables; every fact tells where it stands and which
rule found it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

TimeKind = Literal["interval", "deadline", "ongoing", "recurring", "duration", "conditional", "none"]
Role = Literal["lead", "coordinating", "directing", "advising", "monitoring", "implementing"]
Source = Literal["table", "list", "block", "assignment", "narrative"]


class Model(BaseModel):
    """Base of all models: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Region(Model):
    """Rectangle on a page: page from 1, points from the page's top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Fact(Model):
    """Where a fact came from: `text[start:end]` is how it is printed."""

    start: int
    end: int
    regions: tuple[Region, ...] = ()
    confidence: float = 1.0
    rule: str


class Interval(Model):
    """First and last day, both included; None is open."""

    start: date | None
    end: date | None


class Time(Model):
    """What a time expression means. Dates are None where the kind has none."""

    text: str | None = None
    kind: TimeKind = "none"
    start_on: date | None = None
    end_on: date | None = None
    end_strict: bool = False
    dates: tuple[Interval, ...] = ()
    recurrence: str | None = None


class FieldValue(Fact):
    """A field of the document and where it came from."""

    field: str
    value: str


class LegalBasis(Fact):
    """A citation of an instrument: a legal basis (căn cứ) or a reference elsewhere."""

    role: Literal["basis", "reference"]
    instrument: str
    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    title: str | None = None
    relation: Literal["amends"] | None = None
    text: str


class Movement(Fact):
    """A named emulation movement (phong trào thi đua)."""

    name: str
    key: str
    launched_by: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    mentions: int = 1


class TaskBody(Fact):
    """A body and its role in a task."""

    role: Role
    text: str
    body: str
    body_key: str


class Task(Fact):
    """A task (nhiệm vụ): what, when, and who by `bodies`."""

    task_id: str = ""
    source: Source
    no: str | None = None
    section: tuple[str, ...] = ()
    group: str | None = None
    content: str
    items: tuple[str, ...] = ()
    content_key: str
    time: Time = Time()
    product: str | None = None
    budget: str | None = None
    note: str | None = None
    extra: dict[str, str] = Field(default_factory=dict)
    bodies: tuple[TaskBody, ...] = ()


class Recipient(Fact):
    """A line of the recipients (nơi nhận)."""

    text: str
    body: str | None = None
    purpose: str | None = None
    is_archive_copy: bool = False


class Section(Fact):
    """A heading and its place in the section tree; `text` is the heading's own line and body."""

    seq: int
    level: int
    label: str | None = None
    title: str
    parent_seq: int | None = None
    text: str


class FoundTable(Model):
    """A table as rows of strings."""

    page: int
    is_task_table: bool
    cells: tuple[tuple[str, ...], ...]


class Finding(Model):
    """A diagnostic of extraction."""

    stage: str
    severity: Literal["info", "warning", "error"]
    code: str
    message: str
    page: int | None = None


class Header(Model):
    """The fields of the document as a whole (see table documents)."""

    plan_id: str | None = None
    series_key: str | None = None
    doc_type: str | None = None
    number: str | None = None
    number_text: str | None = None
    number_no: int | None = None
    notation: str | None = None
    issued_on: date | None = None
    issued_year: int | None = None
    place: str | None = None
    issuer: str | None = None
    issuer_key: str | None = None
    issuer_parent: str | None = None
    issuer_source: Literal["letterhead", "preamble", "signature", "title", "symbol"] | None = None
    province: str | None = None
    province_code: str | None = None
    province_now: str | None = None
    title: str | None = None
    plan_year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    signer: str | None = None
    signer_title: str | None = None
    signed_as: str | None = None
    on_behalf_of: str | None = None
    secrecy: str | None = None
    urgency: str | None = None
    confidence: float = 0.0


class Plan(Model):
    """All that was found in one document."""

    header: Header
    fields: tuple[FieldValue, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    movements: tuple[Movement, ...] = ()
    tasks: tuple[Task, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[FoundTable, ...] = ()
    diagnostics: tuple[Finding, ...] = ()
