"""Declaring how long the rows of a table are kept 保留期限: beside the table, by a parameter or by what its mechanism needs.

kept(Delivery, since="updated_at", days=parameter_of_days("keep_deliveries", "发送记录保留", 180), once=~Q(state=WAITING))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from zhike.features.parameters.declared import parameter

Days = Callable[[], int]
_declared: list[Kept] = []


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One table and how long its rows stay.

    Arguments:
        since: the moment from which the days are counted.
        days: asked anew each night, so that a changed parameter is in force the same day.
        once: the rows that may go at all; what is still open stays however old it is.
    """

    model: Any
    since: str
    days: Days
    once: Q


def kept(model: Any, *, since: str, days: Days, once: Q | None = None) -> None:
    """Declare it; see `Kept` for the arguments."""
    _declared.append(Kept(model=model, since=since, days=days, once=once or Q()))


def parameter_of_days(key: str, label: str, default: int) -> Days:
    """So many days as an administrator has laid down among the 业务参数."""
    found = parameter(key, label, unit="天", default=str(default), least="7", most="3650", whole=True)
    return lambda: int(found.on())


def declared() -> tuple[Kept, ...]:
    """Every table with a limit."""
    return tuple(_declared)
