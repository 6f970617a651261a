"""What a comparison says: plans side by side, their tasks, movements and legal bases, with what changed.

All models are frozen and are what `kehoach compare --json` prints.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Literal

from extractors.plan import Model, Role, TimeKind

if TYPE_CHECKING:
    import pandas as pd

ChangeClass = Literal["added", "dropped", "split", "merged", "reassigned", "moved", "reworded", "same"]
# In the order in which one of several is the main one, and in which they are shown.
CLASSES: tuple[ChangeClass, ...] = (
    "added", "dropped", "split", "merged", "reassigned", "moved", "reworded", "same",
)  # fmt: skip
Fate = Literal["added", "dropped", "replaced", "kept"]
FATES: tuple[Fate, ...] = ("added", "dropped", "replaced", "kept")


class ComparedPlan(Model):
    """A plan that is compared: one copy of it."""

    document_id: str
    path: str
    series_key: str | None = None
    plan_year: int | None = None
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    issuer_key: str | None = None


class ComparedBody(Model):
    """A body of a task."""

    role: Role
    body: str
    body_key: str


class PlannedTask(Model):
    """A task and where it stands; `page` is None in a format without pages."""

    task_id: str
    document_id: str
    seq: int
    page: int | None = None
    no: str | None = None
    section: tuple[str, ...] = ()
    group: str | None = None
    content: str
    time_text: str | None = None
    time_kind: TimeKind = "none"
    start_on: date | None = None
    end_on: date | None = None
    recurrence: str | None = None

    @property
    def heading(self) -> str | None:
        """The group row or the innermost heading above it."""
        return self.group or (self.section[-1] if self.section else None)


class ComparedTask(PlannedTask):
    """A task that is compared."""

    source: str
    months: tuple[int, ...] = ()
    """Months that its time falls in, counted from January of the plan's year, which is 1."""
    bodies: tuple[ComparedBody, ...] = ()


class Place(Model):
    """Words of a content: `tasks[task].content[start:end]` of its side, in code points."""

    task: int = 0
    start: int
    end: int


class WordChange(Model):
    """Words that changed: `old` became `new`; None where nothing stood or stands."""

    old: Place | None = None
    new: Place | None = None


class TaskChange(Model):
    """Tasks of the two plans that belong together, and what became of them.

    `kind` is the main class, `changes` all that hold, in the order of `CLASSES`. One task of each side, but
    none on one side of `added` and `dropped`, several on one side of `split` and `merged`. `score` (0 to 1)
    is how alike their contents are, less where time, bodies and heading together speak against it; None for
    `added` and `dropped`.
    """

    kind: ChangeClass
    changes: tuple[ChangeClass, ...]
    score: float | None = None
    old: tuple[ComparedTask, ...] = ()
    new: tuple[ComparedTask, ...] = ()
    words: tuple[WordChange, ...] = ()


class ComparedMovement(Model):
    """A movement as one plan names it."""

    name: str
    key: str


class MovementChange(Model):
    """A movement named by both plans (`kept`, maybe under a name a little different) or by one."""

    kind: Literal["added", "dropped", "kept"]
    old: ComparedMovement | None = None
    new: ComparedMovement | None = None


class ComparedBasis(Model):
    """A legal basis as one plan cites it."""

    instrument: str
    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    title: str | None = None
    text: str
    page: int | None = None


class BasisChange(Model):
    """A legal basis of both plans, one that a successor replaced, or one of a single plan."""

    kind: Fate
    old: ComparedBasis | None = None
    new: ComparedBasis | None = None


class Comparison(Model):
    """Two plans compared. `tasks` are in the order of the new plan, what was dropped where it stood."""

    old: ComparedPlan
    new: ComparedPlan
    tasks: tuple[TaskChange, ...]
    movements: tuple[MovementChange, ...] = ()
    legal_bases: tuple[BasisChange, ...] = ()

    def of(self, kind: ChangeClass) -> tuple[TaskChange, ...]:
        """The changes whose main class this is."""
        return tuple(change for change in self.tasks if change.kind == kind)

    def counts(self) -> dict[ChangeClass, int]:
        """How many changes there are of each main class, all classes named."""
        found = Counter(change.kind for change in self.tasks)
        return {kind: found[kind] for kind in CLASSES}

    def frame(self) -> pd.DataFrame:
        """A row a change, in the columns of `kehoach compare --csv`."""
        from pipeline.comparison.frames import changes_frame

        return changes_frame(self)


class FollowedTask(Model):
    """A task through the years: for each plan its tasks there (several where it was split), and how it
    came there from the plan before (None in the first, and where it is in neither)."""

    cells: tuple[tuple[ComparedTask, ...], ...]
    steps: tuple[ChangeClass | None, ...]

    @property
    def latest(self) -> ComparedTask:
        """The task in the last plan that has it."""
        return next(cell[0] for cell in reversed(self.cells) if cell)


class Years(Model):
    """Plans of several years: a row a task, a column a plan, each compared with the one before."""

    plans: tuple[ComparedPlan, ...]
    rows: tuple[FollowedTask, ...]
    comparisons: tuple[Comparison, ...]

    def frame(self) -> pd.DataFrame:
        """The matrix: a row a task by its last wording, a column a year with what became of it there.

        `●` is where a task begins, missing where there is none.
        """
        from pipeline.comparison.frames import matrix_frame

        return matrix_frame(self)
