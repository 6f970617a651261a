"""Units joined to lists and ranges: từ … đến …, tháng 3, 4, quý II-III."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from extractors.schedule_unit_reader import Found, UnitReader
from extractors.schedule_units import Unit

Join = Literal["range", "list"]

_RANGE_WORDS = ("đến", "tới", "-", "÷", "→", "~")
_LIST_WORDS = (",", ";", "và", "&", "+", "hoặc", "/")
_AFTER_JOIN = frozenset({"hết", "trước", "ngày", "vào", "cuối", "khoảng", "cho", "đến", "tới", "sang"})
# Words after a number that goes on a list of months; any other word is what the number counts.
_GOES_ON = frozenset(
    {"và", "đến", "tới", "năm", "hoặc", "hằng", "hàng", "mỗi", "của", "tháng", "ngày"}
) | frozenset({"dự", "hoàn", "trước", "xong", "thường", "theo"})


@dataclass(frozen=True, slots=True)
class UnitSequence:
    """Units that belong together and how each is joined to the one before it."""

    units: tuple[Unit, ...]
    joins: tuple[Join, ...]
    next: int


class Grammar(UnitReader):
    """Reads sequences of units; every method takes the index of a token and gives that of the token after."""

    def sequence(self, i: int) -> UnitSequence | None:
        """Units joined by commas, và, dashes, đến: `tháng 3, 4 năm 2024`, `01/3 - 31/3/2024`."""
        first = self.unit(i)
        if first is None:
            return None
        units, joins = [first[0]], list[Join]()
        j = first[1]
        while (step := self._join(j)) is not None:
            join, k = step
            following = self._following(k, units[-1], join)
            if following is None:
                break
            units.append(following[0])
            joins.append(join)
            j = following[1]
        return UnitSequence(tuple(units), tuple(joins), j)

    def _join(self, i: int) -> tuple[Join, int] | None:
        text = self.word(i)
        if text == "cho" and self.word(i + 1) in ("đến", "tới"):
            return "range", i + 2
        if text in ("trở",) and self.word(i + 1) in ("đến", "tới"):
            return None
        if text in _RANGE_WORDS:
            return "range", i + 1
        if text == "." and self.at(i + 1).kind == "number":
            is_tight = self.at(i - 1).end == self.at(i).start and self.at(i).end == self.at(i + 1).start
            return ("list", i + 1) if is_tight else None
        if text not in _LIST_WORDS:
            return None
        return "list", i + 2 if text in (",", ";") and self.word(i + 1) in ("và", "hoặc") else i + 1

    def _following(self, i: int, last: Unit, join: Join) -> Found | None:
        """The unit after a join; a bare number goes on the months, quarters or days before it."""
        bare = self._bare(i, last)
        if bare is not None:
            return bare
        j = i
        if join == "range":
            while self.word(j) in _AFTER_JOIN and self.unit(j) is None:
                j += 1
        return self.unit(j)

    def _bare(self, i: int, last: Unit) -> Found | None:
        token = self.at(i)
        if last.grain == "quarter":
            return self._quarter_numeral(i)
        if token.kind != "number" or len(token.text) > 2 or not self._ends_number(i + 1):
            return None
        number = token.numbers[0]
        if last.grain == "month" and 1 <= number <= 12:
            return self._with_year(Unit("month", month=number, part=last.part), i + 1)
        if last.grain == "week" and 1 <= number <= 5 and not last.month:
            month = self._of_month(i + 1)
            return (
                (replace(month[0], grain="week", day=number), month[1])
                if month
                else (Unit("week", day=number), i + 1)
            )
        if last.grain == "day" and not last.month and 1 <= number <= 31:
            return self._day_number(i)
        return None

    def _ends_number(self, i: int) -> bool:
        token = self.at(i)
        if token.kind == "word":
            return token.text in _GOES_ON
        return token.text not in ("%", "°")
