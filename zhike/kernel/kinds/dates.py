"""Kinds of time: days and moments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zhike.chinese import dates
from zhike.chinese.dates import Order
from zhike.kernel.kinds.base import Kind
from zhike.kernel.kinds.masks import WHOLE
from zhike.kernel.query import relative

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

# In Greenwich too, where it is kept: a moment that PostgreSQL can hold and Python cannot read would spoil its record.
EARLIEST, LATEST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
DATE_OPS = ("eq", "lt", "lte", "gt", "gte", "between", "during", "empty", "filled")


class Date(Kind, models.DateField):
    """日期."""

    kind, ops, json_type, masks = "date", DATE_OPS, {"type": "string", "format": "date"}, WHOLE

    def plain_default(self) -> dict[str, Any]:
        """“Today” as the filter language says it: the description is the same on every day."""
        return {"default": {"days": 0}} if self.default is timezone.localdate else super().plain_default()

    def convert(self, raw: Any) -> Any:
        if isinstance(raw, date) and not isinstance(raw, datetime):
            return raw
        try:
            return date.fromisoformat(raw)
        except (ValueError, TypeError):
            raise ValueError("日期格式不正确，应如 2026-03-01") from None

    def read(self, text: str, order: Order = "ymd") -> Any:
        return dates.read_date(text, order) if text.strip() else self.nothing()

    def plain(self, value: Any) -> Any:
        return None if value is None else value.isoformat()

    def revive(self, plain: Any) -> Any:
        return date.fromisoformat(plain)

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        if op == "during":
            first, last = relative.period(value)
            return Q(**{f"{path}__gte": first, f"{path}__lte": last})
        return super().condition(path, op, value, actor)

    def operand(self, value: Any, actor: Actor) -> Any:
        return relative.day(value) if isinstance(value, dict) else super().operand(value, actor)


class DateTime(Kind, models.DateTimeField):
    """时间: a moment, kept in UTC, shown in the time zone of the company."""

    kind, ops, json_type, masks = "datetime", DATE_OPS, {"type": "string", "format": "date-time"}, WHOLE

    def convert(self, raw: Any) -> Any:
        moment = raw if isinstance(raw, datetime) else self.from_iso(raw)
        moment = moment if moment.tzinfo else timezone.make_aware(moment)
        if not EARLIEST <= moment <= LATEST:
            raise ValueError("年份应在 1000 与 9999 之间")
        return moment

    @staticmethod
    def from_iso(raw: Any) -> datetime:
        try:
            return datetime.fromisoformat(raw)
        except (ValueError, TypeError):
            raise ValueError("时间格式不正确，应如 2026-03-01T09:30:00+08:00") from None

    def read(self, text: str, order: Order = "ymd") -> Any:
        return dates.read_datetime(text, order, timezone.get_default_timezone()) if text.strip() else self.nothing()

    def plain(self, value: Any) -> Any:
        return None if value is None else value.isoformat()

    def revive(self, plain: Any) -> Any:
        return datetime.fromisoformat(plain)

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        if op == "during":
            return _days(path, *relative.period(value))
        if op in ("eq", "between") and not _has_time(value):
            first, last = (value, value) if op == "eq" else _both(value)
            return _days(path, _day(first), _day(last))
        return super().condition(path, op, value, actor)

    def operand(self, value: Any, actor: Actor) -> Any:
        return relative.start_of(relative.day(value)) if isinstance(value, dict) else super().operand(value, actor)


def _days(path: str, first: date, last: date) -> Q:
    """From the beginning of the first day to the end of the last one."""
    return Q(**{f"{path}__gte": relative.start_of(first), f"{path}__lt": relative.end_of(last)})


def _has_time(value: Any) -> bool:
    return any("T" in v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str))


def _both(value: Any) -> tuple[Any, Any]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("“介于”需要两个日期")
    return value[0], value[1]


def _day(value: Any) -> date:
    return relative.day(value) if isinstance(value, dict) else Date().convert(value)
