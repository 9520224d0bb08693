"""任务: reminded at the time, repeated once, given to a colleague, read in one's own calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from zhike.apps.customers.objects.task import Task
from zhike.apps.customers.repeating import next_day
from zhike.apps.customers.tasks import remind, remind_some
from zhike.features.clocks.calendar import Calendar as WorkCalendar
from zhike.testing.kit import Api
from zhike.testing.team import Team, added, done


def told(api: Api) -> list[str]:
    return [n["text"] for n in api.get("notifications").json()["rows"]]


def soon(minutes: int) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def test_the_owner_is_reminded_once_at_the_time(team: Team) -> None:
    task = added(team.seller, "tasks", subject="发报价", due_on="2026-12-01", remind_at=soon(5).isoformat())
    remind()
    assert (told(team.seller), remind_some(soon(6)), remind_some(soon(7))) == ([], 1, 0)
    assert told(team.seller) == ["提醒：发报价（12月1日截止）"]
    assert team.seller.get("notifications").json()["rows"][0]["record"] == task["id"]
    moved = team.seller.patch(f"tasks/{task['id']}", {"remind_at": soon(60).isoformat()}).json()
    assert (moved["reminded_at"], remind_some(soon(61)), len(told(team.seller))) == (None, 1, 2)


def test_whoever_may_not_open_her_task_any_more_is_not_reminded_of_it(team: Team) -> None:
    added(team.seller, "tasks", subject="给四川石化发报价", due_on="2026-12-01", remind_at=soon(5).isoformat())
    team.seller.person.roles.clear()
    assert (remind_some(soon(6)), told(team.seller)) == (1, [])


def test_what_is_done_or_already_past_is_not_reminded_of(team: Team) -> None:
    finished = added(team.seller, "tasks", subject="完成的", due_on="2026-12-01", remind_at=soon(5).isoformat())
    done(team.seller, f"tasks/{finished['id']}/complete")
    added(team.seller, "tasks", subject="补记的", due_on="2026-12-01", remind_at=soon(-5).isoformat())
    assert (remind_some(soon(10)), told(team.seller)) == (0, [])


@pytest.mark.parametrize(
    ("due", "repeat", "after", "expected"),
    [
        ("2026-11-20", "daily", "2026-11-20", "2026-11-21"),
        ("2026-11-20", "workdays", "2026-11-20", "2026-11-23"),
        ("2026-09-30", "workdays", "2026-09-30", "2026-10-08"),
        ("2026-10-09", "workdays", "2026-10-09", "2026-10-10"),
        ("2026-11-20", "workdays", "2026-11-25", "2026-11-26"),
        ("2026-11-20", "weekly", "2026-11-19", "2026-11-27"),
        ("2026-11-20", "weekly", "2026-12-05", "2026-12-11"),
        ("2026-12-31", "monthly", "2026-12-31", "2027-01-31"),
        ("2027-01-31", "monthly", "2027-02-01", "2027-02-28"),
        ("2026-11-20", "daily", "2026-11-25", "2026-11-26"),
    ],
)
def test_work_done_late_skips_the_times_it_has_missed(due: str, repeat: str, after: str, expected: str) -> None:
    week = WorkCalendar(frozenset(range(5)), public=True, special={})
    assert next_day(date.fromisoformat(due), repeat, date.fromisoformat(after), week).isoformat() == expected


def test_completing_makes_the_next_time_once(team: Team) -> None:
    due, remind_at = timezone.localdate() + timedelta(days=3), soon(60)
    task = added(team.seller, "tasks", subject="周报", due_on=due.isoformat(), repeat="weekly", remind_at=remind_at.isoformat())
    at = f"tasks/{task['id']}"
    done(team.seller, f"{at}/complete")
    done(team.seller, f"{at}/reopen")
    done(team.seller, f"{at}/complete")
    following = Task.objects.get(previous=task["id"])
    assert (following.subject, following.state, following.owner_id) == ("周报", "open", team.seller.person.pk)
    assert (following.due_on - due, following.remind_at - remind_at) == (timedelta(days=7), timedelta(days=7))
    assert Task.objects.count() == 2


def test_a_series_ends_on_its_last_day_and_keeps_the_31st(team: Team) -> None:
    day = date(timezone.localdate().year + 1, 1, 31)
    until = day + timedelta(days=60)
    values = {"subject": "月结", "due_on": day.isoformat(), "repeat": "monthly", "repeat_until": until.isoformat()}
    first = added(team.seller, "tasks", **values)
    while first:
        done(team.seller, f"tasks/{first['id']}/complete")
        rows = team.seller.get("tasks", filter={"field": "state", "op": "eq", "value": "open"}).json()["rows"]
        first = rows[0] if rows else None
    days = Task.objects.order_by("due_on").values_list("due_on", flat=True)
    assert [(d.month, d.day) for d in days] == [(1, 31), (2, (date(day.year, 3, 1) - timedelta(days=1)).day), (3, 31)]


def test_many_completed_at_once_each_come_again_once(team: Team) -> None:
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    ids = [added(team.seller, "tasks", subject=f"巡店{n}", due_on=day, repeat="daily")["id"] for n in range(3)]
    assert team.seller.post("tasks/bulk", {"ids": ids, "action": "complete"}).json()["done"] == 3
    assert sorted(Task.objects.filter(previous__in=ids).values_list("previous_id", flat=True)) == ids


def test_a_task_is_given_to_a_colleague_who_is_told(team: Team) -> None:
    task = added(team.seller, "tasks", subject="请协助报价", due_on="2026-12-01", owner=team.peer.person.pk)
    assert (task["owner"]["label"], task["created_by"]["label"], task["may"]["change"]) == ("peer", "seller", False)
    assert told(team.peer) == ["seller把任务“请协助报价”交给了您"]
    done(team.peer, f"tasks/{task['id']}/complete", result="已报")
    assert team.seller.get(f"tasks/{task['id']}").json()["result"] == "已报"
    assert team.stranger.get(f"tasks/{task['id']}").status_code == 404


def test_only_what_is_assignable_takes_an_owner(team: Team) -> None:
    answer = team.seller.post("customers", {"name": "东方机械", "owner": team.peer.person.pk})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"owner": "不能直接修改"})
    wrong = team.seller.post("tasks", {"subject": "x", "due_on": "2026-12-01", "owner": 10**9})
    assert (wrong.status_code, wrong.json()["fields"], Task.objects.count()) == (422, {"owner": "没有这个人，或已停用"}, 0)


def test_a_repetition_does_not_end_before_it_begins(team: Team) -> None:
    values = {"subject": "x", "due_on": "2026-12-02", "repeat": "daily", "repeat_until": "2026-12-01"}
    answer = team.seller.post("tasks", values)
    assert (answer.status_code, answer.json()["fields"]) == (409, {"repeat_until": "不能早于截止日期"})


# -- the calendar feed ----------------------------------------------------------------------------------------


@pytest.fixture
def address(team: Team) -> str:
    return feed_of(team.seller)


def feed_of(api: Api) -> str:
    answer = api.post("calendar-feed")
    assert answer.status_code == 201
    return str(answer.json()["address"]).replace("http://testserver", "")


def events(address: str) -> list[Any]:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [*Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_feed_holds_what_is_hers_and_still_to_be_done(team: Team, address: str) -> None:
    day = timezone.localdate() + timedelta(days=2)
    task = added(team.seller, "tasks", subject="发报价；第一版, 含税", due_on=day.isoformat())
    done(team.seller, f"tasks/{added(team.seller, 'tasks', subject='完成的', due_on=day.isoformat())['id']}/complete")
    added(team.peer, "tasks", subject="别人的", due_on=day.isoformat())
    customer = added(team.seller, "customers", name="东方机械")["id"]
    added(team.seller, "opportunities", name="一期", customer=customer, expected_on=day.isoformat())
    found = {str(e["SUMMARY"]): e for e in events(address)}
    assert set(found) == {"发报价；第一版, 含税", "一期"}
    event = found["发报价；第一版, 含税"]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (day, day + timedelta(days=1))
    assert (str(event["UID"]), str(event["URL"])) == (f"tasks-{task['id']}@zhike", f"http://testserver/tasks/{task['id']}")


def test_a_new_address_kills_the_old_one_and_taking_it_back_kills_both(team: Team, address: str) -> None:
    second = feed_of(team.seller)
    assert (Client().get(address).status_code, Client().get(second).status_code) == (404, 200)
    assert team.seller.get("calendar-feed").json()["since"] is not None
    assert team.seller.delete("calendar-feed").status_code == 204
    assert (Client().get(second).status_code, team.seller.get("calendar-feed").json()) == (404, {"since": None})


def test_the_feed_is_under_the_gate_of_its_owner_as_she_is_now(team: Team, address: str) -> None:
    added(team.seller, "tasks", subject="发报价", due_on=timezone.localdate().isoformat())
    assert len(events(address)) == 1
    person = team.seller.person
    person.roles.clear()
    assert events(address) == []
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_the_feed_is_read_from_the_networks_of_her_roles_only(team: Team, address: str) -> None:
    added(team.seller, "tasks", subject="发报价", due_on=timezone.localdate().isoformat())
    role = team.seller.person.roles.get()
    type(role).objects.filter(pk=role.pk).update(networks="198.51.100.0/24")
    office, away = {"X-Forwarded-For": "198.51.100.20"}, {"X-Forwarded-For": "203.0.113.7"}
    refused = Client().get(address, headers=away)
    assert (refused.status_code, "发报价" in refused.content.decode(), "203.0.113.7" in refused.json()["message"]) == (
        403,
        False,
        True,
    )
    assert "发报价" in Client().get(address, headers=office).content.decode()


def test_a_wrong_address_says_nothing_and_a_session_is_needed_to_ask_for_one(team: Team) -> None:
    assert Client().get("/api/v1/calendar/abc.ics").status_code == 404
    assert Api().get("calendar-feed").status_code == 401
