"""What became of tasks that belong together: their classes, and the words that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.comparison.alignment import Match
from pipeline.comparison.facts import TaskFacts, together
from pipeline.comparison.model import CLASSES, ChangeClass, Place, TaskChange, WordChange
from pipeline.comparison.wording import LONGEST, Token, printed_tokens

_CHANCE = 2  # tokens that two contents may have in common by chance amid others
_MOST_TOKENS = 3000  # of a content; longer ones are held against each other as a whole


def task_change(match: Match) -> TaskChange:
    """A match with its classes and changed words."""
    found = set(_classes(match))
    changes = tuple(kind for kind in CLASSES if kind in found)
    return TaskChange(
        kind=changes[0],
        changes=changes,
        score=None if match.score is None else round(min(max(match.score, 0.0), 1.0), 2),
        old=tuple(task.task for task in match.old),
        new=tuple(task.task for task in match.new),
        words=tuple(_changed_words(match)) if match.old and match.new else (),
    )


def _classes(match: Match) -> Iterator[ChangeClass]:
    if not match.old or not match.new:
        yield "added" if match.new else "dropped"
        return
    whole = len(match.old) == len(match.new)
    if not whole:
        yield "split" if len(match.new) > 1 else "merged"
    old, new = together(match.old), together(match.new)
    reassigned, moved = _reassigned(old, new), _moved(old, new)
    if reassigned:
        yield "reassigned"
    if moved:
        yield "moved"
    if whole and (old.wording.phrase != new.wording.phrase or _marks_differ(old, new, moved)):
        yield "reworded"
    elif whole and not (reassigned or moved):
        yield "same"


def _reassigned(old: TaskFacts, new: TaskFacts) -> bool:
    """Whether other bodies are charged; where one plan names none of a kind, nothing is known to differ."""
    pairs = ((old.in_charge, new.in_charge), (old.beside, new.beside))
    return any(before and after and before != after for before, after in pairs)


def _moved(old: TaskFacts, new: TaskFacts) -> bool:
    """Whether the task stands elsewhere in the year, as far as both plans tell."""
    if old.months and new.months:
        if "deadline" in (old.task.time_kind, new.task.time_kind):
            return max(old.months) != max(new.months)
        return old.months != new.months
    return bool(old.pace and new.pace and old.pace != new.pace)


def _marks_differ(old: TaskFacts, new: TaskFacts, moved: bool) -> bool:
    """Whether months or periods in the content differ; what moved has other months as a matter of course."""
    return not moved and old.wording.marks != new.wording.marks


# --- words ------------------------------------------------------------------------------------


def _changed_words(match: Match) -> Iterator[WordChange]:
    if len(match.old) == len(match.new) == 1:
        old, new = match.old[0], match.new[0]
        if (old.wording.phrase, old.wording.marks) != (new.wording.phrase, new.wording.marks):
            yield from _edits(old, new)
    else:
        yield from (WordChange(old=place) for place in _missing(match.old, match.new))
        yield from (WordChange(new=place) for place in _missing(match.new, match.old))


def _edits(old: TaskFacts, new: TaskFacts) -> Iterator[WordChange]:
    """Words that were changed, taken out and put in, in order: syllables are compared, whole words told."""
    before, after = _compared(old), _compared(new)
    for block in _blocks([token.key for token in before], [token.key for token in after]):
        yield WordChange(old=_place(before, block.old), new=_place(after, block.new))


class _Block(NamedTuple):
    """Tokens that differ: those of the old content and those of the new."""

    old: range
    new: range


def _blocks(old: list[str], new: list[str]) -> Iterator[_Block]:
    """Runs of tokens that differ; what is equal by chance between two longer ones belongs to them."""
    if max(len(old), len(new)) > _MOST_TOKENS:
        if old != new:
            yield _Block(range(len(old)), range(len(new)))
        return
    held: _Block | None = None
    for block in _differing(old, new):
        if held is not None and block.old.start - held.old.stop <= min(
            _CHANCE, _size(held) - 1, _size(block) - 1
        ):
            block = _Block(range(held.old.start, block.old.stop), range(held.new.start, block.new.stop))
        elif held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _differing(old: list[str], new: list[str]) -> Iterator[_Block]:
    from rapidfuzz.distance import Levenshtein

    for equal, codes in groupby(Levenshtein.opcodes(old, new), key=lambda code: code.tag == "equal"):
        run = list(codes)
        if not equal:
            first, last = run[0], run[-1]
            yield _Block(range(first.src_start, last.src_end), range(first.dest_start, last.dest_end))


def _size(block: _Block) -> int:
    return max(len(block.old), len(block.new))


def _compared(task: TaskFacts) -> list[Token]:
    """All tokens of the content as printed, but what is another every year."""
    printed = printed_tokens(task.task.content[:LONGEST])
    return [token for token in printed if token.kind != "yearly"]


def _place(tokens: Sequence[Token], run: range, task: int = 0) -> Place | None:
    """Where the words of a run of tokens stand; None for an empty run."""
    if not run:
        return None
    first, last = run[0], run[-1]
    while first > 0 and tokens[first - 1].word == tokens[first].word:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].word == tokens[last].word:
        last += 1
    return Place(task=task, start=tokens[first].start, end=tokens[last].end)


def _missing(tasks: Sequence[TaskFacts], others: Sequence[TaskFacts]) -> Iterator[Place]:
    """Runs of words of the tasks that none of the others has."""
    there = {token.key for other in others for token in _compared(other)}
    for index, task in enumerate(tasks):
        tokens = _compared(task)
        for known, run in groupby(range(len(tokens)), key=lambda at: tokens[at].key in there):
            if not known:
                held = list(run)
                place = _place(tokens, range(held[0], held[-1] + 1), index)
                yield from () if place is None else (place,)
