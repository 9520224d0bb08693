"""The policies in force, kept in memory under the organisation's revision: no write asks the database whether there are any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from zhike.features.approval.definition import Definition, read, read_text
from zhike.features.approval.objects.approval_policy import ApprovalPolicy


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One policy as it stands."""

    pk: int
    name: str
    version: int
    collection: str
    verb: str
    starts_on: date | None
    given: dict[str, Any]
    definition: Definition

    def begun(self, today: date) -> bool:
        return self.starts_on is None or self.starts_on <= today


@lru_cache(maxsize=2)
def in_force(revision: int) -> dict[tuple[str, str], tuple[Policy, ...]]:
    """Object and verb → its policies in their order."""
    found: dict[tuple[str, str], tuple[Policy, ...]] = {}
    for row in ApprovalPolicy._base_manager.filter(is_active=True).order_by("position", "pk"):
        found[row.collection, row.verb] = (*found.get((row.collection, row.verb), ()), as_policy(row))
    return found


def as_policy(row: Any) -> Policy:
    given = read_text(row.definition)
    return Policy(
        pk=row.pk or 0, name=row.name, version=row.version, collection=row.collection, verb=row.verb,
        starts_on=row.starts_on, given=given, definition=read(given),
    )  # fmt: skip
