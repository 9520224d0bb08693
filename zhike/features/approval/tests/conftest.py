"""A company in which somebody must agree."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.org.objects.person import Person
from zhike.testing.kit import Api, make_department, make_user


@dataclass(frozen=True)
class House:
    """A seller, the head of her department, the president above, an administrator, and people of other places."""

    seller: Api
    peer: Api
    head: Api
    president: Api
    finance: Api
    stranger: Api
    administrator: Api

    def policy(self, collection: str, verb: str, *steps: dict[str, Any], **more: Any) -> Any:
        """A policy in force."""
        rules = {n: more.pop(n) for n in ("fields", "condition", "above") if n in more} | {"steps": list(steps)}
        given = {"name": "特批", "collection": collection, "verb": verb, "is_active": True, "definition": json.dumps(rules)}
        answer = self.administrator.post("approval-policies", given | more)
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()


@pytest.fixture
def house(db: Any) -> House:
    company = make_department("公司")
    sales, money = make_department("销售部", company), make_department("财务部", company)
    users = {
        "seller": make_user("seller", Reach.SELF, sales), "peer": make_user("peer", Reach.SELF, sales),
        "head": make_user("head", Reach.SUBTREE, sales), "president": make_user("president", {}, company),
        "finance": make_user("finance", {}, money), "stranger": make_user("stranger", Reach.SELF, money),
        "administrator": make_user("administrator", Reach.ALL, company),
    }  # fmt: skip
    api = {name: Api(user) for name, user in users.items()}
    for department, name in ((sales, "head"), (company, "president")):
        answer = api["administrator"].patch(f"departments/{department.pk}", {"manager": users[name].pk})
        assert answer.status_code == 200, answer.content.decode()
    return House(**api)


def by_head(level: int = 1, **more: Any) -> dict[str, Any]:
    return {"name": f"{level}级主管", "who": [{"by": "head", "level": level}]} | more


def by(*people: Api, **more: Any) -> dict[str, Any]:
    return {"name": "会签", "who": [{"by": "person", "person": api.person.pk} for api in people]} | more


def held(answer: Any) -> Any:
    """The request that a deed has become."""
    assert answer.status_code == 202, answer.content.decode()
    return answer.json()["approval"]


def todo(api: Api) -> list[str]:
    """What waits for somebody, by title."""
    return [row["title"] for row in api.get("approvals", mine="todo").json()["rows"]]


def told(api: Api) -> list[str]:
    return [row["text"] for row in api.get("notifications").json()["rows"]]


def person(api: Api) -> Any:
    return Person.objects.get(pk=api.person.pk)
