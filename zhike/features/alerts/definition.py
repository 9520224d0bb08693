"""预警的规则: the JSON an alert rule is kept as, read by the very code that watches.

{"filter": {…}, "group": "owner", "measure": "sum:amount", "when": "above", "levels": [{"level": "red", "threshold": "500000"}],
 "who": [{"by": "owner"}], "channels": [2], "mail": true, "limit": {"amount": 2, "unit": "workday"}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

from zhike.features.alerts.levels import LEVELS
from zhike.features.automation.steps.telling import refuse_channels
from zhike.features.clocks.marks import DAY, HOUR, WORKDAY, After
from zhike.features.notify.audience import refuse_unknown
from zhike.kernel.errors import Invalid
from zhike.kernel.kinds import Ref
from zhike.kernel.query import filters
from zhike.kernel.query.aggregate import measured
from zhike.kernel.registry import objects
from zhike.org.objects.person import System

WHOLE, EACH, ABOVE, BELOW = "", "id", "above", "below"
KEYS = {"filter", "group", "measure", "when", "levels", "who", "channels", "mail", "limit"}
LEVEL_KEYS = {"level", "threshold", "least", "most"}
LONGEST_LIMIT = 1000
FARTHEST = Decimal(10) ** 15
"""What no figure of the house comes to; beyond it the database would not compare."""
WATCHER = System("alerts")


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """Where a level begins, and how far departments may move it; not at all without both limits."""

    level: str
    at: Decimal
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A rule as it is followed.

    Arguments:
        group: what the indicator is reckoned for: the whole company, each record, or each owner, department or other reference.
        above: too much is alarming; otherwise too little is.
        limit: how long whoever is told has to handle it before her superior is.
    """

    condition: Any
    group: str
    measure: str
    above: bool
    levels: tuple[Threshold, ...]
    who: tuple[dict[str, Any], ...]
    channels: tuple[int, ...] = ()
    mail: bool = False
    limit: After | None = None

    @property
    def reckoned(self) -> list[str]:
        """The fields the figure is reckoned from, beside those of the condition."""
        return [name.rpartition(":")[2] for name in (self.measure, self.group) if name not in ("count", WHOLE, EACH)]

    def reaches(self, value: Decimal, threshold: Decimal) -> bool:
        return value >= threshold if self.above else value <= threshold


def read_text(text: str) -> dict[str, Any]:
    """The JSON of a kept definition. Raises Invalid."""
    try:
        given = orjson.loads(text) if text and text.strip() else {}
    except orjson.JSONDecodeError:
        raise wrong("不是正确的 JSON") from None
    if not isinstance(given, dict) or set(given) - KEYS:
        raise wrong(f"应由 {'、'.join(sorted(KEYS))} 组成")
    return given


def read(given: Mapping[str, Any]) -> Definition:
    """The shape of it, whatever the object. Raises Invalid."""
    levels, group, measure = given.get("levels") or [], given.get("group") or WHOLE, given.get("measure") or "count"
    if given.get("when", ABOVE) not in (ABOVE, BELOW) or not isinstance(group, str) or not isinstance(measure, str):
        raise wrong("指标的格式不正确")
    if not all(isinstance(given.get(name) or [], list) for name in ("who", "channels")):
        raise wrong("收件人的格式不正确")
    if not isinstance(levels, list) or len({str(one.get("level")) for one in levels if isinstance(one, dict)}) != len(levels):
        raise wrong("每个级别只能有一个阈值")
    return Definition(
        condition=given.get("filter"), group=group, measure=measure, above=given.get("when", ABOVE) == ABOVE,
        levels=tuple(map(_threshold, levels)), who=tuple(given.get("who") or ()), channels=tuple(given.get("channels") or ()),
        mail=bool(given.get("mail")), limit=_limit(given.get("limit")),
    )  # fmt: skip


def _threshold(given: Any) -> Threshold:
    if str(given.get("level")) not in LEVELS or set(given) - LEVEL_KEYS:
        raise wrong("不认识的预警级别")
    numbers = {name: _number(given.get(name)) for name in ("threshold", "least", "most")}
    if numbers["threshold"] is None:
        raise wrong(f"请填写{LEVELS[given['level']].label}的阈值")
    return Threshold(level=given["level"], at=numbers["threshold"], least=numbers["least"], most=numbers["most"])


def _number(given: Any) -> Decimal | None:
    if given in (None, ""):
        return None
    try:
        found = Decimal(str(given))
    except InvalidOperation:
        raise wrong("阈值应为数字") from None
    if not found.is_finite() or abs(found) >= FARTHEST:
        raise wrong("阈值应为数字")
    return found


def _limit(given: Any) -> After | None:
    if given is None:
        return None
    if not isinstance(given, dict) or given.get("unit") not in (HOUR, DAY, WORKDAY) or type(given.get("amount")) is not int:
        raise wrong("处理时限的格式不正确")
    if not 0 < given["amount"] <= LONGEST_LIMIT:
        raise wrong(f"处理时限应为 1 到 {LONGEST_LIMIT}")
    return After(given["amount"], given["unit"])


def check(collection: str, given: Mapping[str, Any], *, whole: bool = True) -> Definition:
    """What could not be watched is refused on saving. Raises Invalid.

    Arguments:
        whole: it is to be switched on, so thresholds and recipients must be there.
    """
    model, found = objects()[collection], read(given)
    filters.condition(model, found.condition, WATCHER)
    if found.group not in (WHOLE, EACH) and not isinstance(model.kinds().get(found.group), Ref):
        raise wrong("只能按一条记录、负责人、部门或指向其他记录的字段分别计算")
    if found.measure != "count":
        _check_measure(model, found.measure)
    refuse_bad_range(found)
    try:
        refuse_channels(list(found.channels))
        if whole:
            refuse_unknown(list(found.who), model if found.group == EACH else subject_model(model, found.group))
    except ValueError as error:
        raise wrong(str(error)) from None
    if whole and not found.levels:
        raise wrong("启用之前至少要有一个级别的阈值")
    return found


def _check_measure(model: Any, measure: str) -> None:
    *_, kind = measured(model, measure)
    if kind.kind in ("date", "datetime"):
        raise wrong("指标应为数值")


def refuse_bad_range(found: Definition) -> None:
    """The company's own threshold lies within what it leaves to departments. Raises Invalid."""
    for one in found.levels:
        if (one.least is not None and one.at < one.least) or (one.most is not None and one.at > one.most):
            raise wrong(f"{LEVELS[one.level].label}的阈值不在它自己的范围内")


def subject_model(model: Any, group: str) -> Any:
    """What a group stands for: people, departments, customers …; the records themselves for each, nothing for the whole."""
    return model if group in (WHOLE, EACH) else model.kinds()[group].target


def wrong(reason: str) -> Invalid:
    return Invalid.of({"definition": reason}, {"definition": "规则"})
