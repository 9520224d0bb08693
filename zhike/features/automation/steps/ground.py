"""Ground: the records a rule found, for one step after another; and what every step says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from zhike.features.automation.rules import Automat, Rule
from zhike.kernel.query.among import Among
from zhike.kernel.query.relative import day
from zhike.kernel.writes import Outcome

Given = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Arguments: `gone` are id and label of records that were deleted; then there is no other record."""

    model: Any
    ids: list[int]
    actor: Automat
    rule: Rule
    gone: list[dict[str, Any]] = field(default_factory=list)

    @property
    def rows(self) -> Any:
        return self.model.objects.filter(Q(Among("id", self.ids)))


class Step:
    """One deed. `without_record`: it can be done after the record is deleted."""

    without_record = False

    @staticmethod
    def check(model: Any, step: Given) -> None:
        """Raise ValueError or Invalid for what could not be done to records of `model`."""

    @staticmethod
    def label(model: Any, step: Given) -> str:
        """What it is, in one clause."""
        return ""

    @staticmethod
    def take(ground: Ground, step: Given) -> Outcome:
        """Do it to all records at once. Raises Problem when it can be done to none."""
        return Outcome()


def refuse_others(step: Given, *known: str) -> None:
    if others := set(step) - {"do", *known}:
        raise ValueError(f"不认识 {'、'.join(sorted(others))}")


def dated(values: Given) -> dict[str, Any]:
    """Values as JSON carries them; a day told as so many days from today ({"days": 3}) as its date."""
    return {name: day(dict(v)).isoformat() if isinstance(v, Mapping) and set(v) == {"days"} else v for name, v in values.items()}
