"""权限申请: asked for, agreed to by the superior, in force at once, over on its day; nobody gives herself a role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.features.access.ending import end_what_is_over
from zhike.features.access.objects.access_request import AccessRequest
from zhike.features.approval.tests.conftest import House, by_head, held, person, todo, told
from zhike.org.objects.person import Person
from zhike.testing.kit import PASSWORD, Api, make, make_user
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(house: House) -> Any:
    """Sees all customers, and nothing else."""
    made = added(house.administrator, "roles", name="全国客户查询")
    given = house.administrator.patch(f"roles/{made['id']}/grants", {"grants": {"customers": {"view": "all"}}})
    assert given.status_code == 200, given.content.decode()
    return made["id"]


@pytest.fixture
def package(house: House, role: int) -> int:
    return int(added(house.administrator, "access-packages", name="查全国客户", role=role, most_days=30)["id"])


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days)).isoformat()


def asked(house: House, package: int, days: int = 10) -> str:
    """The path of a fresh request of the seller's."""
    wanted = {"package": package, "until": in_days(days), "reason": "跟进集团客户"}
    return f"access-requests/{added(house.seller, 'access-requests', **wanted)['id']}"


def given(house: House, package: int) -> str:
    """The path of one that has been agreed to."""
    house.policy("access-requests", "submit", by_head())
    path = asked(house, package)
    done(house.head, f"approvals/{held(house.seller.post(f'{path}/submit'))['id']}/approve")
    return path


def seen(api: Api) -> list[str]:
    return [row["name"] for row in api.get("customers").json()["rows"]]


def test_a_role_is_in_force_as_soon_as_the_superior_agrees_and_over_after_its_last_day(
    house: House, package: int, role: int
) -> None:
    added(house.stranger, "customers", name="四川石化")
    house.policy("access-requests", "submit", by_head())
    path = asked(house, package)
    waits = held(house.seller.post(f"{path}/submit"))
    assert (todo(house.head), todo(house.peer), seen(house.seller)) == (["查全国客户"], [], [])
    shown = {change["label"]: change["new"] for change in house.head.get(f"approvals/{waits['id']}").json()["changes"]}
    assert shown["申请内容"] == f"查全国客户，至 {in_days(10)}。跟进集团客户"
    assert (shown["谁的权限"], shown["角色"]) == ("seller", "全国客户查询")
    done(house.head, f"approvals/{waits['id']}/approve", opinion="同意")
    assert seen(house.seller) == ["四川石化"]
    kept = house.seller.get(path).json()
    assert (kept["state"], kept["person"]["label"], kept["role"]["label"]) == ("given", "seller", "全国客户查询")
    assert "全国客户查询" in house.seller.get("session").json()["roles"]
    holders = house.administrator.get(f"roles/{role}/grants").json()["people"]
    assert [person["label"] for person in holders] == ["seller"]
    latest = house.administrator.get(f"{path}/history").json()["rows"][0]
    assert (latest["verb"], latest["actor"]["label"], latest["through"]) == ("submit", "seller", f"approval:{waits['id']}")
    AccessRequest.objects.update(until=timezone.localdate())
    assert seen(house.seller) == ["四川石化"]
    AccessRequest.objects.update(until=timezone.localdate() - timedelta(1))
    assert seen(house.seller) == []
    end_what_is_over()
    over = house.seller.get(path).json()
    assert (over["state"], over["ended_because"]) == ("ended", "到期")
    assert told(house.seller)[0] == "您的权限“查全国客户”已结束"


@pytest.mark.covers("E-19")
def test_an_account_without_a_role_does_not_come_in_until_somebody_has_agreed_to_one(house: House, package: int) -> None:
    def sign_in() -> tuple[int, str]:
        entering = Api()
        answer = entering.post("session", {"username": "seller", "password": PASSWORD})
        assert entering.get("session").status_code == (200 if answer.status_code == 200 else 401)
        return answer.status_code, answer.json().get("message", "")

    house.policy("access-requests", "submit", by_head())
    path = asked(house, package)
    waiting = held(house.seller.post(f"{path}/submit"))
    assert sign_in() == (200, "")
    own = list(person(house.seller).roles.all())
    person(house.seller).roles.clear()
    refused = (403, "您的账号还没有授权，请联系管理员分配角色")
    assert sign_in() == refused  # what is only asked for authorises nobody
    person(house.seller).roles.set(own)
    done(house.head, f"approvals/{waiting['id']}/approve")
    person(house.seller).roles.clear()
    assert sign_in() == (200, "")
    AccessRequest.objects.update(until=in_days(-1))
    assert sign_in() == refused


def test_without_anybody_to_agree_it_never_comes_into_force(house: House, package: int) -> None:
    path = asked(house, package)
    for api in (house.seller, house.administrator):
        answer = api.post(f"{path}/submit")
        assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    assert house.seller.patch(path, {"state": "given"}).status_code == 422
    assert (house.seller.get(path).json()["state"], len(house.seller.get("session").json()["roles"])) == ("draft", 1)


