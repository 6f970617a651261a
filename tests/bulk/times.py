"""Times of made tasks: as printed, and what they mean in a plan of one year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.maker.facts import When

_QUARTERS = ("I", "II", "III", "IV")
_UNDATED = (
    When("Hằng tháng", "recurring"),
    When("Hằng quý", "recurring"),
    When("Khi có yêu cầu", "conditional"),
    When("Sau khi có hướng dẫn của cấp trên", "conditional"),
)
Maker = Callable[[Random, int], When]


def some_time(random: Random, year: int) -> When:
    """A time of a column headed Thời gian."""
    makers: tuple[Maker, ...] = (a_month, a_quarter, _a_day, _days, _until, _always, _undated)
    return random.choices(makers, (6, 4, 3, 3, 4, 2, 1))[0](random, year)


def some_deadline(random: Random, year: int) -> When:
    """A time of a column headed Thời gian hoàn thành: every interval is read as its last day."""
    makers: tuple[Maker, ...] = (a_month, a_quarter, _a_day, _until, _always)
    when = random.choices(makers, (4, 4, 4, 4, 1))[0](random, year)
    return When(when.text, "deadline", None, when.end) if when.kind == "interval" else when


def month(number: int, year: int, text: str | None = None) -> When:
    """A whole month."""
    last = monthrange(year, number)[1]
    text = text or f"Tháng {_two(number)}/{year}"
    return When(text, "interval", date(year, number, 1), date(year, number, last))


def quarter(number: int, year: int, text: str | None = None) -> When:
    """A whole quarter, 1 to 4."""
    last = 3 * number
    text = text or f"Quý {_QUARTERS[number - 1]}/{year}"
    return When(text, "interval", date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]))


def a_month(random: Random, year: int) -> When:
    number = random.randint(1, 12)
    text = random.choice((f"Tháng {_two(number)}", f"Tháng {_two(number)}/{year}"))
    return month(number, year, text)


def a_quarter(random: Random, year: int) -> When:
    number = random.randint(1, 4)
    name = _QUARTERS[number - 1]
    return quarter(number, year, random.choice((f"Quý {name}", f"Quý {name}/{year}")))


def day_of(random: Random, year: int) -> date:
    return date(year, 1, 1) + timedelta(random.randrange(365))


def printed_day(day: date) -> str:
    """A day as plans print it: 05/3/2024."""
    return f"{day.day:02d}/{_two(day.month)}/{day.year}"


def _a_day(random: Random, year: int) -> When:
    day = day_of(random, year)
    return When(random.choice(("", "Ngày ")) + printed_day(day), "interval", day, day)


def _days(random: Random, year: int) -> When:
    first = date(year, 1, 1) + timedelta(random.randrange(330))
    last = first + timedelta(random.randint(2, 30))
    return When(f"Từ ngày {printed_day(first)} đến ngày {printed_day(last)}", "interval", first, last)


def _until(random: Random, year: int) -> When:
    day = day_of(random, year)
    if random.random() < 0.6:
        return When(f"Trước ngày {printed_day(day)}", "deadline", None, day, True)
    return When(f"Chậm nhất ngày {printed_day(day)}", "deadline", None, day)


def _always(random: Random, year: int) -> When:
    return When("Thường xuyên", "ongoing", date(year, 1, 1), date(year, 12, 31))


def _undated(random: Random, year: int) -> When:
    return random.choice(_UNDATED)


def _two(number: int) -> str:
    """Months below 3 and days below 10 are written with a zero (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{number:02d}" if number < 3 else str(number)
