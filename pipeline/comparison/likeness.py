"""How alike the tasks of two plans are: their words above all, then time, bodies, marks and headings.

The weights and the threshold are those that did best on made pairs of plans with known edits
(`python -m bench.compare --calibrate`; other seeds than those that the tests measure).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from pipeline.comparison.facts import TaskFacts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence adds or takes away at most, beside the likeness of contents (0 to 1)."""

    time: float = 0.15
    bodies: float = 0.08
    marks: float = 0.12
    heading: float = 0.03
    repeated: float = 2.0  # times that, where a plan says the same several times
    letters: float = 0.6  # share of the letters in a content of a single word; with more words it is less
    rarity: float = 0.7  # 0: every word counts the same
    threshold: float = 0.45  # tasks less alike than this do not belong together
    content: float = 0.35  # so alike contents are at least, whatever else agrees
    sure: float = 0.9  # tasks more alike than this do, whatever else there is
    inside: float = 0.6  # how sure a part is to be of its whole at least
    covered: float = 0.7  # how alike a whole and its parts together are at least
    own: float = 0.1  # share of the whole that each part has for itself at least
    gain: float = 0.05  # by how much a further part makes them more alike at least


WEIGHTS = Weights()
_FEW_WORDS = 10  # contents of more words are compared by words alone
_LONGEST_LETTERS = 300  # characters; a content of few words has no more


@dataclass(frozen=True, slots=True)
class Likeness:
    """Tasks of two plans held against each other, a row an old task, a column a new one.

    `contents` is the likeness of contents (0 to 1), `evidence` what all else adds or takes away; the sum may
    go a little beyond 0 and 1. `weight` is what a word counts, the more the fewer tasks have it.
    """

    contents: Matrix
    evidence: Matrix
    weight: Mapping[str, float]

    @property
    def scores(self) -> Matrix:
        return self.contents + self.evidence


def likeness(old: Sequence[TaskFacts], new: Sequence[TaskFacts], weights: Weights = WEIGHTS) -> Likeness:
    """How alike each old task is to each new one."""
    words = [task.wording.words for task in old], [task.wording.words for task in new]
    weight = _rarity([*words[0], *words[1]], weights.rarity)
    evidence = weights.time * _agreement(_months(old), _months(new))
    bodies = _named_by_both([task.in_charge for task in old], [task.in_charge for task in new])
    evidence += weights.bodies * _agreement(*bodies)
    evidence += weights.marks * _agreement([t.wording.marks for t in old], [t.wording.marks for t in new])
    evidence += weights.heading * _agreement(*_named_by_both(_headings(old), _headings(new)))
    evidence[_repeated(old)[:, None] | _repeated(new)[None, :]] *= weights.repeated
    return Likeness(_contents(old, new, weight, weights.letters), evidence, weight)


def _repeated(tasks: Sequence[TaskFacts]) -> Mask:
    """Which tasks say what another of their plan says too: by their times and bodies they are told apart."""
    import numpy as np

    counts = Counter(task.wording.phrase for task in tasks)
    return np.array([counts[task.wording.phrase] > 1 for task in tasks], dtype=bool)


def _rarity(contents: Sequence[Set[str]], power: float) -> dict[str, float]:
    """Weight of each word by the share of contents that have it (IDF)."""
    counts = Counter(word for content in contents for word in content)
    return {word: log(1 + len(contents) / counts[word]) ** power for word in sorted(counts)}


def _contents(
    old: Sequence[TaskFacts], new: Sequence[TaskFacts], weight: Mapping[str, float], letters: float
) -> Matrix:
    """Likeness of the contents: of their words, and in short ones of their letters too."""
    import numpy as np

    by_words = dice([t.wording.words for t in old], [t.wording.words for t in new], weight)
    counts = [np.array([len(t.wording.words) for t in side], dtype=float) for side in (old, new)]
    fewest = np.minimum(counts[0][:, None], counts[1][None, :])
    share = letters * np.clip((_FEW_WORDS - fewest) / (_FEW_WORDS - 1), 0, 1)
    rows, columns = (count < _FEW_WORDS for count in counts)
    by_letters = by_words.copy()
    by_letters[rows] = _by_letters([t for t, few in zip(old, rows, strict=True) if few], new)
    by_letters[:, columns] = _by_letters(old, [t for t, few in zip(new, columns, strict=True) if few])
    mixed: Matrix = (1 - share) * by_words + share * by_letters
    return mixed


def _by_letters(old: Sequence[TaskFacts], new: Sequence[TaskFacts]) -> Matrix:
    import numpy as np
    from rapidfuzz import fuzz, process

    texts = [[t.wording.letters[:_LONGEST_LETTERS] for t in side] for side in (old, new)]
    found: Matrix = process.cdist(*texts, scorer=fuzz.ratio, dtype=np.float64) / 100
    return found


def dice(old: Sequence[Set[str]], new: Sequence[Set[str]], weight: Mapping[str, float]) -> Matrix:
    """Share of what two sets have in common, weighted; 0 where either is empty."""
    import numpy as np

    shared = common(old, new, weight)
    total = totals(old, weight)[:, None] + totals(new, weight)[None, :]
    return np.divide(2 * shared, total, out=np.zeros_like(shared), where=total > 0)


def common(old: Sequence[Set[str]], new: Sequence[Set[str]], weight: Mapping[str, float]) -> Matrix:
    """Weight of what each two sets have in common."""
    import numpy as np

    names = sorted(set().union(*old) & set().union(*new))
    place = {name: i for i, name in enumerate(names)}
    values = np.array([weight[name] for name in names])
    shared: Matrix = (_indicators(old, place) * values) @ _indicators(new, place).T
    return shared


def totals(sets: Sequence[Set[str]], weight: Mapping[str, float]) -> Matrix:
    """Weight of each set."""
    import numpy as np

    return np.array([sum(weight[name] for name in sorted(held)) for held in sets], dtype=float)


def _indicators(sets: Sequence[Set[str]], place: Mapping[str, int]) -> Matrix:
    import numpy as np

    found = np.zeros((len(sets), len(place)))
    for row, held in enumerate(sets):
        found[row, [place[name] for name in held if name in place]] = 1
    return found


def _agreement(old: Sequence[Set[str]], new: Sequence[Set[str]]) -> Matrix:
    """1 where two sets are equal, -1 where they have nothing in common, 0 where either is empty."""
    import numpy as np

    alike = dice(old, new, dict.fromkeys(set().union(*old, *new), 1.0))
    known = [np.array([bool(held) for held in side], dtype=bool) for side in (old, new)]
    return np.where(known[0][:, None] & known[1][None, :], 2 * alike - 1, 0.0)


def _named_by_both(old: Sequence[Set[str]], new: Sequence[Set[str]]) -> tuple[list[Set[str]], list[Set[str]]]:
    """Only the names that both plans know: that one plan does not know a name tells nothing of its tasks."""
    known = set().union(*old) & set().union(*new)
    return [held & known for held in old], [held & known for held in new]


def _months(tasks: Sequence[TaskFacts]) -> list[Set[str]]:
    return [{str(month) for month in task.months} for task in tasks]


def _headings(tasks: Sequence[TaskFacts]) -> list[Set[str]]:
    return [{task.heading} if task.heading else set() for task in tasks]
