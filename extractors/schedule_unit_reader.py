"""Single units of time from tokens: days, weeks, months, quarters, years and parts of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.schedule_lexer import Token
from extractors.schedule_units import Part, Unit
from extractors.vietnamese.numerals import quarter_value, word_value

Found = tuple[Unit, int]  # a unit and the index of the token after it

_SPAN_SECOND = {"đoạn", "kỳ", "kì"}  # giai đoạn, nhiệm kỳ, thời kỳ
_NEXT_YEAR = {"sau", "tới", "liền", "tiếp", "kế"}
_YEAR_OPENERS = {"trong", "cả", "suốt", "toàn", "hết", "đến", "quanh", "tới", "nguyên", "của"}
_BARE_DAYS = re.compile(
    r"\d{1,2}(?:\s?(?:,|-|;|&|và|đến|tới)\s?(?:ngày\s)?\d{1,2}){0,12}?"
    r"\s?(?:,|-|;|&|và|đến|tới)\s?(?:ngày\s?)?\d{1,2}\s?(?:/\s?\d{1,2}(?!\d)|tháng\s?\d)"
)
_COUNTED = frozenset({"ngày", "buổi", "tuần", "giờ", "suất", "số"})
_PARTS: dict[str, Part] = {"đầu": "early", "giữa": "middle", "cuối": "late"}
_DECADES: dict[str, Part] = {"thượng": "early", "trung": "middle", "hạ": "late"}


class UnitReader:
    """Reads single units; every method takes the index of a token and gives that of the token after."""

    def __init__(self, tokens: Sequence[Token], folded: str) -> None:
        self.tokens = tokens
        self.folded = folded

    def at(self, i: int) -> Token:
        return self.tokens[min(i, len(self.tokens) - 1)]

    def word(self, i: int) -> str:
        return self.at(i).text if i >= 0 else ""

    def unit(self, i: int) -> Found | None:
        """The unit that begins at token i."""
        token = self.at(i)
        match token.kind:
            case "date":
                day, month, year = token.numbers
                return Unit("day", year, month, day), i + 1
            case "day_month":
                if self.word(i + 1) in _COUNTED:  # `1/2 ngày`
                    return None
                return self._with_year(Unit("day", month=token.numbers[1], day=token.numbers[0]), i + 1)
            case "month_year":
                return Unit("month", token.numbers[1], token.numbers[0]), i + 1
            case "years":
                return Unit("years", token.numbers[0], last_year=token.numbers[1]), i + 1
            case "year":
                return None if self._is_cut_date(token) else (Unit("year", token.numbers[0]), i + 1)
            case "short_month":
                return self._with_year(Unit("month", month=token.numbers[0]), i + 1)
            case "short_quarter":
                return self._with_year(Unit("quarter", number=token.numbers[0]), i + 1)
            case "number":
                return self._from_number(i)
            case "word":
                return self._from_word(i)
        return None

    def _is_cut_date(self, token: Token) -> bool:
        """`…/…/2024`: what stands before the year was left blank."""
        return self.folded[max(0, token.start - 4) : token.start].rstrip().endswith("/")

    def _from_word(self, i: int) -> Found | None:
        match self.word(i):
            case "ngày" | "mùng" | "mồng":
                return self._day(i + 1)
            case "tháng":
                return self._month(i + 1)
            case "quý" | "quí":
                return self._quarter_numeral(i + 1)
            case "năm":
                return self._year(i)
            case "tuần":
                return self._week(i)
            case "nay" | "từ nay" if self.word(i - 1) == "từ":
                return Unit("today"), i + 1
            case "đầu" | "giữa" | "cuối" | "nửa" | "thượng" | "trung" | "hạ":
                return self._part(i)
            case "giai" | "nhiệm" | "thời" if self.word(i + 1) in _SPAN_SECOND:
                return self._span(i + 2)
            case "hai" | "ba" | "sáu" | "chín":
                return self._months_of_year(i, word_value(self.word(i)) or 0)
        return None

    def _day(self, i: int) -> Found | None:
        """After `ngày`: a date, `25/10`, `25 tháng 10`, or a day whose month comes later."""
        if self.word(i) in ("mùng", "mồng"):
            i += 1
        if self.at(i).kind in ("date", "day_month"):
            return self.unit(i)
        if self.at(i).kind != "number" or len(self.at(i).text) > 2:
            return None
        # `ngày 15.3`; with a dash it would be a range of days
        if (
            self.word(i + 1) == "."
            and self.at(i + 2).kind == "number"
            and self.at(i + 2).start == self.at(i).end + 1
        ):
            return self._with_year(
                Unit("day", month=self.at(i + 2).numbers[0], day=self.at(i).numbers[0]), i + 3
            )
        return self._day_number(i)

    def _day_number(self, i: int) -> Found | None:
        day = self.at(i).numbers[0]
        j = i + 1
        if self.word(j) in (",", "/") and self.word(j + 1) == "tháng":
            j += 1
        if self.word(j) == "tháng":
            month = self._month(j + 1)
            if month is not None:
                return replace(month[0], grain="day", day=day), month[1]
        return (Unit("day", day=day), i + 1) if 1 <= day <= 31 else None

    def _from_number(self, i: int) -> Found | None:
        """`6 tháng đầu năm`, `10 ngày đầu tháng 3`, `25 tháng 10`, or days whose month comes later."""
        number = self.at(i).numbers[0]
        following = self.word(i + 1)
        if following == "tháng" and self.word(i + 2) in ("đầu", "cuối"):
            return self._months_of_year(i, number)
        month = self._month(i + 2) if following == "tháng" and len(self.at(i).text) <= 2 else None
        if month is not None:
            return replace(month[0], grain="day", day=number), month[1]
        if (number, following) in ((4, "quý"), (12, "tháng")) and self.word(i - 1) == "cả":
            return self._with_year(Unit("year"), i + 2)
        if following == "ngày" and self.word(i + 2) in ("đầu", "cuối"):
            return self._days_of_month(i, number)
        if following in ("-", ",", "và", "đến") and self.at(i + 2).kind == "month_year" and 1 <= number <= 12:
            return Unit("month", month=number), i + 1
        if _BARE_DAYS.match(self.folded, self.at(i).start):
            return self._day_number(i)
        return None

    def _month(self, i: int) -> Found | None:
        """After `tháng`: its number, or its name (ba, tư … mười hai), and a year."""
        i = i + 1 if self.word(i) == ":" else i
        token = self.at(i)
        if token.kind == "month_year":
            return Unit("month", token.numbers[1], token.numbers[0]), i + 1
        if token.kind == "number" and len(token.text) <= 2:
            return self._with_year(Unit("month", month=token.numbers[0]), i + 1)
        two = word_value(f"{token.text} {self.word(i + 1)}")
        one = word_value(token.text)
        if two is not None:
            return self._with_year(Unit("month", month=two), i + 2)
        if one is not None and token.text != "năm" and self.word(i + 1) not in ("tháng", "ngày", "lần"):
            return self._with_year(Unit("month", month=one), i + 1)
        if self.word(i - 2) in ("trong", "cả", "suốt", "hết", "đầu", "giữa", "cuối") and token.kind in (
            "end",
            "mark",
        ):
            return Unit("month"), i
        return None

    def _quarter_numeral(self, i: int) -> Found | None:
        while self.word(i) in ("quý", "quí", ":"):
            i += 1
        token = self.at(i)
        if token.kind == "month_year" and 1 <= token.numbers[0] <= 4:
            return Unit("quarter", token.numbers[1], number=token.numbers[0]), i + 1
        value = quarter_value(token.text) if token.kind in ("word", "number") else None
        if value is None or token.text == "năm":
            return None
        return self._with_year(Unit("quarter", number=value), i + 1)

    def _year(self, i: int) -> Found | None:
        """At `năm`: a year, a school year, two years, or the plan's own (trong năm, năm nay)."""
        following = self.at(i + 1)
        if following.kind == "year":
            return Unit("year", following.numbers[0]), i + 2
        if following.kind == "years":
            return Unit("years", following.numbers[0], last_year=following.numbers[1]), i + 2
        if following.text == "học":
            return self._school_year(i + 2)
        if following.text in ("nay", "này"):
            return Unit("year"), i + 2
        if self.word(i - 1) in _YEAR_OPENERS and following.text not in ("sau", "tới", "trước", "học"):
            return Unit("year"), i + 1
        return None

    def _school_year(self, i: int) -> Found:
        if self.word(i) == ":":
            i += 1
        token = self.at(i)
        if token.kind == "years" and token.numbers[1] == token.numbers[0] + 1:
            return Unit("school_year", token.numbers[0]), i + 1
        return Unit("school_year"), i

    def _span(self, i: int) -> Found | None:
        """After giai đoạn, nhiệm kỳ: `2021-2025`, `từ năm 2021 đến năm 2025`."""
        i = i + 1 if self.word(i) == "từ" else i
        if self.at(i).kind == "years":
            return self.unit(i)
        return (
            self._year(i) if self.word(i) == "năm" else (self.unit(i) if self.at(i).kind == "year" else None)
        )

    def _week(self, i: int) -> Found | None:
        """`tuần 2 tháng 3`, `tuần thứ hai của tháng 3`, `tuần cuối tháng 6`."""
        j = i + 2 if self.word(i + 1) == "thứ" else i + 1
        token = self.at(j)
        if token.kind == "day_month" and token.numbers[0] <= 5:  # `tuần 3/10`: of October
            return self._with_year(Unit("week", month=token.numbers[1], day=token.numbers[0]), j + 1)
        number = {"đầu": 1, "cuối": -1, "i": 1, "ii": 2, "iii": 3, "iv": 4, "nhất": 1}.get(token.text)
        if number is None:
            number = token.numbers[0] if token.kind == "number" else (word_value(token.text) or 0)
        j += 1
        if (
            self.word(j) in ("-", ",", "và", "đến")
            and self.at(j + 1).kind == "number"
            and self._of_month(j + 2)
        ):
            return Unit("week", day=number), j  # `tuần 1, 2 tháng 4`
        month = self._of_month(j)
        return (replace(month[0], grain="week", day=number), month[1]) if month and number else None

    def _of_month(self, i: int) -> Found | None:
        """`tháng 3`, `của tháng 3`, `/3/2024` are not told apart here: only words are read."""
        while self.word(i) in ("của", "trong", "-", "/", ","):
            i += 1
        if self.at(i).kind == "short_month":
            return self.unit(i)
        return self._month(i + 1) if self.word(i) == "tháng" else None

    def _part(self, i: int) -> Found | None:
        """đầu, giữa, cuối, nửa đầu, thượng tuần … of a month, quarter or year."""
        word = self.word(i)
        part = _PARTS.get(word)
        j = i + 1
        if word == "nửa":
            halves: dict[str, Part] = {"đầu": "first_half", "cuối": "last_half"}
            part, j = halves.get(self.word(i + 1)), i + 2
        elif word in _DECADES:
            part, j = (_DECADES[word], i + 2) if self.word(i + 1) == "tuần" else (None, i)
        if part is None:
            return None
        while self.word(j) in ("của", "các", "những"):
            j += 1
        return self._part_of(part, j)

    def _part_of(self, part: Part, j: int) -> Found | None:
        if self.word(j) == "năm":
            if self.word(j + 1) == "học":
                school = self._school_year(j + 2)
                return replace(school[0], part=part), school[1]
            return self._with_year(Unit("year", part=part), j + 1, named=True)
        whole = self.unit(j)
        if whole is None or whole[0].grain not in ("month", "quarter", "year") or whole[0].part != "whole":
            return None
        return replace(whole[0], part=part), whole[1]

    def _months_of_year(self, i: int, number: int) -> Found | None:
        """`6 tháng đầu năm 2024`; the year may be left out."""
        if self.word(i + 1) != "tháng" or self.word(i + 2) not in ("đầu", "cuối"):
            return None
        unit = Unit("months", number=number, part=_PARTS[self.word(i + 2)])
        if self.word(i + 3) != "năm":
            return self._with_year(unit, i + 3) if self.at(i + 3).kind == "year" else None
        return self._with_year(unit, i + 4, named=True)

    def _days_of_month(self, i: int, number: int) -> Found | None:
        part = _PARTS[self.word(i + 2)]
        month = self._of_month(i + 3)
        return (replace(month[0], grain="days", day=number, part=part), month[1]) if month else None

    def _with_year(self, unit: Unit, i: int, named: bool = False) -> Found:
        """The unit with the year that follows it: `/2024`, `năm 2024`, `- 2024`, `năm sau`."""
        if unit.year is not None:
            return unit, i
        j = i
        while self.word(j) in ("/", "-", ",", ".", "của") and j < i + 2:
            j += 1
        if self.at(j).kind == "year" and (
            named or j > i or unit.grain in ("quarter", "month", "months", "day")
        ):
            return replace(unit, year=self.at(j).numbers[0]), j + 1
        if self.word(j) != "năm":
            return unit, i
        if self.at(j + 1).kind == "year":
            return replace(unit, year=self.at(j + 1).numbers[0]), j + 2
        return self._relative_year(unit, i, j)

    def _relative_year(self, unit: Unit, i: int, j: int) -> Found:
        """`năm sau`, `năm liền kề`, `năm kế tiếp`, `năm trước (liền kề)`, `năm nay`."""
        following = self.word(j + 1)
        rest = {self.word(j + 1), self.word(j + 2), self.word(j + 3), self.word(j + 4)}
        last = j + 2
        while self.word(last) in ("kề", "theo", "tiếp", "liền", "sau", "trước", "đó"):
            last += 1
        if following in ("nay", "này"):
            return unit, j + 2
        if following == "trước" or (following == "liền" and "trước" in rest):
            return replace(unit, year_shift=-1), last
        if following in _NEXT_YEAR:
            return replace(unit, year_shift=1), last
        return unit, i
