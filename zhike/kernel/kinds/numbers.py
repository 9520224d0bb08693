"""Kinds of numbers: counts, quantities, money and the price ratio 折."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from zhike.chinese import numbers
from zhike.chinese.dates import Order
from zhike.kernel.kinds.base import ORDERED, Kind
from zhike.kernel.kinds.masks import WHOLE

LARGEST_INTEGER = 2**63 - 1


class Totalled:
    """What stands below a column of such numbers (汇总).

    Arguments:
        total: "sum"; "avg" for what is per unit (单价, 用时); "none" for what means nothing but itself (次序, 上限).
    """

    total: str = "sum"

    def total_of(self) -> dict[str, Any]:
        return {} if self.total == "sum" else {"total": self.total}


class Integer(Totalled, Kind, models.BigIntegerField):
    """整数.

    Arguments:
        least, most: the limits, both included.
    """

    kind, ops, json_type, masks = "integer", ORDERED, {"type": "integer"}, WHOLE

    def __init__(
        self,
        label: str = "",
        *args: Any,
        least: int = -LARGEST_INTEGER,
        most: int = LARGEST_INTEGER,
        total: str = "sum",
        **kwargs: Any,
    ) -> None:
        self.least, self.most, self.total = least, most, total
        super().__init__(label, *args, **kwargs)

    def convert(self, raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int | str):
            raise ValueError("应为整数")
        value = raw if isinstance(raw, int) else _whole(raw)
        if not self.least <= value <= self.most:
            raise ValueError(f"应在 {self.least} 与 {self.most} 之间")
        return value

    def read(self, text: str, order: Order = "ymd") -> Any:
        return self.parse(numbers.read_integer(text)) if text.strip() else self.nothing()

    def extra(self) -> dict[str, Any]:
        limits = {"min": self.least, "max": self.most} if self.most < LARGEST_INTEGER else {}
        return limits | self.total_of()


def _whole(text: str) -> int:
    """At most 19 digits are looked at: turning a million digits into a number is an attack, not a count."""
    try:
        return int(text) if len(text) <= 20 else LARGEST_INTEGER + 1
    except ValueError:
        raise ValueError("应为整数") from None


class ExactDecimal(Totalled, Kind, models.DecimalField):
    """小数: exact, carried as a string so that no program rounds it."""

    kind, ops, masks = "decimal", ORDERED, WHOLE
    json_type = {"type": "string", "pattern": r"^-?\d{1,16}(\.\d+)?$"}
    digits, places = 18, 4

    def __init__(self, label: str = "", *args: Any, least: Any = None, most: Any = None, total: str = "", **kwargs: Any) -> None:
        self.least, self.most, self.total = _limit(least), _limit(most), total or self.total
        kwargs.setdefault("max_digits", self.digits)
        kwargs.setdefault("decimal_places", self.places)
        super().__init__(label, *args, **kwargs)

    def convert(self, raw: Any) -> Decimal:
        value: Decimal = self.exact(raw)
        if abs(value) >= 10 ** (self.max_digits - self.decimal_places):
            raise ValueError(f"整数部分最多 {self.max_digits - self.decimal_places} 位")
        if value != round(value, self.decimal_places):
            raise ValueError(f"最多 {self.decimal_places} 位小数")
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            raise ValueError(self.out_of_range())
        return Decimal(round(value, self.decimal_places))

    @staticmethod
    def exact(raw: Any) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal) or len(str(raw)) > 60:
            raise ValueError("应为数字")
        try:
            value = Decimal(str(raw).strip())
        except InvalidOperation:
            raise ValueError("应为数字") from None
        if not value.is_finite() or value.adjusted() > 30:
            raise ValueError("应为有限的数字")
        return value

    def out_of_range(self) -> str:
        if self.most is None:
            return f"不能小于 {self.least}"
        return f"不能大于 {self.most}" if self.least is None else f"应在 {self.least} 与 {self.most} 之间"

    def read(self, text: str, order: Order = "ymd") -> Any:
        return self.parse(round(numbers.read_decimal(text), self.decimal_places)) if text.strip() else self.nothing()

    def plain(self, value: Any) -> Any:
        return None if value is None else str(value)

    def revive(self, plain: Any) -> Any:
        return Decimal(plain)

    def expression(self, path: str) -> Any:
        return Cast(path, models.TextField())

    def extra(self) -> dict[str, Any]:
        limits = {"min": self.plain(self.least), "max": self.plain(self.most)}
        return {"decimals": self.decimal_places} | {k: v for k, v in limits.items() if v is not None} | self.total_of()


def _limit(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


class Money(ExactDecimal):
    """金额, in yuan, exact to the cent."""

    kind, places = "money", 2


class Ratio(ExactDecimal):
    """折扣率: the share of the list price that is paid. 0.45 is 4.5折: the customer pays 45 % (V-46, the trap of the sources).

    Arguments:
        zero: what 0 means where it is not given away for nothing: a lower limit of 0 is none (不限).
    """

    kind, digits, places, total = "ratio", 7, 4, "avg"

    def __init__(self, label: str = "", *args: Any, zero: str = "", **kwargs: Any) -> None:
        self.zero = zero
        super().__init__(label, *args, **kwargs)

    def extra(self) -> dict[str, Any]:
        return super().extra() | ({"zero": self.zero} if self.zero else {})

    def read(self, text: str, order: Order = "ymd") -> Any:
        return self.parse(round(numbers.read_ratio(text), self.decimal_places)) if text.strip() else self.nothing()
