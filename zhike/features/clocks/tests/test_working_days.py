"""Working days as the country announces them, with make-up days, and as administrators set them apart."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from zhike.features.clocks.calendar import Calendars
from zhike.features.clocks.marks import After, days, hours, plain, put_off, workdays
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import added

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Api:
    return Api(make_user("administrator", Reach.ALL, make_department("总部")))


def worked(api: Api, first: str, last: str, **asked: Any) -> list[str]:
    """The worked days of a span, as the interface tells them."""
    answer = api.get("working-days", **{"from": first, "to": last, **asked})
    assert answer.status_code == 200, answer.content.decode()
    return [row["day"][5:] for row in answer.json()["rows"] if row["works"]]


def test_spring_festival_of_2026_is_nine_days_with_a_saturday_worked_on_either_side(administrator: Api) -> None:
    assert worked(administrator, "2026-02-12", "2026-03-02") == [
        "02-12", "02-13", "02-14", "02-24", "02-25", "02-26", "02-27", "02-28", "03-02",
    ]  # fmt: skip
    told = administrator.get("working-days", **{"from": "2026-02-17", "to": "2026-02-17"}).json()
    assert told == {"rows": [{"day": "2026-02-17", "works": False, "why": "春节"}], "known_until": "2026-12-31"}


def test_national_day_of_2026_is_made_up_for_on_a_sunday_before_and_a_saturday_after(administrator: Api) -> None:
    assert worked(administrator, "2026-09-18", "2026-09-21") == ["09-18", "09-20", "09-21"]
    assert worked(administrator, "2026-09-30", "2026-10-12") == ["09-30", "10-08", "10-09", "10-10", "10-12"]


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # over the whole of Spring Festival
        (date(2026, 2, 20), 5, date(2026, 2, 28)),  # begun on a day off, ends on a Saturday that is worked
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 10, 10), 1, date(2026, 10, 12)),
        (date(2026, 1, 30), 1, date(2026, 2, 2)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_so_many_working_days_end_on_exactly_this_day(start: date, count: int, end: date) -> None:
    calendar = Calendars().of(None)
    assert calendar.after(start, count) == end
    assert calendar.between(start, end) == count


def test_past_the_last_announced_year_an_administrator_enters_the_days(administrator: Api) -> None:
    assert worked(administrator, "2027-02-06", "2027-02-09") == ["02-08", "02-09"]
    added(administrator, "calendar-days", name="春节", day="2027-02-08", work="off")
    added(administrator, "calendar-days", name="春节调休", day="2027-02-06", work="on")
    assert worked(administrator, "2027-02-06", "2027-02-09") == ["02-06", "02-09"]


def test_a_department_follows_its_own_calendar_then_the_one_above_it(administrator: Api) -> None:
    branch = make_department("分公司")
    shop, beside = make_department("门店", branch), make_department("总部")
    own = added(
        administrator, "work-calendars", name="门店", used_by=branch.pk, weekdays=["tue", "wed", "thu", "fri", "sat", "sun"]
    )
    added(administrator, "calendar-days", name="盘点", day="2026-03-11", work="off", calendar=own["id"])
    added(administrator, "work-calendars", name="公司", weekdays=["mon", "tue", "wed", "thu", "fri", "sat"])
    span = ("2026-03-09", "2026-03-15")
    assert worked(administrator, *span, department=shop.pk) == ["03-10", "03-12", "03-13", "03-14", "03-15"]
    assert worked(administrator, *span, department=beside.pk) == ["03-09", "03-10", "03-11", "03-12", "03-13", "03-14"]


def test_a_calendar_without_a_working_day_is_refused(administrator: Api) -> None:
    answer = administrator.post("work-calendars", {"name": "永远休息", "weekdays": []})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"weekdays": "每周至少有一个工作日"})
    assert administrator.get("work-calendars", total=1).json()["total"]["count"] == 0


def test_a_span_of_years_is_refused(administrator: Api) -> None:
    answer = administrator.get("working-days", **{"from": "2026-01-01", "to": "2028-01-01"})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["to"])


@pytest.mark.parametrize(
    ("after", "resumed", "due"),
    [
        (workdays(2), "2026-02-13T20:00", "2026-02-15T00:00"),  # the same evening: Saturday the 14th is worked and still ahead
        (workdays(2), "2026-02-14T09:00", "2026-02-25T00:00"),  # the make-up day is the one on which it goes on
        (workdays(2), "2026-02-20T09:00", "2026-02-25T00:00"),  # in the holidays
        (workdays(2), "2026-02-27T09:00", "2026-03-01T00:00"),  # the day left is the Saturday that is made up for
        (days(2), "2026-02-20T09:00", "2026-02-22T00:00"),
        (hours(30), "2026-02-20T18:00", "2026-02-20T22:00"),
    ],
)
def test_after_a_pause_as_much_is_left_as_before_it_across_holidays_and_make_up_days(
    administrator: Api, after: After, resumed: str, due: str
) -> None:
    """Begun on Thursday the 12th, paused on Friday the 13th at six in the evening."""
    calendar = Calendars().of(None)
    stands = after.since(moment("2026-02-12T16:00"), calendar)
    assert put_off(plain("", after), stands, moment("2026-02-13T18:00"), moment(resumed), calendar)[0] == moment(due)


def moment(written: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(written))
