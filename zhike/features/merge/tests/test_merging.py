"""合并: nothing that hung on any of the records is lost, and all of them can be had back exactly."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.undo.tests.test_undoing import shown, undone
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added

# A deed is one transaction, so each must really end.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk(transactional_db: Any) -> Api:
    return Api(make_user("clerk", Reach.ALL))


def merged(api: Api, collection: str, keep: int, *others: int, **fields: int) -> Any:
    answer = api.post(f"{collection}/merge", {"keep": keep, "others": list(others), "fields": fields})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


@pytest.fixture
def twins(clerk: Api) -> tuple[int, int]:
    """One company entered twice, each with what people did with it."""
    first = added(clerk, "customers", name="华星机电有限公司", phone="021-66778899", tags=["重点"], level="b")["id"]
    second = added(
        clerk, "customers", name="上海华星机电设备有限公司", industry="manufacturing", tags=["展会", "重点"], level="a",
        credit_code="91310000775785552L",
    )["id"]  # fmt: skip
    return first, second


def hung_on(clerk: Api, customer: int, name: str) -> dict[str, int]:
    """A contact, a deal, a talk, a task, a daughter company and a word of a colleague."""
    contact = added(clerk, "contacts", name=name, companies=[{"customer": customer, "position": "经理", "primary": True}])["id"]
    made = {
        "contacts": contact,
        "opportunities": added(clerk, "opportunities", name=f"{name}的机会", customer=customer, amount="5000.00")["id"],
        "interactions": added(clerk, "interactions", content=f"与{name}面谈", customer=customer, contact=contact)["id"],
        "tasks": added(clerk, "tasks", subject=f"回访{name}", customer=customer, due_on="2030-01-01")["id"],
        "customers": added(clerk, "customers", name=f"{name}控股的子公司{customer}号", parent=customer)["id"],
    }
    clerk.post(f"customers/{customer}/comments", {"text": f"{name}说的"})
    return made


def everything(clerk: Api, made: list[dict[str, int]], *customers: int) -> list[Any]:
    pages = [f"{collection}/{pk}" for records in made for collection, pk in records.items()]
    talk = [[c["text"] for c in clerk.get(f"customers/{pk}/comments").json()["rows"]] for pk in customers]
    return [shown(clerk, page) for page in (*pages, *(f"customers/{pk}" for pk in customers))] + talk


@pytest.mark.covers("K-91")
def test_everything_moves_to_the_one_that_is_kept_and_back_again_exactly(clerk: Api, twins: tuple[int, int]) -> None:
    first, second = twins
    made = [hung_on(clerk, first, "张伟"), hung_on(clerk, second, "李娜")]
    before = everything(clerk, made, first, second)
    result = merged(clerk, "customers", first, second, level=second)
    now = shown(clerk, f"customers/{first}")
    assert (now["name"], now["phone"]) == (before[-4]["name"], before[-4]["phone"])
    assert (now["level"], now["industry"], now["credit_code"]) == ("a", "manufacturing", "91310000775785552L")
    assert now["tags"] == ["重点", "展会"]
    assert clerk.get(f"customers/{second}").status_code == 404
    for collection, pk in made[1].items():
        record: Any = shown(clerk, f"{collection}/{pk}")
        holder = record["companies"][0] if collection == "contacts" else record
        assert holder["parent" if collection == "customers" else "customer"]["id"] == first, collection
    assert [c["text"] for c in clerk.get(f"customers/{first}/comments").json()["rows"]] == ["张伟说的", "李娜说的"]
    assert "合并" in [entry["label"] for entry in clerk.get(f"customers/{first}/history").json()["rows"]]
    assert undone(clerk, result["changeset"])["kept"] == []
    assert everything(clerk, made, first, second) == before


def test_a_contact_of_both_companies_keeps_one_post_and_its_mark(clerk: Api, twins: tuple[int, int]) -> None:
    first, second = twins
    posts = [{"customer": first, "position": "顾问"}, {"customer": second, "position": "厂长", "primary": True}]
    contact = added(clerk, "contacts", name="赵敏", companies=posts)["id"]
    before = shown(clerk, f"contacts/{contact}")
    changeset = merged(clerk, "customers", first, second)["changeset"]
    (post,) = shown(clerk, f"contacts/{contact}")["companies"]
    assert (post["customer"]["id"], post["position"], post["primary"]) == (first, "顾问", True)
    undone(clerk, changeset)
    assert shown(clerk, f"contacts/{contact}") == before


def test_contacts_bring_their_posts_together(clerk: Api) -> None:
    a, b = (added(clerk, "customers", name=name)["id"] for name in ("甲公司", "乙公司"))
    first = added(clerk, "contacts", name="陈静", companies=[{"customer": a, "position": "总监", "primary": True}])["id"]
    posts = [{"customer": b, "position": "董事", "primary": True}, {"customer": a, "position": "员工"}]
    second = added(clerk, "contacts", name="陈静", mobile="13900001111", companies=posts)["id"]
    changeset = merged(clerk, "contacts", first, second)["changeset"]
    now = shown(clerk, f"contacts/{first}")
    assert [(c["customer"]["id"], c["position"], c["primary"]) for c in now["companies"]] == [
        (a, "总监", True),
        (b, "董事", False),
    ]
    assert now["mobile"] == "13900001111"
    undone(clerk, changeset)
    assert [(c["customer"]["id"], c["primary"]) for c in shown(clerk, f"contacts/{second}")["companies"]] == [
        (b, True),
        (a, False),
    ]


def test_a_daughter_merged_into_its_mother_has_no_mother_left(clerk: Api) -> None:
    mother = added(clerk, "customers", name="母公司集团")["id"]
    daughter = added(clerk, "customers", name="子公司实业", parent=mother)["id"]
    merged(clerk, "customers", daughter, mother)
    assert shown(clerk, f"customers/{daughter}")["parent"] is None


def test_what_one_may_not_delete_one_may_not_merge_away(team: Team) -> None:
    mine = added(team.seller, "customers", name="我的客户")["id"]
    hers = added(team.peer, "customers", name="她的客户")["id"]
    refused = team.seller.post("customers/merge", {"keep": mine, "others": [hers]})
    assert (refused.status_code, refused.json()["message"]) == (409, "其中有记录不存在，或您无权删除，所以不能合并")
    assert team.seller.post("customers/merge", {"keep": hers, "others": [mine]}).status_code == 404
    assert team.peer.get(f"customers/{hers}").json()["version"] == 1
    assert merged(team.manager, "customers", mine, hers)["id"] == mine


def test_a_request_that_makes_no_sense_changes_nothing(clerk: Api, twins: tuple[int, int]) -> None:
    first, second = twins
    for body in (
        {"keep": first, "others": []},
        {"keep": first, "others": [first]},
        {"keep": first, "others": [second, second]},
        {"keep": first, "others": [second], "fields": {"level": 999_999}},
        {"keep": first, "others": [second], "fields": {"lifecycle": second}},
        {"keep": first, "others": [second], "colour": "red"},
    ):
        assert clerk.post("customers/merge", body).status_code == 422, body
    assert clerk.post("products/merge", {"keep": 1, "others": [2]}).status_code == 404
    assert clerk.get(f"customers/{second}").json()["version"] == 1


def test_after_a_merge_later_work_is_worth_more_than_its_undoing(clerk: Api, twins: tuple[int, int]) -> None:
    first, second = twins
    deal = added(clerk, "opportunities", name="合并后改动的机会", customer=second, amount="1.00")["id"]
    changeset = merged(clerk, "customers", first, second)["changeset"]
    third = added(clerk, "customers", name="第三家")["id"]
    clerk.patch(f"opportunities/{deal}", {"customer": third})
    back = undone(clerk, changeset)
    assert [(k["collection"], k["id"], k["reason"]) for k in back["kept"]] == [("opportunities", deal, "此后又被修改过")]
    assert shown(clerk, f"opportunities/{deal}")["customer"]["id"] == third
    assert shown(clerk, f"customers/{second}")["name"] == "上海华星机电设备有限公司"
