"""A company that watches its figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from zhike.features.alerts.objects.alert_rule import AlertRule
from zhike.features.alerts.raising import watch
from zhike.features.approval.tests.conftest import House, house
from zhike.testing.kit import Api

__all__ = ["House", "house"]
Write = Callable[..., Any]


@pytest.fixture
def rule(house: House) -> Write:
    """Writes a rule in force; unless something else is said, the owner of what is too far is told."""

    def write(collection: str, **definition: Any) -> Any:
        more = {n: definition.pop(n) for n in ("name", "rhythm", "advice") if n in definition}
        given = {"who": [{"by": "owner"}], "levels": [{"level": "yellow", "threshold": "1"}]} | definition
        body = {"name": "规则", "collection": collection, "is_active": True, "definition": json.dumps(given)}
        answer = house.administrator.post("alert-rules", body | more)
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()

    return write


def check(rule: Any) -> tuple[int, int, int]:
    """One check: how many were raised, changed, cleared."""
    told = watch(AlertRule.objects.get(pk=rule["id"]))
    return told["raised"], told["changed"], told["cleared"]


def inbox(api: Api) -> list[tuple[str, str, str]]:
    """What somebody has before her: words, level, state."""
    rows = api.get("alerts", order="id", fields="name,level,state").json()["rows"]
    return [(row["name"], row["level"], row["state"]) for row in rows]


def grant(house: House, api: Api, given: dict[str, Any]) -> None:
    """What the role of one of these people grants, or leaves closed, from now on."""
    answer = house.administrator.patch(f"roles/{api.person.roles.get().pk}/grants", given)
    assert answer.status_code == 200, answer.content.decode()
