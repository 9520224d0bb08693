"""撤销与回收站: what was deleted, changed or handed over in one go comes back exactly, and nothing newer is lost by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.features.undo.models import Changeset
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added

UNTOLD = ("version", "updated_at", "updated_by", "actions", "may")

# A deed is one transaction, so each must really end.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk(transactional_db: Any) -> Api:
    return Api(make_user("clerk", Reach.ALL))


def shown(api: Api, path: str) -> dict[str, Any]:
    answer = api.get(path)
    assert answer.status_code == 200, answer.content.decode()
    return {name: value for name, value in answer.json().items() if name not in UNTOLD}


def undone(api: Api, changeset: Any) -> Any:
    answer = api.post(f"changesets/{changeset}/undo")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


@pytest.mark.covers("K-91")
def test_a_deleted_record_comes_back_with_all_that_hung_on_it(clerk: Api) -> None:
    customer = added(clerk, "customers", name="回收测试有限公司", phone="021-55667788", tags=["重点", "老客户"])
    contact = added(
        clerk, "contacts", name="王芳", companies=[{"customer": customer["id"], "position": "采购经理", "primary": True}]
    )
    clerk.post(f"contacts/{contact['id']}/comments", {"text": "喜欢喝茶"})
    before, page = shown(clerk, f"contacts/{contact['id']}"), f"contacts/{contact['id']}"
    deleted = clerk.delete(page)
    assert (deleted.status_code, clerk.get(page).status_code) == (204, 404)
    (row,) = clerk.get("recycled", collection="contacts").json()["rows"]
    assert (row["record"], row["label"], row["by"]["label"]) == (contact["id"], "王芳", "clerk")
    back = clerk.post(f"recycled/{row['id']}/restore")
    assert (back.status_code, back.json()) == (200, {"collection": "contacts", "id": contact["id"], "label": "王芳"})
    assert shown(clerk, page) == before
    assert [c["text"] for c in clerk.get(f"{page}/comments").json()["rows"]] == ["喜欢喝茶"]
    assert clerk.get("search", q="wangfang").json()["groups"][0]["rows"][0]["id"] == contact["id"]
    assert clerk.get(f"{page}/history").json()["rows"][0]["label"] == "恢复"
    assert clerk.get("recycled", collection="contacts").json()["rows"] == []
    assert clerk.post(f"recycled/{row['id']}/restore").status_code == 404


def test_collaborators_who_went_with_a_hand_over_are_there_again(clerk: Api) -> None:
    heir, friend = (make_user(name) for name in ("heir", "friend"))
    customers = [added(clerk, "customers", name=name, collaborators=[friend.pk]) for name in ("甲公司", "乙公司")]
    pages = [f"customers/{customer['id']}" for customer in customers]
    before = [shown(clerk, page) for page in pages]
    one = clerk.post(f"{pages[0]}/transfer", {"owner": heir.pk})
    many = clerk.post("customers/bulk", {"ids": [customers[1]["id"]], "transfer": heir.pk})
    assert [shown(clerk, page)["collaborators"] for page in pages] == [[], []]
    for deed in (one, many):
        assert undone(clerk, deed.headers["Changeset"])["done"] == 1
    assert [shown(clerk, page) for page in pages] == before
    assert Api(friend).get(pages[0]).status_code == 200


def test_what_lost_its_pointer_gets_it_back(clerk: Api) -> None:
    customer = added(clerk, "customers", name="指针测试有限公司")
    talk = added(clerk, "interactions", customer=customer["id"], content="谈价格", next_on="2030-05-01", next_step="报价")
    (task,) = clerk.get("tasks", filter={"field": "interaction", "op": "eq", "value": talk["id"]}).json()["rows"]
    changeset = clerk.delete(f"interactions/{talk['id']}").headers["Changeset"]
    assert shown(clerk, f"tasks/{task['id']}")["interaction"] is None
    assert undone(clerk, changeset) == {"done": 1, "kept": []}
    assert shown(clerk, f"tasks/{task['id']}")["interaction"]["id"] == talk["id"]
    again = clerk.post(f"changesets/{changeset}/undo")
    assert (again.status_code, again.json()["message"]) == (409, "这次操作已经撤销过")


def test_what_came_back_one_by_one_is_not_brought_back_again(clerk: Api) -> None:
    ids = [added(clerk, "customers", name=f"{word}回收贸易行")["id"] for word in ("东", "西")]
    changeset = clerk.post("customers/bulk", {"ids": ids, "delete": True}).headers["Changeset"]
    bin_of = {row["record"]: row["id"] for row in clerk.get("recycled", collection="customers").json()["rows"]}
    assert clerk.post(f"recycled/{bin_of[ids[0]]}/restore").status_code == 200
    assert [deed["undone_at"] for deed in clerk.get("changesets").json()["rows"]] == [None]
    back = undone(clerk, changeset)
    assert (back["done"], [(k["id"], k["reason"]) for k in back["kept"]]) == (1, [(ids[0], "已经恢复")])
    gone = clerk.delete(f"customers/{ids[1]}").headers["Changeset"]
    latest = clerk.get("recycled", collection="customers").json()["rows"][0]["id"]
    assert clerk.post(f"recycled/{latest}/restore").status_code == 200
    assert clerk.get("changesets").json()["rows"][0]["undone_at"] is not None
    assert clerk.post(f"changesets/{gone}/undo").json()["message"] == "这次操作已经撤销过"


def test_what_stands_in_the_way_of_a_return_is_said_and_nothing_changes(clerk: Api) -> None:
    customer = added(clerk, "customers", name="先删除的有限公司")
    deal = added(clerk, "opportunities", name="后恢复的机会", customer=customer["id"], amount="100.00")
    first = clerk.delete(f"opportunities/{deal['id']}").headers["Changeset"]
    second = clerk.delete(f"customers/{customer['id']}").headers["Changeset"]
    refused = clerk.post(f"changesets/{first}/undo")
    assert refused.status_code == 409
    assert refused.json()["message"] == f"不能恢复：它的客户（客户 #{customer['id']}）已被删除，请先恢复"
    assert clerk.get(f"opportunities/{deal['id']}").status_code == 404
    undone(clerk, second), undone(clerk, first)
    assert shown(clerk, f"opportunities/{deal['id']}")["customer"]["id"] == customer["id"]


def test_as_many_are_taken_back_as_were_changed(clerk: Api) -> None:
    ids = [added(clerk, "customers", name=f"同级{n}号贸易行", level="a" if n else "d")["id"] for n in range(3)]
    answer = clerk.post("customers/bulk", {"ids": ids, "set": {"level": "d"}})
    assert answer.json() == {"count": 3, "done": 2, "same": 1, "refused": []}
    assert clerk.post(f"changesets/{answer.headers['Changeset']}/undo").json() == {"done": 2, "kept": []}
    assert [shown(clerk, f"customers/{pk}")["level"] for pk in ids] == ["d", "a", "a"]


@pytest.mark.covers("K-91", "T-11")
def test_a_bulk_change_is_taken_back_except_where_somebody_has_worked_since(clerk: Api) -> None:
    ids = [added(clerk, "customers", name=f"批量{n}号贸易行", level=level)["id"] for n, level in enumerate("abcd")]
    done = clerk.post("customers/bulk", {"ids": ids, "set": {"level": "d", "source": "website"}}).headers
    clerk.patch(f"customers/{ids[0]}", {"notes": "与级别无关的修改"})
    clerk.patch(f"customers/{ids[1]}", {"level": "a"})
    back = undone(clerk, done["Changeset"])
    assert back["done"] == 3
    assert [(k["id"], k["reason"]) for k in back["kept"]] == [(ids[1], "此后又被修改过")]
    now = [shown(clerk, f"customers/{pk}") for pk in ids]
    assert [r["level"] for r in now] == ["a", "a", "c", "d"]
    assert [r["source"] for r in now][2:] == [None, None] or [r["source"] for r in now][2:] == ["", ""]
    assert now[0]["notes"] == "与级别无关的修改"


def test_a_hand_over_is_taken_back_with_what_went_along(team: Team) -> None:
    customer = added(team.seller, "customers", name="转交测试有限公司")
    task = added(team.seller, "tasks", subject="回访", customer=customer["id"], due_on="2030-01-01")
    peer = team.peer.person.pk
    moved = team.seller.post(f"customers/{customer['id']}/transfer", {"owner": peer, "along": ["tasks"]}).headers
    assert team.peer.get(f"tasks/{task['id']}").json()["owner"]["id"] == peer
    assert team.peer.post(f"changesets/{moved['Changeset']}/undo").status_code == 404  # it is not hers to take back
    undone(team.seller, moved["Changeset"])
    for page in (f"customers/{customer['id']}", f"tasks/{task['id']}"):
        assert team.seller.get(page).json()["owner"]["id"] == team.seller.person.pk


def test_the_recycle_bin_shows_each_what_she_could_have_deleted(team: Team) -> None:
    customer = added(team.seller, "customers", name="各看各的有限公司")
    team.seller.delete(f"customers/{customer['id']}")
    seen = {name: len(getattr(team, name).get("recycled", collection="customers").json()["rows"]) for name in vars(team)}
    assert seen == {"seller": 1, "peer": 0, "manager": 1, "stranger": 0}
    (row,) = team.manager.get("recycled", collection="customers").json()["rows"]
    assert team.stranger.post(f"recycled/{row['id']}/restore").status_code == 404
    assert team.manager.post(f"recycled/{row['id']}/restore").status_code == 200
    assert team.seller.get(f"customers/{customer['id']}").json()["owner"]["id"] == team.seller.person.pk


def test_after_its_time_nothing_comes_back(clerk: Api) -> None:
    customer = added(clerk, "customers", name="过期有限公司")
    changeset = clerk.delete(f"customers/{customer['id']}").headers["Changeset"]
    Changeset.objects.filter(pk=changeset).update(at=timezone.now() - timedelta(days=30, minutes=1))
    refused = clerk.post(f"changesets/{changeset}/undo")
    assert (refused.status_code, refused.json()["message"]) == (409, "已超过可以撤销的期限")


def test_many_come_back_with_as_many_queries_as_one(clerk: Api) -> None:
    def queries(count: int) -> int:
        ids = [added(clerk, "customers", name=f"成批{count}之{n}商行", tags=["批"])["id"] for n in range(count)]
        changeset = clerk.post("customers/bulk", {"ids": ids, "delete": True}).headers["Changeset"]
        with CaptureQueriesContext(connection) as asked:
            assert undone(clerk, changeset)["done"] == count
        return len(asked)

    queries(1)
    assert queries(2) == queries(12)


@pytest.mark.covers("K-91")
def test_ones_own_deeds_are_listed_until_they_can_no_longer_be_undone(team: Team) -> None:
    names = ["清单甲有限公司", "清单乙有限公司", "清单丙有限公司", "清单丁有限公司"]
    ids = [added(team.manager, "customers", name=name)["id"] for name in names]
    team.manager.post("customers/bulk", {"ids": ids, "set": {"level": "a"}})
    team.manager.post(f"customers/{ids[0]}/transfer", {"owner": team.peer.person.pk})
    team.manager.delete(f"customers/{ids[3]}")
    deleted, moved, changed = team.manager.get("changesets").json()["rows"]
    assert [(r["verb"], r["object"], r["count"], r["names"]) for r in (deleted, moved, changed)] == [
        ("delete", "客户", 1, [names[3]]), ("transfer", "客户", 1, [names[0]]), ("change", "客户", 4, []),
    ]  # fmt: skip
    assert team.peer.get("changesets").json() == {"rows": [], "next": None}
    assert team.manager.get("changesets", after=moved["id"]).json()["rows"] == [changed]
    undone(team.manager, moved["id"])
    assert [bool(r["undone_at"]) for r in team.manager.get("changesets").json()["rows"]] == [False, True, False]
    Changeset.objects.filter(pk=deleted["id"]).update(at=timezone.now() - timedelta(days=31))
    assert [r["id"] for r in team.manager.get("changesets").json()["rows"]] == [moved["id"], changed["id"]]


def test_a_list_of_many_deeds_asks_no_more_often(team: Team) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert team.manager.get("changesets").status_code == 200
        return len(queries)

    ids = [added(team.manager, "customers", name=f"次数{n}有限公司")["id"] for n in range(6)]
    counts = []
    for half in (ids[:2], ids[2:]):
        for pk in half:
            team.manager.post(f"customers/{pk}/transfer", {"owner": team.peer.person.pk})
        counts.append(asked())
    assert counts[0] == counts[1]
