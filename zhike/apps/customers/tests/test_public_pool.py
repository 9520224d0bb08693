"""Customers nobody has contacted are marked, marked again and released on exactly their days, and claimed from the pool."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhike.apps.customers import pool
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.pool_entry import PoolEntry
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def night(day: str) -> dict[str, int]:
    """What the run of a night has done."""
    return pool.run(at(f"{day}T00:30"))


@pytest.fixture
def limits(team: Team) -> Api:
    """30, 60 and 60 days since the beginning of 2026, kept by an administrator."""
    keeper = Api(make_user("keeper", Reach.ALL))
    limit(keeper, first_after=30, last_after=60, release_after=60)
    return keeper


def limit(keeper: Api, **more: Any) -> Any:
    return added(keeper, "tracking-limits", **{"name": "通用", "starts_on": "2025-12-01"} | more)


def held(team: Team, since: str, *names: str, **more: Any) -> list[Any]:
    """Customers of the seller's since a day."""
    person = team.seller.person
    own = {"owner": person.pk, "department": person.department_id, "created_at": at(f"{since}T15:00")} | more
    return create_many(Customer, [{"name": name} | own for name in names], actor=System("test"))


def now(customer: Any) -> tuple[str, str | None, bool]:
    """Mark, day of release, and whether it lies in the pool."""
    found = Customer._base_manager.get(pk=customer.pk)
    return found.quiet, found.release_on and found.release_on.isoformat(), found.in_pool


def said(api: Api) -> list[str]:
    return [row["text"] for row in api.get("notifications").json()["rows"]]


@pytest.mark.covers("V-36", "V-37", "V-38")
def test_the_marks_and_the_release_come_on_exactly_their_days(team: Team, limits: Api) -> None:
    [one] = held(team, "2026-01-01", "甲公司")
    told = {}
    for day in ("2026-01-30", "2026-01-31", "2026-03-01", "2026-03-02", "2026-03-03"):
        night(day)
        told[day] = now(one)
    assert told == {
        "2026-01-30": ("", None, False),
        "2026-01-31": ("first", "2026-03-03", False),
        "2026-03-01": ("first", "2026-03-03", False),
        "2026-03-02": ("last", "2026-03-03", False),
        "2026-03-03": ("", None, True),
    }
    assert said(team.seller) == [
        "您有 1 个客户 60 天未联系，已释放到公共池",
        "您有 1 个客户 60 天未联系，请尽快联系，否则将释放到公共池",
        "您有 1 个客户 30 天未联系",
    ]
    assert team.seller.get(f"customers/{one.pk}").status_code == 404
    after = team.manager.get(f"customers/{one.pk}").json()
    assert (after["owner"], after["department"]["label"]) == (None, "上海销售部")


def test_a_night_run_twice_says_and_does_nothing_more(team: Team, limits: Api) -> None:
    held(team, "2026-01-01", "甲公司", "乙公司")
    assert night("2026-01-31") == {"released": 0, "last": 0, "first": 2}
    assert night("2026-01-31") == {"released": 0, "last": 0, "first": 0}
    assert said(team.seller) == ["您有 2 个客户 30 天未联系"]


def test_only_a_contact_of_owner_or_collaborator_counts(team: Team, limits: Api) -> None:
    [one] = held(team, "2026-01-01", "甲公司")
    path = f"customers/{one.pk}"

    def contact(api: Api, channel: str = "phone", on: str = "2026-01-20T10:00:00+08:00") -> Any:
        return added(api, "interactions", customer=one.pk, content="聊了聊", channel=channel, happened_at=on)

    assert team.seller.patch(path, {"notes": "改了备注"}).status_code == 200
    contact(team.manager)
    contact(team.seller, channel="other")
    done(team.manager, f"{path}/transfer", owner=team.peer.person.pk)
    contact(team.peer, on="2099-01-01T10:00:00+08:00")
    night("2026-01-31")
    assert now(one)[0] == "first"
    added_by = team.peer.patch(path, {"collaborators": [team.manager.person.pk]})
    assert added_by.status_code == 200, added_by.content.decode()
    counted = contact(team.manager, on="2026-01-31T09:00:00+08:00")
    assert now(one) == ("", None, False)
    night("2026-03-01")
    assert now(one)[0] == ""
    night("2026-03-02")
    assert now(one)[0] == "first"
    assert team.manager.delete(f"interactions/{counted['id']}").status_code == 204
    night("2026-03-03")
    assert now(one) == ("", None, True)


