"""分单: leads find whoever shall have them by rules that are data; she takes them in time, or the next one is asked."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from importlib.resources import files
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.sales.dispatching import Rule, Seat, Tally, choose
from zhike.apps.sales.objects.lead import Lead
from zhike.apps.sales.objects.lead_dispatch import LeadDispatch
from zhike.features.clocks import sweep
from zhike.features.clocks.models import Clock
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db
SUZHOU, SHENZHEN, PEKING = ({"code": code, "detail": ""} for code in ("3205", "4403", "1101"))


@pytest.fixture
def desk(team: Team) -> Api:
    """The business manager, who sees all leads."""
    return Api(make_user("desk", Reach.ALL, make_department("商务部")))


def rule(desk: Api, name: str, *people: Any, regions: tuple[Any, ...] = (), **more: Any) -> Any:
    seats = [p if isinstance(p, dict) else {"person": p.person.pk} for p in people]
    return added(desk, "dispatch-rules", name=name, seats=seats, regions=[{"place": r} for r in regions], **more)


def lead(desk: Api, name: str, place: Any = None, **more: Any) -> Any:
    """A lead that has been confirmed."""
    said = {"contact_name": "李敏", "email": f"{len(name)}{hash(name)}@example.com", "source": "phone", "address": place} | more
    made = added(desk, "leads", name=name, **said)
    return done(desk, f"leads/{made['id']}/qualify")


def leads(desk: Api, count: int) -> list[int]:
    return [lead(desk, f"第{n}厂")["id"] for n in range(count)]


def dispatched(desk: Api, *ids: int) -> dict[str, int]:
    """Who has how many after these were dispatched at once."""
    answer = desk.post("leads/bulk", {"ids": list(ids), "action": "dispatch", "input": {}})
    assert answer.json() == {"count": len(ids), "done": len(ids), "same": 0, "refused": []}, answer.content.decode()
    return Counter(Lead._base_manager.filter(pk__in=ids, handover="offered").values_list("owner__name", flat=True))


def now(desk: Api, pk: int) -> tuple[str, str]:
    found = desk.get(f"leads/{pk}").json()
    return found["owner"]["label"], found["handover"]


def asked(pk: int) -> list[tuple[str, str, int]]:
    """Everybody this lead was offered to, and what became of it."""
    return list(LeadDispatch._base_manager.filter(lead=pk).order_by("pk").values_list("owner__name", "state", "round"))


def texts(api: Api) -> list[str]:
    return [row["text"] for row in api.get("notifications").json()["rows"]]


@pytest.mark.covers("V-25")
def test_leads_go_where_their_region_and_industry_belong(team: Team, desk: Api) -> None:
    rule(desk, "华东制造", team.seller, regions=({"code": "32", "detail": ""},), industries=["manufacturing"])
    rule(desk, "华东其他", team.peer, regions=({"code": "32", "detail": ""},), position=20)
    rule(desk, "深圳", team.stranger, regions=(SHENZHEN,))
    ids = [
        lead(desk, name, place, industry=industry)["id"]
        for name, place, industry in (
            ("苏州恒泰", SUZHOU, "manufacturing"), ("苏州银河", SUZHOU, "finance"), ("深圳海川", SHENZHEN, "finance"),
            ("北京云峰", PEKING, "finance"),
        )
    ]  # fmt: skip
    dispatched(desk, *ids)
    assert [now(desk, pk) for pk in ids] == [
        ("seller", "offered"), ("peer", "offered"), ("stranger", "offered"), ("desk", "unplaced"),
    ]  # fmt: skip
    assert texts(desk) == ["线索“北京云峰”没有合适的接单人，请人工分派"]
    assert texts(team.stranger) == ["desk把 1 条线索交给了您"]


def test_only_a_confirmed_lead_is_dispatched_and_by_nobody_who_may_only_take(team: Team, desk: Api) -> None:
    fresh = added(desk, "leads", name="甲公司", source="phone")
    refused = desk.post(f"leads/{fresh['id']}/dispatch")
    assert (refused.status_code, refused.json()["message"]) == (409, "只有已确认有效的线索才能分派")
    seller = Api(make_user("taker", {"leads": {"*": "self", "dispatch": "none", "assign": "none"}}))
    own = added(seller, "leads", name="乙公司", source="self")
    assert seller.post(f"leads/{own['id']}/dispatch").status_code == 404
    assert LeadDispatch.objects.count() == 0


def test_those_with_less_in_hand_and_more_weight_come_first(team: Team, desk: Api) -> None:
    rule(desk, "通用", {"person": team.seller.person.pk, "weight": "2"}, team.peer)
    assert dispatched(desk, *leads(desk, 6)) == {"seller": 4, "peer": 2}
    first = LeadDispatch._base_manager.order_by("pk").values_list("owner__name", "score", "why").first()
    why = "2 位可以接单的人中得分最高：手上没有未处理的线索，近来接单与转化 1.00（新人为 1），权重 ×2（得分 2.00）"
    assert first == ("seller", 2, why)


def test_ten_thousand_leads_are_shared_out_by_weight_to_the_last_one() -> None:
    shared, tallies = Rule(1, tuple(Seat(person, Fraction(person)) for person in (1, 2, 3))), dict[int, Tally]()
    found = [choose([shared], tallies, ()) for _ in range(10_000)]
    assert Counter(one.seat.person for one in found if one) == {1: 1667, 2: 3333, 3: 5000}


def test_nobody_has_more_than_her_ceiling(team: Team, desk: Api) -> None:
    rule(desk, "通用", {"person": team.seller.person.pk, "ceiling": 1}, {"person": team.peer.person.pk, "ceiling": 2})
    assert dispatched(desk, *leads(desk, 5)) == {"seller": 1, "peer": 2}
    assert Lead._base_manager.filter(handover="unplaced", owner=desk.person.pk).count() == 2


@pytest.mark.covers("V-64")
def test_who_takes_and_converts_comes_before_who_gives_back(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller, team.peer, by_load=False)
    kept, returned = leads(desk, 2)
    assert dispatched(desk, kept, returned) == {"seller": 1, "peer": 1}
    done(team.seller, f"leads/{kept}/take")
    done(team.seller, f"leads/{kept}/convert")
    team.peer.post(f"leads/{returned}/give_back", {"return_reason": "busy"})
    done(team.seller, f"leads/{returned}/take")
    assert dispatched(desk, *[lead(desk, f"新{n}厂")["id"] for n in range(3)]) == {"seller": 3}


def test_the_best_have_priority_and_who_lost_the_right_gets_none(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller, team.peer, team.stranger)
    today = timezone.localdate()
    added(desk, "dispatch-rights", person=team.peer.person.pk, kind="priority", factor="3", reason="上月第一名")
    added(desk, "dispatch-rights", person=team.seller.person.pk, kind="suspended", reason="连续两月后三名")
    over = {"starts_on": str(today - timedelta(60)), "ends_on": str(today - timedelta(1))}
    added(desk, "dispatch-rights", person=team.stranger.person.pk, kind="suspended", reason="已到期", **over)
    assert dispatched(desk, *leads(desk, 4)) == {"peer": 3, "stranger": 1}


@pytest.mark.covers("V-25")
def test_what_is_given_back_goes_to_the_next_one_and_at_last_to_whoever_dispatched_it(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller, team.peer)
    pk = lead(desk, "恒泰机械")["id"]
    dispatched(desk, pk)
    at = f"leads/{pk}"
    assert team.manager.post(f"{at}/take").json()["message"] == "只有接单人本人可以接单"
    silent = team.seller.post(f"{at}/give_back")
    assert (silent.status_code, silent.json()["fields"]) == (422, {"return_reason": "必填"})
    assert done(team.seller, f"{at}/give_back", return_reason="region", return_note="客户在昆山") == {"id": pk, "gone": True}
    assert now(desk, pk) == ("peer", "offered")
    assert done(team.peer, f"{at}/take")["handover"] == "accepted"
    done(team.peer, f"{at}/give_back", return_reason="known")
    assert now(desk, pk) == ("desk", "unplaced")
    assert asked(pk) == [("seller", "returned", 1), ("peer", "accepted", 2)]
    first = LeadDispatch._base_manager.filter(lead=pk).order_by("pk").values_list("reason", "note").first()
    assert first == ("region", "客户在昆山")
    assert not Clock.objects.filter(kind="lead_acceptance", state="running").exists()


def test_a_lead_not_taken_in_time_is_offered_to_the_next_one(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller, team.peer)
    pk = lead(desk, "恒泰机械")["id"]
    dispatched(desk, pk)
    sweep.sweep(timezone.now() + timedelta(hours=4, minutes=1))
    assert "线索“恒泰机械”等待您接单" in texts(team.seller)
    due = Clock.objects.get(kind="lead_acceptance", state="running").due_at
    sweep.sweep(due - timedelta(seconds=1))
    assert now(desk, pk) == ("seller", "offered")
    sweep.sweep(due)
    assert (now(desk, pk), asked(pk)) == (("peer", "offered"), [("seller", "overdue", 1), ("peer", "offered", 2)])


def test_a_lead_may_be_given_to_somebody_by_name_and_handed_over_by_hand(team: Team, desk: Api) -> None:
    pk = lead(desk, "恒泰机械")["id"]
    done(desk, f"leads/{pk}/assign", person=team.stranger.person.pk)
    assert (now(desk, pk), asked(pk)) == (("stranger", "offered"), [("stranger", "offered", 1)])
    done(desk, f"leads/{pk}/transfer", owner=team.peer.person.pk)
    assert (now(desk, pk), asked(pk)) == (("peer", "none"), [("stranger", "withdrawn", 1)])


def test_whoever_makes_a_deal_of_an_offered_lead_has_taken_it(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller, team.peer)
    sold, gone = leads(desk, 2)
    dispatched(desk, sold, gone)
    done(team.seller, f"leads/{sold}/convert")
    done(team.peer, f"leads/{gone}/discard", discard_reason="no_need")
    assert (asked(sold), asked(gone)) == ([("seller", "accepted", 1)], [("peer", "withdrawn", 1)])
    assert (now(desk, sold), now(desk, gone)) == (("seller", "accepted"), ("peer", "none"))
    assert not Clock.objects.filter(kind="lead_acceptance", state="running").exists()


def test_an_automatic_rule_asks_nobody(team: Team, desk: Api) -> None:
    rule(desk, "深圳自动", team.stranger, regions=(SHENZHEN,), automatic=True)
    assert now(desk, lead(desk, "深圳海川", SHENZHEN)["id"]) == ("stranger", "offered")
    assert now(desk, lead(desk, "苏州恒泰", SUZHOU)["id"]) == ("desk", "none")


def test_many_leads_cost_as_many_statements_as_few(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller, team.peer)

    def cost(ids: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            dispatched(desk, *ids)
        return len(queries)

    few, many = leads(desk, 2), [lead(desk, f"大{n}厂")["id"] for n in range(20)]
    cost([lead(desk, "先一厂")["id"], lead(desk, "先二厂")["id"]])
    assert cost(few) == cost(many)


@pytest.mark.covers("V-23")
def test_screening_and_handing_over_have_their_time(team: Team, desk: Api) -> None:
    came_in = added(team.seller, "leads", name="恒泰机械", source="website", contact_name="李敏", phone="021-55500001")
    added(team.seller, "leads", name="自己找的", source="self")
    clock = Clock.objects.get()
    assert (clock.kind, clock.record, clock.state) == ("lead_screening", came_in["id"], "running")
    sweep.sweep(clock.due_at)
    assert team.seller.get(f"leads/{came_in['id']}").json()["late"] == "screening"
    assert texts(team.seller)[0] == "线索“恒泰机械”初筛超时"
    done(team.seller, f"leads/{came_in['id']}/screen")
    second = Clock.objects.get(state="running")
    assert second.kind == "lead_handover"
    done(team.seller, f"leads/{came_in['id']}/qualify")
    assert not Clock.objects.filter(state="running").exists()


@pytest.mark.covers("V-25")
def test_the_fairness_report_counts_who_got_took_and_won_how_many(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller, team.peer, by_merit=False)
    one, two, three = leads(desk, 3)
    dispatched(desk, one, two, three)
    done(team.seller, f"leads/{one}/take")
    deal = done(team.seller, f"leads/{one}/convert")["opportunity"]["id"]
    done(team.seller, f"opportunities/{deal}/win", amount="1000")
    done(team.peer, f"leads/{two}/give_back", return_reason="busy")
    reports = json.loads(files("zhike.packs.company").joinpath("reports.json").read_text(encoding="utf-8"))
    [report] = [r for r in reports if r["name"] == "线索分派公平性"]
    shown = desk.post("report-figures", {"collection": report["collection"], "definition": report["definition"]}).json()
    got = {head["keys"][0]["label"]: figures for head, figures in zip(shown["rows"], shown["row_totals"], strict=True)}
    given, taken, given_back, converted, won = 0, 2, 3, 5, 6
    counted = {name: [figures[n] for n in (given, taken, given_back, converted, won)] for name, figures in got.items()}
    assert counted == {"seller": ["3", "1", "0", "1", "1"], "peer": ["1", "0", "1", "0", "0"]}
