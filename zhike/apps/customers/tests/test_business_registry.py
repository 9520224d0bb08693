"""The registered name is checked against the registry an installation has configured; without one nothing is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.features.channels.tests.standing_in import StandIn, standing_in
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_user
from zhike.testing.team import added

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "91310115MA1K35J911"


@pytest.fixture
def seller(transactional_db: Any) -> Api:
    return Api(make_user("seller", Reach.SELF))


@pytest.fixture
def registry(settings: Any) -> Iterator[StandIn]:
    settings.OUTBOUND_NETWORKS = ["127.0.0.0/8"]
    with standing_in() as stand_in:
        settings.REGISTRY = {"url": stand_in.url("/lookup"), "key": "geheim-4711"}
        yield stand_in


def looked_up(seller: Api, customer: Any) -> tuple[str, str]:
    for job in Job.objects.filter(kind="check_registry", state="waiting").order_by("pk"):
        assert run_now(job.pk).state == "done"
    found = seller.get(f"customers/{customer['id']}").json()
    return found["registry"], found["registry_name"]


def told(seller: Api) -> list[str]:
    return [row["text"] for row in seller.get("notifications").json()["rows"]]


@pytest.mark.covers("V-16")
def test_a_new_customer_is_compared_with_the_registry(seller: Api, registry: StandIn) -> None:
    registry.answer = {"found": True, "name": "华泰科技（上海）有限公司", "credit_code": CODE}
    made = added(seller, "customers", name="华泰科技(上海)有限公司", credit_code=CODE)
    assert looked_up(seller, made) == ("same", "华泰科技（上海）有限公司")
    [asked] = registry.received
    assert asked.json == {"name": "华泰科技(上海)有限公司", "credit_code": CODE}
    assert (asked.headers["Authorization"], told(seller)) == ("Bearer geheim-4711", [])


@pytest.mark.parametrize(
    ("answer", "outcome", "notice"),
    [
        ({"found": False}, "none", "工商登记中没有查到客户“华泰公司”"),
        ({"found": True, "name": "华泰科技有限公司"}, "name", "客户“华泰公司”与工商登记的名称不符，登记的是“华泰科技有限公司”"),
        (
            {"found": True, "name": "华泰公司", "credit_code": "91310000775785552L"},
            "code",
            "客户“华泰公司”的统一社会信用代码与工商登记不符",
        ),
    ],
)
def test_the_owner_hears_of_a_difference(seller: Api, registry: StandIn, answer: Any, outcome: str, notice: str) -> None:
    registry.answer = answer
    made = added(seller, "customers", name="华泰公司", credit_code=CODE)
    assert (looked_up(seller, made)[0], told(seller)) == (outcome, [notice])


def test_a_service_that_does_not_answer_properly_leaves_what_was_known(seller: Api, registry: StandIn) -> None:
    registry.answer = ["?"]
    made = added(seller, "customers", name="华泰公司")
    assert looked_up(seller, made) == ("", "")
    assert told(seller) == ["没有能核对客户“华泰公司”的工商登记：对方的回答看不懂"]


@pytest.mark.covers("V-16")
def test_many_that_are_brought_in_or_asked_about_are_compared_some_at_a_time(
    seller: Api, registry: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhike.apps.customers.business_registry.AT_ONCE", 2)
    registry.answer = {"found": False}
    kept = {"owner": seller.person.pk, "department": seller.person.department_id}
    made = create_many(Customer, [{"name": f"第{n}号机电公司", **kept} for n in range(5)], actor=System("import"))
    assert worked_off() == 3
    assert [asked.json["name"] for asked in registry.received] == [customer.name for customer in made]
    assert set(Customer.objects.values_list("registry", flat=True)) == {"none"}
    assert told(seller) == ["工商登记中没有查到客户“第4号机电公司”", *["您有 2 个客户与工商登记不一致，请核对"] * 2]
    ids = [customer.pk for customer in made]
    assert seller.post("customers/bulk", {"ids": ids, "action": "check_registry"}).json()["done"] == 5
    assert (worked_off(), len(registry.received)) == (3, 10)


def test_what_somebody_must_agree_to_first_is_asked_when_she_has_and_not_before(seller: Api, registry: StandIn) -> None:
    """An action that leaves the record as it was is taken like any other: asked about, and told to whoever follows it."""
    head = Api(make_user("head", Reach.ALL))
    steps = json.dumps({"steps": [{"name": "主管", "who": [{"by": "person", "person": head.person.pk}]}]})
    policy = {"name": "核对", "collection": "customers", "verb": "check_registry", "is_active": True, "definition": steps}
    assert head.post("approval-policies", policy).status_code == 201
    made = added(seller, "customers", name="华泰公司")
    assert worked_off() == 1
    asked = seller.post(f"customers/{made['id']}/check_registry")
    assert (asked.status_code, Job.objects.filter(kind="check_registry", state="waiting").count()) == (202, 0)
    many = seller.post("customers/bulk", {"ids": [made["id"]], "action": "check_registry"}).json()
    assert (many["done"], Job.objects.filter(kind="check_registry", state="waiting").count()) == (0, 0)
    [request] = head.get("approvals").json()["rows"]
    assert head.post(f"approvals/{request['id']}/approve").status_code == 200
    assert worked_off() == 1


def worked_off() -> int:
    """How many jobs it took, those that followed from others included."""
    count = 0
    while job := Job.objects.filter(kind="check_registry", state="waiting").order_by("pk").first():
        assert run_now(job.pk).state == "done"
        count += 1
    return count


def test_without_a_service_nothing_is_asked_and_whoever_asks_is_told(seller: Api) -> None:
    made = added(seller, "customers", name="华泰公司")
    assert not Job.objects.filter(kind="check_registry").exists()
    asked = seller.post(f"customers/{made['id']}/check_registry")
    assert (asked.status_code, asked.json()["message"]) == (409, "没有配置工商登记查询服务，请管理员设置 ZHIKE_REGISTRY_URL")
    assert looked_up(seller, made) == ("", "")


def test_checking_the_registry_is_offered_where_there_is_one_to_ask(seller: Api, settings: Any) -> None:
    def offered() -> bool:
        actions = seller.get("meta").json()["objects"]["customers"]["actions"]
        return "check_registry" in {action["name"] for action in actions}

    made = added(seller, "customers", name="华泰公司")
    missing = "没有配置工商登记查询服务，请管理员设置 ZHIKE_REGISTRY_URL"
    assert (offered(), seller.get(f"customers/{made['id']}").json()["actions"]["check_registry"]) == (False, missing)
    many = seller.post("customers/bulk", {"ids": [made["id"]], "action": "check_registry"}).json()
    assert (many["done"], [refused["reason"] for refused in many["refused"]]) == (0, [missing])
    settings.REGISTRY = {"url": "https://registry.example/lookup", "key": ""}
    assert (offered(), seller.get(f"customers/{made['id']}").json()["actions"]["check_registry"]) == (True, None)
