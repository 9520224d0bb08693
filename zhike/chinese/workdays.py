"""法定节假日与调休: what the State Council has announced for each year, as far as the package knows."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256


def announced(day: date) -> bool | None:
    """Whether the country works on this day by announcement; None where nothing but the week decides."""
    off, on = _announced()
    return False if day in off else True if day in on else None


def name_of(day: date) -> str:
    """What is celebrated, in Chinese; of a make-up day the holiday it makes up for."""
    off, on = _announced()
    found = off.get(day) or on.get(day)
    return str(found) if found else ""


def known_until() -> date:
    """The last day of the last announced year."""
    off, _ = _announced()
    return date(max(off).year, 12, 31)


def fingerprint() -> str:
    """One word for all that is announced: another one when the package knows more, or knows better."""
    off, on = _announced()
    return sha256("".join(map(str, [*sorted(off), "|", *sorted(on)])).encode()).hexdigest()[:16]


@cache
def _announced() -> tuple[dict[date, str], dict[date, str]]:
    """Days off and make-up days, each with its name. Read when first asked: many processes never are."""
    from chinese_calendar.constants import Holiday, holidays, workdays

    names = {holiday.value: holiday.chinese for holiday in Holiday}
    off, on = ({day: names.get(name, name) for day, name in days.items()} for days in (holidays, workdays))
    return off, on