@pytest.mark.covers("V-35")
def test_the_limit_that_says_most_about_a_customer_holds(team: Team, limits: Api) -> None:
    limit(limits, name="A级", level="a", first_after=7, last_after=14)
    limit(limits, name="A级展会", level="a", source="exhibition", first_after=3, last_after=5)
    limit(limits, name="深圳", used_by=team.stranger.person.department_id, first_after=1, last_after=2)
    [plain], [level], [fair] = (
        held(team, "2026-01-01", "普通"), held(team, "2026-01-01", "A级", level="a"),
        held(team, "2026-01-01", "展会", level="a", source="exhibition"),
    )  # fmt: skip
    elsewhere = team.stranger.person
    [south] = held(team, "2026-01-01", "南方", owner=elsewhere.pk, department=elsewhere.department_id)
    seen = []
    for day in ("2026-01-02", "2026-01-04", "2026-01-08"):
        night(day)
        seen.append([now(c)[0] for c in (plain, level, fair, south)])
    assert seen == [["", "", "", "first"], ["", "", "first", "last"], ["", "first", "last", "last"]]
    night("2027-01-01")
    assert [now(c)[2] for c in (plain, level, fair, south)] == [True, False, False, False]


def test_a_limit_may_count_working_days_and_holds_from_its_day_on(team: Team) -> None:
    keeper = Api(make_user("keeper", Reach.ALL))
    limit(keeper, first_after=5, last_after=10, unit="workday", starts_on="2026-02-13")
    [old] = held(team, "2025-06-01", "早就没联系")
    assert night("2026-02-12") == {"released": 0, "last": 0, "first": 0}
    # 14 February is worked, then comes Spring Festival until the 23rd.
    assert night("2026-02-26")["first"] == 0
    assert night("2026-02-27")["first"] == 1
    limit(keeper, name="放宽", first_after=100, last_after=200, starts_on="2026-03-01")
    [new] = held(team, "2026-02-20", "新客户")
    assert (night("2026-03-20"), now(new)[0], now(old)[0]) == ({"released": 0, "last": 0, "first": 0}, "", "first")


def released(team: Team, *names: str) -> list[Any]:
    """Entries of the pool, released just now."""
    held(team, "2026-01-01", *names)
    pool.run(datetime.now(ZoneInfo("Asia/Shanghai")))
    return list(PoolEntry._base_manager.order_by("pk"))


def test_a_released_customer_is_claimed_by_somebody_else_and_its_time_begins_anew(team: Team, limits: Api) -> None:
    [entry] = released(team, "甲公司")
    shown = limits.get("pool-entries").json()["rows"][0]
    assert (shown["name"], shown["last_owner"]["label"], shown["state"]) == ("甲公司", "seller", "waiting")
    finder = Api(make_user("finder", {"pool-entries": {"view": "all", "claim": "all"}, "customers": {"*": "self"}}))
    answer = done(finder, f"pool-entries/{entry.pk}/claim")
    assert answer["made"] == [{"collection": "customers", "id": entry.customer_id, "label": "甲公司"}]
    mine = finder.get(f"customers/{entry.customer_id}").json()
    assert (mine["owner"]["label"], mine["in_pool"], bool(mine["quiet"])) == ("finder", False, False)
    assert pool.run(datetime.now(ZoneInfo("Asia/Shanghai"))) == {"released": 0, "last": 0, "first": 0}
    again = limits.post(f"pool-entries/{entry.pk}/claim")
    assert (again.status_code, again.json()["message"]) == (409, "“领取”只能用于可领取，当前是已领取")
    told = [(e.last_owner.name, e.claimed_by.name, e.state) for e in PoolEntry._base_manager.all()]
    assert told == [("seller", "finder", "claimed")]


