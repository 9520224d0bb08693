"""When the holidays of the next year become known, or a calendar changes, running times end on another day; pauses stay."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhike.chinese import workdays as workdays_known
from zhike.features.clocks import running, sweep
from zhike.features.clocks.marks import ACT, ESCALATE, WARN, days, hours, last_day, workdays
from zhike.features.clocks.models import Clock
from zhike.features.clocks.recounting import follow_announcements
from zhike.kernel.registry import find
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
ENTRY = running.kind("test_recounted", "录入时限")
SHANGHAI = ZoneInfo("Asia/Shanghai")
SPRING = {"name": "春节", "work": "off"}


@pytest.fixture
def customer(team: Team) -> Any:
    return find("customers")._base_manager.get(pk=added(team.seller, "customers", name="甲公司")["id"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def started(records: list[Any], marks: dict[str, Any], since: str = "2027-02-04T10:00") -> None:
    """Begun on a Thursday of the year whose holidays nobody has announced yet."""
    running.start(ENTRY, records, marks, since=lambda record: at(since))


def ends() -> list[list[str]]:
    """When the marks of each clock come, in Shanghai."""
    clocks = Clock.objects.filter(kind=ENTRY).order_by("pk")
    return [[moment.astimezone(SHANGHAI).isoformat()[:16] for moment in clock.at] for clock in clocks]


def week_off(team: Team) -> None:
    """Monday the 8th to Friday the 12th are free, Saturday the 13th is worked."""
    rows = [SPRING | {"day": f"2027-02-{day:02}"} for day in range(8, 13)]
    create_many(find("calendar-days"), [*rows, {"name": "调休", "day": "2027-02-13", "work": "on"}], actor=System("import"))


def test_the_holidays_of_the_next_year_move_what_is_counted_in_working_days_and_nothing_else(team: Team, customer: Any) -> None:
    started([customer], {WARN: hours(100), ESCALATE: workdays(3), ACT: days(9)})
    assert ends() == [["2027-02-08T14:00", "2027-02-10T00:00", "2027-02-14T00:00"]]
    week_off(team)
    [clock] = Clock.objects.filter(kind=ENTRY)
    assert ends() == [["2027-02-08T14:00", "2027-02-14T00:00", "2027-02-16T00:00"]]
    assert [mark["name"] for mark in clock.marks] == [WARN, ACT, ESCALATE]
    assert (clock.next_at, clock.due_at) == (at("2027-02-08T14:00"), at("2027-02-16T00:00"))


def test_what_has_struck_stands_and_what_is_over_stays_over(team: Team, customer: Any) -> None:
    other = find("customers")._base_manager.get(pk=added(team.seller, "customers", name="乙公司")["id"])
    started([customer], {WARN: workdays(1), ACT: workdays(3)})
    started([other], {ACT: workdays(1)})
    sweep.sweep(at("2027-02-06T00:00"))
    week_off(team)
    assert ends() == [["2027-02-06T00:00", "2027-02-16T00:00"], ["2027-02-06T00:00"]]
    assert sweep.sweep(at("2027-02-15T23:59")) == 0
    assert sweep.sweep(at("2027-02-16T00:00")) == 1


def test_a_pause_counts_no_day_whatever_the_calendar_says_later(team: Team, customer: Any) -> None:
    """Two days are left when it is paused on the first; it goes on today, and only then is a day of that time set free."""
    started([customer], {ACT: workdays(3)}, since="2026-02-26T10:00")
    assert ends() == [["2026-03-03T00:00"]]
    running.pause(ENTRY, [customer])
    Clock.objects.update(paused_at=at("2026-02-27T18:00"))
    added(team.manager, "calendar-days", name="盘点", day="2026-03-02", work="off")
    assert ends() == [["2026-03-04T00:00"]]
    running.resume(ENTRY, [customer])
    [mark] = Clock.objects.get(kind=ENTRY).marks
    assert (mark["left"], mark["since"]) == (2, datetime.now(SHANGHAI).date().isoformat())
    [[resumed]] = ends()
    last = last_day(Clock.objects.get(kind=ENTRY).due_at)
    added(team.manager, "calendar-days", name="停电", day=last.isoformat(), work="off")
    [[moved]] = ends()
    assert moved > resumed


def test_a_calendar_of_a_department_moves_its_own_times_only(team: Team, customer: Any) -> None:
    stranger = find("customers")._base_manager.get(pk=added(team.stranger, "customers", name="丙公司")["id"])
    started([customer, stranger], {ACT: workdays(3)})
    home = team.seller.person.department_id
    added(team.manager, "work-calendars", name="六天", used_by=home, weekdays=["mon", "tue", "wed", "thu", "fri", "sat"])
    assert ends() == [["2027-02-09T00:00"], ["2027-02-10T00:00"]]


def test_many_clocks_are_recounted_in_two_statements(team: Team, customer: Any) -> None:
    started([customer], {ACT: workdays(3)})
    with CaptureQueriesContext(connection) as asked:
        week_off(team)
    assert len([q for q in asked.captured_queries if "clocks_clock" in q["sql"]]) == 2


def test_a_newly_installed_holiday_package_moves_running_clocks_once_and_an_older_one_moves_them_back(
    customer: Any, monkeypatch: Any
) -> None:
    """The clock began while nobody knew the holidays of its year; then a package is installed that does."""
    started([customer], {ACT: workdays(3)})
    assert (follow_announcements(), ends()) == (0, [["2027-02-10T00:00"]])
    known = workdays_known._announced()
    newer = (known[0] | {date(2027, 2, day): "春节" for day in range(8, 13)}, known[1] | {date(2027, 2, 13): "春节"})
    monkeypatch.setattr(workdays_known, "_announced", lambda: newer)
    assert (follow_announcements(), ends()) == (1, [["2027-02-16T00:00"]])
    with CaptureQueriesContext(connection) as queries:
        assert follow_announcements() == 0
    assert len(queries) == 1
    monkeypatch.setattr(workdays_known, "_announced", lambda: known)
    assert (follow_announcements(), ends()) == (1, [["2027-02-10T00:00"]])