def test_who_is_refused_gets_nothing_and_may_ask_again(house: House, package: int) -> None:
    house.policy("access-requests", "submit", by_head())
    path = asked(house, package)
    done(house.head, f"approvals/{held(house.seller.post(f'{path}/submit'))['id']}/disagree", opinion="不需要")
    assert (house.seller.get(path).json()["state"], seen(house.seller)) == ("draft", [])
    assert house.seller.patch(path, {"reason": "总部要求本周盘点"}).status_code == 200
    held(house.seller.post(f"{path}/submit"))


def test_what_is_asked_or_agreed_to_is_not_made_into_something_else(house: House, package: int) -> None:
    house.policy("access-requests", "submit", by_head())
    path = asked(house, package)
    waits = held(house.seller.post(f"{path}/submit"))
    assert house.seller.patch(path, {"until": in_days(29)}).status_code == 409
    done(house.head, f"approvals/{waits['id']}/approve")
    for api in (house.seller, house.administrator):
        late = api.patch(path, {"until": in_days(29)})
        assert (late.status_code, late.json()["code"]) == (409, "refused")
    several = {"ids": [int(path.split("/")[1])], "set": {"until": in_days(29)}}
    assert house.seller.post("access-requests/bulk", several).status_code == 409
    assert house.seller.get(path).json()["until"] == in_days(10)


def test_looking_after_the_request_of_another_gives_nobody_her_role(house: House, package: int) -> None:
    path = given(house, package)
    added(house.stranger, "customers", name="四川石化")
    done(house.administrator, f"{path}/transfer", owner=house.peer.person.pk)
    assert (seen(house.seller), seen(house.peer)) == (["四川石化"], [])


def test_the_superior_ends_it_and_it_is_gone_with_the_next_request(house: House, package: int) -> None:
    path = given(house, package)
    added(house.stranger, "customers", name="四川石化")
    assert seen(house.seller) == ["四川石化"]
    assert done(house.head, f"{path}/end", reason="盘点已结束")["state"] == "ended"
    assert seen(house.seller) == []
    assert house.seller.post(f"{path}/submit").status_code == 409


def test_who_holds_a_role_on_request_shares_with_whoever_else_holds_it(house: House, package: int, role: int) -> None:
    path = given(house, package)
    house.administrator.patch(f"people/{house.stranger.person.pk}", {"roles": [house.stranger.person.roles.get().pk, role]})
    view = {"name": "全国盘点", "collection": "customers", "query": "order=-updated_at", "share": "role"}
    assert house.seller.post("saved-views", view).status_code == 201
    assert [row["name"] for row in house.stranger.get("saved-views").json()["rows"]] == ["全国盘点"]
    assert house.peer.get("saved-views").json()["rows"] == []
    done(house.head, f"{path}/end")
    assert house.stranger.get("saved-views").json()["rows"] == []


def test_who_leaves_and_comes_back_has_nothing_left_of_what_she_had_asked_for(house: House, package: int) -> None:
    path = given(house, package)
    added(house.stranger, "customers", name="四川石化")
    done(house.administrator, f"people/{house.seller.person.pk}/leave")
    over = house.administrator.get(path).json()
    assert (over["state"], over["ended_because"]) == ("ended", "账号已停用")
    house.administrator.patch(f"people/{house.seller.person.pk}", {"is_active": True})
    assert seen(Api(Person.objects.acting().get(pk=house.seller.person.pk))) == []


def test_ending_many_costs_no_more_statements_than_ending_one(house: House, package: int, role: int) -> None:
    yesterday, asked = timezone.localdate() - timedelta(1), []
    for count in (1, 4):
        for n in range(count):
            person = make_user(f"p{count}{n}", {})
            one = make(AccessRequest, {"package": package, "until": in_days(1), "reason": "盘点"}, actor=house.seller.person)
            AccessRequest.objects.filter(pk=one.pk).update(state="given", until=yesterday, person=person, role=role)
        with CaptureQueriesContext(connection) as queries:
            end_what_is_over()
        asked.append(len(queries))
        assert told(Api(person)) == ["您的权限“查全国客户”已结束"]
    assert (asked[0], AccessRequest.objects.filter(state="ended").count()) == (asked[1], 5)


def test_nothing_longer_than_the_package_allows_is_asked_for(house: House, package: int) -> None:
    for until, why in ((in_days(31), "这项权限最多申请 30 天"), (None, "这项权限最多申请 30 天"), (in_days(-1), "不能早于今天")):
        answer = house.seller.post("access-requests", {"package": package, "until": until, "reason": "盘点"})
        assert (answer.status_code, answer.json()["fields"]) == (422, {"until": why})
    assert AccessRequest.objects.count() == 0


def test_what_rules_over_permissions_is_given_by_hand_alone(house: House, package: int, role: int) -> None:
    house.policy("access-requests", "submit", by_head())
    ruling = house.administrator.person.roles.get().pk
    answer = house.administrator.post("access-packages", {"name": "管理员", "role": ruling})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["role"])
    path = asked(house, package)
    house.administrator.patch(f"roles/{role}/grants", {"grants": {"people": {"change": "all"}}})
    assert house.seller.post(f"{path}/submit").json()["message"] == "这个角色能改别人的权限，只能由管理员直接给"
