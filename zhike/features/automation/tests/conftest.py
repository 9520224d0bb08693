"""A company whose administrator writes rules, and the worker that follows them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from zhike.features.approval.tests.conftest import House, house
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.testing.kit import Api

__all__ = ["House", "house"]
Write = Callable[..., Any]


@pytest.fixture
def rule(house: House) -> Write:
    """Writes a rule in force."""

    def write(collection: str, when: dict[str, Any], *steps: dict[str, Any], condition: Any = None, **more: Any) -> Any:
        definition = json.dumps({"when": when, "if": condition, "do": list(steps)}, ensure_ascii=False)
        body = {"name": "规则", "collection": collection, "is_active": True, "definition": definition}
        answer = house.administrator.post("automations", body | more)
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()

    return write


def work() -> list[str]:
    """What workers do until nothing waits; the kinds of the jobs they ran."""
    ran: list[str] = []
    while waiting := list(Job.objects.filter(state="waiting").order_by("pk")):
        for job in waiting:
            done = run_now(job.pk)
            assert done.state == "done", (done.kind, done.error)
            ran.append(done.kind)
    return ran


def runs(api: Api) -> list[Any]:
    """The runs of all rules, the latest first: its rule, result, how many records, how many left alone, and the words."""
    rows = api.get("automation-runs", fields="rule,result,found,refused,detail", order="-id").json()["rows"]
    return [(row["rule"]["label"], *(row[n] for n in ("result", "found", "refused", "detail"))) for row in rows]