def test_a_pooled_customer_has_no_collaborators_until_its_release_is_taken_back(team: Team, limits: Api) -> None:
    held(team, "2026-01-01", "甲公司", "乙公司")
    one, two = Customer._base_manager.order_by("pk")
    for customer in (one, two):
        customer.collaborators.set([team.stranger.person, team.peer.person])
    assert team.stranger.get(f"customers/{one.pk}").status_code == 200
    pool.run(datetime.now(ZoneInfo("Asia/Shanghai")))
    assert [c.collaborators.count() for c in (one, two)] == [0, 0]
    assert [team.stranger.get(f"customers/{c.pk}").status_code for c in (one, two)] == [404, 404]
    gone = [row for row in limits.get(f"customers/{one.pk}/history").json()["rows"] if row["part"] == "collaborators"]
    assert sorted(row["changes"][0]["old"]["label"] for row in gone if row["changes"][0]["old"]) == ["peer", "stranger"]
    back, taken = PoolEntry._base_manager.order_by("pk")
    assert [p["label"] for p in limits.get(f"pool-entries/{back.pk}").json()["last_beside"]] == ["peer", "stranger"]
    type(team.peer.person).objects.filter(pk=team.peer.person.pk).update(is_active=False)
    done(limits, f"pool-entries/{back.pk}/undo")
    done(limits, f"pool-entries/{taken.pk}/claim")
    assert [[*c.collaborators.values_list("name", flat=True)] for c in (one, two)] == [["stranger"], []]


def test_whoever_lost_it_waits_and_nobody_takes_more_than_her_share(team: Team, limits: Api) -> None:
    kept = limits.get("tracking-limits").json()["rows"][0]
    assert limits.patch(f"tracking-limits/{kept['id']}", {"claims_a_day": 2}).status_code == 200
    entries = released(team, "甲公司", "乙公司", "丙公司")
    hers = team.seller.person
    assert PoolEntry._base_manager.filter(pk__in=[e.pk for e in entries]).update(owner=hers, department=hers.department_id) == 3
    lost = team.seller.post(f"pool-entries/{entries[0].pk}/claim")
    assert (lost.status_code, lost.json()["message"].startswith("原负责人在 ")) == (409, True)
    for entry in entries[:2]:
        done(limits, f"pool-entries/{entry.pk}/claim")
    third = limits.post(f"pool-entries/{entries[2].pk}/claim")
    assert (third.status_code, third.json()["message"]) == (409, "每人每天最多领取 2 个客户，今天已领满")
    assert Customer._base_manager.get(pk=entries[2].customer_id).in_pool


def test_a_manager_takes_a_release_back_within_its_days(team: Team, limits: Api) -> None:
    one, two = released(team, "甲公司", "乙公司")
    assert team.peer.post(f"pool-entries/{one.pk}/undo").status_code == 404
    done(team.manager, f"pool-entries/{one.pk}/undo")
    assert team.seller.get(f"customers/{one.customer_id}").json()["owner"]["label"] == "seller"
    assert now(one.customer) == ("", None, False)
    PoolEntry._base_manager.filter(pk=two.pk).update(released_at=at("2026-01-01T00:30"))
    late = team.manager.post(f"pool-entries/{two.pk}/undo")
    assert (late.status_code, late.json()["message"]) == (409, "释放已超过 7 天，不能撤销；可以转交给负责人")


def test_a_manager_who_hands_a_pooled_customer_to_somebody_takes_it_out_of_the_pool(team: Team, limits: Api) -> None:
    [entry] = released(team, "甲公司")
    done(team.manager, f"customers/{entry.customer_id}/transfer", owner=team.peer.person.pk)
    assert (now(entry.customer), PoolEntry._base_manager.get().state) == (("", None, False), "assigned")


def test_a_night_costs_a_fixed_number_of_statements(team: Team, limits: Api) -> None:
    held(team, "2026-01-30", "热身")
    night("2026-03-01")

    def asked(count: int, since: str, until: str) -> int:
        held(team, since, *(f"{since}客户{n}" for n in range(count)))
        with CaptureQueriesContext(connection) as queries:
            assert night(until) == {"released": 0, "last": 0, "first": count}
        return len(queries)

    assert asked(3, "2026-02-01", "2026-03-03") == asked(30, "2026-02-03", "2026-03-05")


@pytest.mark.parametrize(
    ("values", "field"),
    [({"first_after": 60, "last_after": 30}, "last_after"), ({"last_after": 60, "release_after": 59}, "release_after")],
)
def test_limits_out_of_order_are_refused(team: Team, values: Any, field: str) -> None:
    keeper = Api(make_user("keeper", Reach.ALL))
    answer = keeper.post("tracking-limits", {"name": "乱", "starts_on": "2026-01-01", **values})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
