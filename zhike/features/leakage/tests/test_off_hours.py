"""非工作时间使用: what is opened and taken along at night and on free days is told, and in working time it is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from zhike.features.insight.models import Exported, Viewed
from zhike.features.insight.noting import forget, store
from zhike.features.jobs.run import run_now
from zhike.features.leakage.alarms import look_for_unusual
from zhike.features.leakage.off_hours import begin, day_looked_at
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db


@pytest.fixture
def guard(team: Team, settings: Any, tmp_path: Any) -> Api:
    """Somebody who keeps watch, on a working day; four records outside working time are too many."""
    settings.FILES_FOLDER = tmp_path
    forget()
    for name in ("甲公司", "乙公司", "丙公司", "丁公司"):
        added(team.seller, "customers", name=name)
    watching = Api(make_user("guard", Reach.ALL, make_department("信息安全部")))
    added(watching, "parameters", key="alarm_off_hours", value="3")
    added(watching, "calendar-days", day=str(day_looked_at()), work="on", name="照常上班")
    return watching


def opened(api: Api, moment: datetime) -> None:
    """She opened all she sees at that time."""
    forget()
    for row in api.get("customers").json()["rows"]:
        assert api.get(f"customers/{row['id']}").status_code == 200
    store()
    Viewed.objects.filter(person=api.person).update(at=moment)


def exported(api: Api, moment: datetime) -> None:
    assert run_now(api.post("customers/export", {"fields": ["name"]}).json()["id"]).state == "done"
    Exported.objects.filter(person=api.person).update(at=moment)


def at(hour: int, minute: int = 0) -> datetime:
    return begin(day_looked_at()) + timedelta(hours=hour, minutes=minute)


def alarms(api: Api) -> list[str]:
    look_for_unusual()
    return [row["name"] for row in api.get("alarms", order="id").json()["rows"]]


@pytest.mark.covers("E-27", "E-63")
def test_who_opens_or_exports_much_at_night_is_told_of_once_and_in_working_time_never(team: Team, guard: Api) -> None:
    opened(team.seller, at(7))
    exported(team.manager, at(21, 59))
    assert alarms(guard) == []
    opened(team.seller, at(6, 59))
    Exported.objects.update(at=at(22))
    told = [f"非工作时间使用：{name} 在一天内打开和导出了 {many} 条记录" for name, many in (("seller", 8), ("manager", 4))]
    assert sorted(alarms(guard)) == sorted(told)
    assert sorted(alarms(guard)) == sorted(told)
    assert {row["text"] for row in guard.get("notifications").json()["rows"]} >= set(told)
    evidence = {
        a["person"]["label"]: guard.get(f"alarms/{a['id']}/evidence").json()["rows"] for a in guard.get("alarms").json()["rows"]
    }
    assert [(row["object"], row["count"]) for row in evidence["manager"]] == [("客户", 4)]
    assert {row["title"] for row in evidence["seller"]} == {"甲公司", "乙公司", "丙公司", "丁公司"}


@pytest.mark.covers("E-27", "E-63")
def test_on_a_day_that_is_not_worked_every_hour_counts_and_the_hours_are_data(team: Team, guard: Api) -> None:
    opened(team.seller, at(3))
    added(guard, "parameters", key="work_begins", value="3")
    assert alarms(guard) == []
    added(guard, "calendar-days", day=str(day_looked_at()), work="off", name="停电放假")
    assert alarms(guard) == ["非工作时间使用：seller 在一天内打开和导出了 4 条记录"]
