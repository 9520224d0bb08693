"""A view is mine until I share it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from zhike.testing.kit import Api, make_department, make_user

pytestmark = pytest.mark.django_db
GRANTS = {"saved-views": {"*": "self"}, "customers": {"view": "self"}}
VIEW = {"name": "重点客户", "collection": "customers", "query": "order=-updated_at"}


@pytest.fixture
def team() -> tuple[Any, ...]:
    first, second = make_department("销售一部"), make_department("销售二部")
    people = (make_user("mine", GRANTS, first), make_user("peer", GRANTS, first), make_user("far", GRANTS, second))
    return tuple(Api(p) for p in people)


def names(api: Any) -> list[str]:
    return [row["name"] for row in api.get("saved-views").json()["rows"]]


def test_a_private_view_is_seen_by_its_owner_alone(team: Any) -> None:
    mine, *_ = team
    assert mine.post("saved-views", VIEW).status_code == 201
    assert [names(api) for api in team] == [["重点客户"], [], []]


def test_a_view_shared_with_the_department_is_read_there_and_changed_only_by_its_owner(team: Any) -> None:
    mine, peer, _ = team
    made = mine.post("saved-views", VIEW | {"share": "department"}).json()
    assert [names(api) for api in team] == [["重点客户"], ["重点客户"], []]
    assert peer.patch(f"saved-views/{made['id']}", {"name": "改名"}).status_code == 404
    assert names(peer) == ["重点客户"]


def test_what_a_manager_shares_with_her_team_is_read_in_the_departments_below_and_not_above() -> None:
    branch = make_department("华东分公司")
    shop = make_department("上海销售部", branch)
    manager, seller = (Api(make_user(name, GRANTS, place)) for name, place in (("manager", branch), ("seller", shop)))
    manager.post("saved-views", VIEW | {"share": "department"})
    seller.post("saved-views", VIEW | {"name": "门店的", "share": "department"})
    assert [names(manager), sorted(names(seller))] == [["重点客户"], ["重点客户", "门店的"]]


def test_a_view_shared_with_the_role_is_read_by_whoever_holds_it_elsewhere(team: Any) -> None:
    mine, peer, far = team
    far.person.roles.add(*mine.person.roles.all())
    mine.post("saved-views", VIEW | {"share": "role"})
    assert [names(api) for api in (mine, peer, far)] == [["重点客户"], [], ["重点客户"]]


@pytest.mark.covers("K-76")
def test_words_and_nested_conditions_over_what_is_linked_are_kept_as_a_view() -> None:
    grants = {name: {"*": "self"} for name in ("saved-views", "customers", "opportunities")}
    seller = Api(make_user("seller", grants, make_department("销售一部")))
    for customer, level, deal, amount in (
        ("甲石油", "a", "一期管线", "10"), ("乙电力", "b", "二期管线", "900"),
        ("丙物流", "b", "三期管线", "20"), ("丁石油", "a", "仓库", "900"),
    ):  # fmt: skip
        home = seller.post("customers", {"name": customer, "level": level}).json()["id"]
        assert seller.post("opportunities", {"name": deal, "amount": amount, "customer": home}).status_code == 201
    large = {"and": [{"field": "customer.level", "op": "eq", "value": "b"}, {"field": "amount", "op": "gte", "value": "100"}]}
    asked = {"q": "管线", "filter": json.dumps({"or": [{"field": "customer.name", "op": "contains", "value": "石油"}, large]})}
    view = {"name": "石油或大单", "collection": "opportunities", "query": urlencode(asked)}
    kept = seller.get(f"saved-views/{seller.post('saved-views', view).json()['id']}").json()
    found = seller.client.get(f"/api/v1/opportunities?{kept['query']}&order=name").json()["rows"]
    assert [row["name"] for row in found] == ["一期管线", "二期管线"]
