"""A view is mine until I share it."""

from __future__ import annotations

from typing import Any

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


def test_a_view_shared_with_the_role_is_read_by_whoever_holds_it_elsewhere(team: Any) -> None:
    mine, peer, far = team
    far.person.roles.add(*mine.person.roles.all())
    mine.post("saved-views", VIEW | {"share": "role"})
    assert [names(api) for api in (mine, peer, far)] == [["重点客户"], [], ["重点客户"]]
