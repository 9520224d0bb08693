"""Declaring a parameter and asking for it.

CEILING = parameter("small_contract_ceiling", "小额合同金额上限", unit="元", default="200000")
CEILING.on(contract.signed_on)

What there is one of for each thing an administrator may add (天数 of each stage) is told by a `family`, asked when it matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.utils import timezone

_declared: dict[str, Parameter] = {}
Family = Callable[[], Iterable["Parameter"]]
_families: list[Family] = []


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One number of a rule.

    Arguments:
        default: in force until an administrator has said otherwise.
        least, most: the limits, both included; whole: a count (天、个), which has no fraction.
        otherwise: the parameter that counts as long as nobody has said anything about this one.
    """

    key: str
    label: str
    unit: str
    default: Decimal
    least: Decimal
    most: Decimal
    whole: bool
    otherwise: Parameter | None = None

    def on(self, day: date | None = None) -> Decimal:
        """The number in force on a day, today when none is named (V-85: 规则自生效日起适用)."""
        rows = apps.get_model("parameters.ParameterValue")._base_manager.filter(key=self.key)
        rows = rows.filter(effective_on__lte=day or timezone.localdate())
        said: Decimal | None = rows.order_by("-effective_on", "-pk").values_list("value", flat=True).first()
        if said is not None:
            return said
        return self.otherwise.on(day) if self.otherwise else self.default

    def wrong(self, value: Decimal) -> str:
        """Why it cannot be this number; empty when it can."""
        if self.whole and value != value.to_integral_value():
            return "应为整数"
        return "" if self.least <= value <= self.most else f"应在 {self.least} 与 {self.most} 之间"


def number(
    key: str,
    label: str,
    *,
    unit: str,
    default: str,
    least: str = "0",
    most: str = "1000000000",
    whole: bool = False,
    otherwise: Parameter | None = None,
) -> Parameter:
    """A parameter as a family tells it; see `Parameter` for the arguments."""
    numbers = {"default": Decimal(default), "least": Decimal(least), "most": Decimal(most)}
    return Parameter(key=key, label=label, unit=unit, whole=whole, otherwise=otherwise, **numbers)


def parameter(key: str, label: str, **told: Any) -> Parameter:
    """Declare a parameter; see `number` for the arguments."""
    made = number(key, label, **told)
    if _declared.setdefault(key, made) != made:
        raise ValueError(f"two parameters are called {key!r}")
    return made


def family(told: Family) -> Family:
    """Declare parameters that come and go with what an administrator adds."""
    _families.append(told)
    return told


def declared() -> dict[str, Parameter]:
    """Every parameter there is now by its key."""
    return _declared | {one.key: one for told in _families for one in told()}
