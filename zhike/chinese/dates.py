"""Dates as people write them (日期): 2017/3/1, 2017年3月1日, 20170301, 3/1/2017, or 42795 as a sheet stores it."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

Order = Literal["ymd", "mdy", "dmy"]
CHINA = ZoneInfo("Asia/Shanghai")
ORDERS: dict[Order, str] = {"ymd": "年/月/日", "mdy": "月/日/年", "dmy": "日/月/年"}
# Day 0 of the 1900 system of sheets, shifted for the 29 February 1900 it wrongly counts. Five digits: from 1927 to 2173.
SHEET_DAY_ZERO = datetime(1899, 12, 30)
TWO_DIGIT_YEARS_TURN = 70
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SEPARATOR = r"\s*[-/.年月]\s*"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}}){_SEPARATOR}([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}})\s*[日号]?")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_BY_ORDER = re.compile(r"([0-9]{1,3})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{1,2})")
_MONTH_NAMED = re.compile(
    r"(?:([0-9]{1,2})[\s-]+([a-z]{3,9})|([a-z]{3,9})\.?[\s-]+([0-9]{1,2}))[.,\s-]+([0-9]{4}|[0-9]{2})", re.I
)
_SHEET_DAY = re.compile(r"([0-9]{5}(?:\.[0-9]{1,12})?)")
_YEAR_AND_MONTH = re.compile(r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*月?|[0-9]{4}\s*年?")
_CLOCK = re.compile(
    r"(上午|下午|晚上|中午|凌晨|早上)?\s*([0-9]{1,2})\s*[:时点]\s*(?:([0-9]{1,2})\s*(?:[:分]\s*(?:([0-9]{1,2})(?:[.,]([0-9]{1,9}))?\s*秒?)?)?)?"
    r"\s*([ap]\.?m\.?)?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.I,
)


class Moment(NamedTuple):
    """What is written: a day, the time of day if told, and the offset from UTC if told."""

    day: date
    clock: time | None
    offset: tzinfo | None


def read_date(text: str, order: Order = "ymd") -> date:
    """Read a day; a time of day written beside it is left out. Year first is read so in any order."""
    return _read(text, order).day


def read_datetime(text: str, order: Order = "ymd", zone: tzinfo = CHINA) -> datetime:
    """Read a moment, in the zone given if none is written; a day alone is its first minute."""
    moment = _read(text, order)
    written = datetime.combine(moment.day, moment.clock or time.min, tzinfo=moment.offset or zone)
    try:
        return written.astimezone(zone)
    except OverflowError:
        raise ValueError(f"时间“{_shown(text)}”超出了可用的范围") from None


def guess_order(samples: Iterable[str]) -> Order:
    """Return the order in which most samples are dates; year first wins over month first, that over day first."""
    written = [sample for sample in samples if sample.strip()]
    scores: dict[Order, int] = {order: sum(_readable(sample, order) for sample in written) for order in ORDERS}
    return max(scores, key=lambda order: scores[order])


def _readable(text: str, order: Order) -> bool:
    try:
        read_date(text, order)
    except ValueError:
        return False
    return True


def _read(text: str, order: Order) -> Moment:
    written = re.sub(r"[‐‑‒–—−]", "-", unicodedata.normalize("NFKC", text)).strip().strip("\"'").strip()
    if not written:
        raise ValueError("请填写日期")
    if _SHEET_DAY.fullmatch(written):
        moment = SHEET_DAY_ZERO + timedelta(seconds=round(float(written) * 86_400))
        return Moment(moment.date(), moment.time() if "." in written else None, None)
    for form, day_of in _FORMS:
        found = form.match(written)
        if found:
            return Moment(day_of(found, order, text), *_read_clock(written[found.end() :], text))
    if _YEAR_AND_MONTH.fullmatch(written):
        raise ValueError(f"日期“{_shown(text)}”缺少日：请写成 2017-03-01 这样")
    raise _unreadable(text)


def _by_order(found: re.Match[str], order: Order, text: str) -> date:
    first, second, third = found[1], found[3], found[4]
    if len(third) == 4 and order == "ymd":
        raise ValueError(f"日期“{_shown(text)}”的年份在最后：请说明是 月/日/年 还是 日/月/年")
    if len(first) > 2:
        raise _unreadable(text)
    parts = dict(zip(order, (first, second, third), strict=True))
    return _day(parts["y"], parts["m"], parts["d"], text, ORDERS[order])


def _month_named(found: re.Match[str], order: Order, text: str) -> date:
    name = (found[2] or found[3])[:3].lower()
    if name not in MONTHS:
        raise _unreadable(text)
    return _day(found[5], str(MONTHS.index(name) + 1), found[1] or found[4], text, ORDERS[order])


def _year_first(found: re.Match[str], order: Order, text: str) -> date:
    return _day(found[1], found[2], found[3], text, ORDERS["ymd"])


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Order, str], date]], ...] = (
    (_YEAR_FIRST, _year_first),
    (_COMPACT, _year_first),
    (_BY_ORDER, _by_order),
    (_MONTH_NAMED, _month_named),
)


def _day(year: str, month: str, day: str, text: str, read_as: str) -> date:
    """Return the day, or say which of its parts cannot be."""
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < TWO_DIGIT_YEARS_TURN else 1900)
    if not 1 <= int(month) <= 12:
        raise ValueError(f"日期“{_shown(text)}”按 {read_as} 读，没有 {int(month)} 月")
    try:
        return date(full, int(month), int(day))
    except ValueError:
        raise ValueError(f"日期“{_shown(text)}”按 {read_as} 读，{full} 年 {int(month)} 月没有 {int(day)} 日") from None


def _read_clock(rest: str, text: str) -> tuple[time | None, tzinfo | None]:
    """Read the time of day after a date: T08:05:00Z, 8:05 PM, 下午3点."""
    written = re.sub(r"^[T,\s]+|\s*星期[一二三四五六日天]\s*", "", rest, flags=re.I).strip()
    if not written:
        return None, None
    found = _CLOCK.fullmatch(written)
    if not found:
        raise _unreadable(text)
    period, hour, minute, second, fraction, half, offset = found.groups()
    try:
        micro = int((fraction or "0").ljust(6, "0")[:6])
        return time(_hour(int(hour), period or half or ""), int(minute or 0), int(second or 0), micro), _offset(offset)
    except ValueError:
        raise ValueError(f"“{_shown(text)}”里没有这样的时刻") from None


def _hour(hour: int, period: str) -> int:
    """Count hours over the whole day: 下午3点 and 3 PM are 15, 12 AM is 0."""
    if period in ("下午", "晚上") or period[:1] in ("p", "P"):
        return hour + 12 if hour < 12 else hour
    midnight = period == "凌晨" or period[:1] in ("a", "A")
    return 0 if midnight and hour == 12 else hour


def _offset(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written in "Zz":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))


def _unreadable(text: str) -> ValueError:
    return ValueError(f"看不懂日期“{_shown(text)}”：请写成 2017-03-01、2017/3/1 或 2017年3月1日")


def _shown(text: str) -> str:
    return text.strip()[:30]
