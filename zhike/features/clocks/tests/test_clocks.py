"""A clock warns, escalates and acts on exactly its day, stands still while paused, and is listed to those who see its record."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhike.features.clocks import running, sweep
from zhike.features.clocks.calendar import Calendars
from zhike.features.clocks.marks import ACT, ESCALATE, WARN, days, hours, workdays
from zhike.features.clocks.models import Clock
from zhike.features.clocks.running import Struck
from zhike.kernel.events import on
from zhike.kernel.registry import find
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
ENTRY = running.kind("test_entry", "录入时限")
heard: list[tuple[str, list[int]]] = []
broken: set[int] = set()


@on(Struck)
def hear(event: Struck) -> None:
    if event.kind == ENTRY:
        if broken & {c.record for c in event.clocks}:
            raise RuntimeError("this one cannot be handled")
        heard.append((event.mark, sorted(c.record for c in event.clocks)))


@pytest.fixture(autouse=True)
def silence() -> None:
    heard.clear()
    broken.clear()


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def customers(team: Team, *names: str) -> list[Any]:
    ids = [added(team.seller, "customers", name=name)["id"] for name in names]
    return list(find("customers")._base_manager.filter(pk__in=ids).order_by("pk"))


def started(records: list[Any], marks: dict[str, Any], since: str) -> list[Clock]:
    return running.start(ENTRY, records, marks, since=lambda record: at(since))


def test_every_mark_strikes_once_on_its_own_day(team: Team) -> None:
    one = customers(team, "甲公司")
    started(one, {WARN: workdays(1), ESCALATE: days(9), ACT: days(10)}, "2026-02-14T15:30")
    told = []
    for moment in ("2026-02-24T23:59:59", "2026-02-25T00:00", "2026-02-25T00:01", "2026-02-24T00:00", "2026-03-01T00:00"):
        struck = sweep.sweep(at(moment))
        told.append((struck, [mark for mark, _ in heard]))
        heard.clear()
    # The 24th is the first working day after the holiday, and the 9th and 10th days are the 23rd and the 24th.
    assert told == [(1, [ESCALATE]), (1, [WARN, ACT]), (0, []), (0, []), (0, [])]


def test_a_sweep_that_comes_late_strikes_everything_missed_in_order(team: Team) -> None:
    both = customers(team, "甲公司", "乙公司")
    started(both, {ACT: days(3), WARN: days(1), ESCALATE: hours(30)}, "2026-01-31T12:00")
    assert sweep.sweep(at("2026-02-08T00:00")) == 2
    ids = [c.pk for c in both]
    assert heard == [(ESCALATE, ids), (WARN, ids), (ACT, ids)]


def test_what_is_done_or_deleted_in_time_never_strikes(team: Team) -> None:
    one, two = customers(team, "甲公司", "乙公司")
    started([one, two], {ACT: days(1)}, "2026-01-31T12:00")
    assert running.stop(ENTRY, [one]) == 1
    assert team.manager.delete(f"customers/{two.pk}").status_code == 204
    assert sweep.sweep(at("2027-01-01T00:00")) == 0
    assert heard == []


def test_a_clock_begun_anew_takes_the_place_of_the_old_one(team: Team) -> None:
    one = customers(team, "甲公司")
    started(one, {ACT: days(1)}, "2026-01-31T12:00")
    started(one, {ACT: days(5)}, "2026-01-31T12:00")
    assert sweep.sweep(at("2026-02-02T00:00")) == 0
    assert sweep.sweep(at("2026-02-06T00:00")) == 1


def test_no_time_passes_while_a_clock_is_paused(team: Team) -> None:
    one = customers(team, "甲公司")
    [clock] = started(one, {ACT: workdays(2)}, "2026-02-13T10:00")
    running.pause(ENTRY, one)
    Clock.objects.filter(pk=clock.pk).update(paused_at=at("2026-02-13T18:00"))
    assert sweep.sweep(at("2026-03-01T00:00")) == 0
    assert running.resume(ENTRY, one) == 1
    resumed = Clock.objects.get(pk=clock.pk)
    today = resumed.due_at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert (today.hour, today.minute, resumed.state, resumed.next_at) == (0, 0, "running", resumed.due_at)
    assert Calendars().of(None).between(datetime.now(ZoneInfo("Asia/Shanghai")).date(), today.date()) in (2, 3)


def test_one_clock_that_cannot_be_handled_keeps_no_other_from_striking(team: Team) -> None:
    good, bad = customers(team, "甲公司", "乙公司")
    started([good, bad], {ACT: days(1)}, "2026-01-31T12:00")
    broken.add(bad.pk)
    assert sweep.sweep(at("2026-02-02T00:00")) == 2
    assert heard == [(ACT, [good.pk])]
    broken.clear()
    assert sweep.sweep(at("2026-02-02T00:05")) == 0
    assert sweep.sweep(at("2026-02-02T00:10")) == 1
    assert heard == [(ACT, [good.pk]), (ACT, [bad.pk])]


def test_a_sweep_costs_what_is_due_and_not_what_runs(team: Team) -> None:
    many = customers(team, "甲公司", "乙公司", "丙公司")
    started(many, {ACT: days(400)}, "2026-01-31T12:00")
    with CaptureQueriesContext(connection) as asked:
        assert sweep.sweep(at("2026-02-02T00:00")) == 0
    assert len([q for q in asked.captured_queries if "clocks_clock" in q["sql"]]) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("EXPLAIN " + sweep.TAKE, {"now": at("2026-02-02T00:00"), "most": 500})
        assert "clock_next" in "\n".join(row[0] for row in cursor.fetchall())


def test_the_list_holds_what_is_about_to_run_out_for_those_who_see_the_record(team: Team) -> None:
    one, two = customers(team, "甲公司", "乙公司")
    running.start(ENTRY, [one], {WARN: days(1), ACT: days(2)}, about="补全资料")
    running.start(ENTRY, [two], {ACT: days(30)})
    soon = team.seller.get("clocks", due=3).json()
    assert [(r["record"]["label"], r["label"], r["about"], r["person"]["label"], r["over"]) for r in soon["rows"]] == [
        ("甲公司", "录入时限", "补全资料", "seller", False)
    ]
    assert [(m["name"], m["label"], m["passed"]) for m in soon["rows"][0]["marks"]] == [
        ("warn", "提醒", False),
        ("act", "到期", False),
    ]
    assert [r["record"]["id"] for r in team.manager.get("clocks").json()["rows"]] == [one.pk, two.pk]
    assert [r["record"]["id"] for r in team.manager.get("clocks", collection="customers", record=two.pk).json()["rows"]] == [
        two.pk
    ]
    assert team.manager.get("clocks", mine=1).json()["rows"] == []
    assert team.peer.get("clocks").json() == {"rows": [], "next": None}
    assert team.stranger.get("clocks", collection="customers", record=one.pk).json()["rows"] == []


def test_a_superior_stops_a_clock_with_a_reason_and_lets_it_go_on_and_nobody_her_own(team: Team) -> None:
    one = customers(team, "甲公司")
    [clock] = running.start(ENTRY, one, {ACT: days(2)})
    path = f"clocks/{clock.pk}"
    own = team.seller.post(f"{path}/pause", {"reason": "客户休假"})
    assert (own.status_code, own.json()["message"]) == (403, "这项时限要求您本人完成，不能自己暂停或恢复")
    assert team.stranger.post(f"{path}/pause", {"reason": "客户休假"}).status_code == 404
    assert team.manager.post(f"{path}/pause", {"reason": " "}).json()["fields"] == {"reason": "请写 1 到 300 个字"}
    assert team.manager.post(f"{path}/resume").json()["message"] == "这项时限没有暂停"
    assert [(r["state"], r["may_pause"]) for r in team.seller.get("clocks").json()["rows"]] == [("running", False)]
    assert team.manager.post(f"{path}/pause", {"reason": "客户休假"}).status_code == 200
    assert [(r["state"], r["may_pause"]) for r in team.manager.get("clocks").json()["rows"]] == [("paused", True)]
    assert sweep.sweep(at("2036-02-02T00:00")) == 0
    assert team.manager.post(f"{path}/resume").status_code == 200
    assert sweep.sweep(at("2036-02-02T00:00")) == 1
    history = team.seller.get(f"customers/{one[0].pk}/history").json()["rows"]
    assert [entry["label"] for entry in history[:2]] == ["恢复录入时限", "暂停录入时限：客户休假"]
    heard_of = [row["text"] for row in team.seller.get("notifications").json()["rows"]]
    assert heard_of == ["manager恢复了“甲公司”的录入时限", "manager暂停了“甲公司”的录入时限：客户休假"]


def test_the_time_of_what_changes_hands_runs_for_whoever_has_it_now(team: Team) -> None:
    one, two = customers(team, "甲公司", "乙公司")
    for record in (one, two):
        running.start(ENTRY, [record], {ACT: days(2)})
    assert team.manager.post(f"customers/{one.pk}/transfer", {"owner": team.peer.person.pk}).status_code == 200
    many = team.manager.post("customers/bulk", {"ids": [two.pk], "transfer": team.peer.person.pk})
    assert many.json()["done"] == 1, many.content.decode()
    assert [r["record"]["id"] for r in team.peer.get("clocks", mine=1).json()["rows"]] == [one.pk, two.pk]
    assert team.seller.get("clocks", mine=1).json()["rows"] == []
    [clock] = Clock.objects.filter(record=one.pk)
    own = team.peer.post(f"clocks/{clock.pk}/pause", {"reason": "客户休假"})
    assert own.json()["message"] == "这项时限要求您本人完成，不能自己暂停或恢复"


def test_what_has_run_out_stays_listed_until_it_is_done(team: Team) -> None:
    one = customers(team, "甲公司")
    started(one, {ACT: days(1)}, "2026-01-31T12:00")
    sweep.sweep(at("2026-02-02T00:00"))
    assert [(r["over"], r["due_at"], r["last_day"]) for r in team.seller.get("clocks", due=0).json()["rows"]] == [
        (True, "2026-02-01T16:00:00+00:00", "2026-02-01")
    ]
    running.stop(ENTRY, one)
    assert team.seller.get("clocks", due=0).json()["rows"] == []
