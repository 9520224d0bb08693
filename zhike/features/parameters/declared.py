"""Declaring a parameter and asking for it.

CEILING = parameter("small_contract_ceiling", "小额合同金额上限", unit="元", default="200000")
CEILING.on(contract.signed_on)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.apps import apps
from django.utils import timezone

_declared: dict[str, Parameter] = {}


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One number of a rule.

    Arguments:
        default: in force until an administrator has said otherwise.
        least, most: the limits, both included; whole: a count (天、个), which has no fraction.
    """

    key: str
    label: str
    unit: str
    default: Decimal
    least: Decimal
    most: Decimal
    whole: bool

    def on(self, day: date | None = None) -> Decimal:
        """The number in force on a day, today when none is named (V-85: 规则自生效日起适用)."""
        rows = apps.get_model("parameters.ParameterValue")._base_manager.filter(key=self.key)
        rows = rows.filter(effective_on__lte=day or timezone.localdate())
        said: Decimal | None = rows.order_by("-effective_on", "-pk").values_list("value", flat=True).first()
        return self.default if said is None else said

    def wrong(self, value: Decimal) -> str:
        """Why it cannot be this number; empty when it can."""
        if self.whole and value != value.to_integral_value():
            return "应为整数"
        return "" if self.least <= value <= self.most else f"应在 {self.least} 与 {self.most} 之间"


def parameter(
    key: str, label: str, *, unit: str, default: str, least: str = "0", most: str = "1000000000", whole: bool = False
) -> Parameter:
    """Declare a parameter; see `Parameter` for the arguments."""
    numbers = {"default": Decimal(default), "least": Decimal(least), "most": Decimal(most)}
    made = Parameter(key=key, label=label, unit=unit, whole=whole, **numbers)
    if _declared.setdefault(key, made) != made:
        raise ValueError(f"two parameters are called {key!r}")
    return made


def declared() -> dict[str, Parameter]:
    """Every declared parameter by its key."""
    return _declared
