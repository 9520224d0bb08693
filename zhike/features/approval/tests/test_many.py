"""批量审批: nobody deletes, changes or hands over more than a number alone; cut up, it is still as much (E-24)."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.features.approval.tests.conftest import House, by_head, held, todo
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.features.transfer.tests.conftest import Importer
from zhike.testing.kit import Api
from zhike.testing.team import added

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(house: House) -> list[int]:
    """Five customers of the seller's."""
    return [added(house.seller, "customers", name=f"客户{n}")["id"] for n in "甲乙丙丁戊"]


def limit(house: House, verb: str, above: int, **more: Any) -> None:
    """Above so many on one day the head of the department is asked."""
    house.policy("customers", verb, by_head(), above=above, **more)


def deleted(api: Api, *ids: int) -> Any:
    return api.post("customers/bulk", {"ids": ids, "delete": True})


def there() -> int:
    return Customer._base_manager.count()


def agreed(house: House, asked: Any) -> Any:
    """What became of a request when the head has agreed to it."""
    answer = house.head.post(f"approvals/{asked['id']}/approve", {})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


@pytest.mark.covers("E-24")
def test_deleting_more_than_a_number_waits_and_then_deletes_exactly_these(house: House, ids: list[int]) -> None:
    limit(house, "delete", 2)
    asked = held(
        house.seller.post("customers/bulk", {"filter": {"field": "name", "op": "contains", "value": "客户"}, "delete": True})
    )
    assert (there(), asked["title"], todo(house.head)) == (5, "批量删除客户 5 条", ["批量删除客户 5 条"])
    assert [(c["label"], c["new"]) for c in asked["changes"]] == [
        ("条数", "5"),
        ("记录", "客户甲、客户乙、客户丙、客户丁、客户戊"),
    ]
    added(house.seller, "customers", name="客户己")
    agreed(house, asked)
    assert run_now(Job.objects.get(kind="bulk").pk).result["done"] == 5
    assert [*Customer._base_manager.values_list("name", flat=True)] == ["客户己"]
    bin = house.seller.get("recycled", collection="customers").json()["rows"]
    assert sorted(row["label"] for row in bin) == ["客户丁", "客户丙", "客户乙", "客户戊", "客户甲"]


def test_cut_up_or_one_by_one_it_is_still_as_much_and_what_was_agreed_to_is_not_counted(house: House, ids: list[int]) -> None:
    limit(house, "delete", 2)
    assert deleted(house.seller, ids[0]).json()["done"] == 1
    assert house.seller.delete(f"customers/{ids[1]}").status_code == 204
    third = held(house.seller.delete(f"customers/{ids[2]}"))
    assert (there(), house.administrator.delete(f"customers/{ids[4]}").status_code) == (3, 204)  # each by herself
    agreed(house, third)
    assert there() == 1
    assert held(deleted(house.seller, ids[3]))["title"] == "批量删除客户 1 条"


@pytest.mark.covers("E-24")
def test_changing_and_handing_over_many_waits_and_changing_one_does_not(house: House, ids: list[int]) -> None:
    limit(house, "change", 2, fields=["level"])
    limit(house, "transfer", 2)
    free = house.seller.post("customers/bulk", {"ids": ids, "set": {"industry": "energy"}})
    assert free.json()["done"] == 5  # not what the policy protects
    for pk in ids:
        assert house.seller.patch(f"customers/{pk}", {"level": "c"}).status_code == 200
    asked = held(house.seller.post("customers/bulk", {"ids": ids, "set": {"level": "a"}}))
    moved = held(house.seller.post("customers/bulk", {"ids": ids, "transfer": house.peer.person.pk}))
    assert {*Customer._base_manager.values_list("level", "owner__name")} == {("c", "seller")}
    for one in (asked, moved):
        agreed(house, one)
        run_now(Job.objects.filter(kind="bulk").latest("pk").pk)
    assert {*Customer._base_manager.values_list("level", "owner__name")} == {("a", "peer")}


@pytest.mark.covers("E-24")
def test_a_file_that_updates_many_waits_and_is_not_changed_meanwhile(
    house: House, ids: list[int], settings: Any, tmp_path: Any
) -> None:
    settings.FILES_FOLDER = tmp_path
    limit(house, "change", 2)
    seller = Importer(house.seller.person)
    rows = [["客户名称", "备注"], *([f"客户{n}", "导入"] for n in "甲乙丙")]
    found = seller.begun("customers", rows, match=["name"], on_duplicate="update")
    asked = held(seller.post(f"imports/{found['id']}/run"))
    assert not Customer._base_manager.filter(notes="导入").exists()
    assert seller.patch(f"imports/{found['id']}", {"on_duplicate": "create"}).status_code == 200
    assert agreed(house, asked)["reason"] == "审批期间导入的设置已被改动，请重新提交"
    assert seller.patch(f"imports/{found['id']}", {"on_duplicate": "update"}).status_code == 200
    agreed(house, held(seller.post(f"imports/{found['id']}/run")))
    assert run_now(Job.objects.filter(kind="import").latest("pk").pk).result["updated"] == 3
    assert Customer._base_manager.filter(notes="导入").count() == 3


def test_a_number_is_refused_where_it_says_nothing(house: House) -> None:
    rules = '{"above": 3, "steps": [{"name": "主管", "who": [{"by": "head", "level": 1}]}]}'
    given = {"name": "特批", "collection": "customers", "verb": "add", "is_active": True, "definition": rules}
    answer = house.administrator.post("approval-policies", given)
    assert (answer.status_code, answer.json()["fields"]) == (422, {"definition": "条数只用于导出、删除、修改和转交"})
