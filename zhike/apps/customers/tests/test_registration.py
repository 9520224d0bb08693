"""A new customer waits for the head or the assistant of its department, must be whole, and be entered in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.features.clocks import sweep
from zhike.kernel.reach import Reach
from zhike.org.objects.person import Person
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db
WHOLE = {
    "phone": "028-86012345", "industry": "software", "level": "b", "source": "self",
    "address": {"code": "110101", "detail": "1号"},
}  # fmt: skip


@pytest.fixture
def rule(team: Team) -> Any:
    keeper = Api(make_user("keeper", Reach.ALL))
    return added(keeper, "registration-rules", name="登记", starts_on="2026-01-01")


def registered(team: Team, **more: Any) -> Any:
    return added(team.seller, "customers", name="甲公司", **more)


def in_days(count: int) -> datetime:
    """The first moment of the day so many days from today."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=count)


def now(team: Team, record: Any) -> tuple[str, str]:
    found = team.manager.get(f"customers/{record['id']}").json()
    return found["registration"], found["entry"] or ""


def test_without_a_rule_every_new_customer_is_as_good_as_reviewed(team: Team) -> None:
    assert registered(team)["registration"] == "approved"


@pytest.mark.covers("V-18")
def test_a_new_customer_is_pending_until_somebody_else_of_its_department_approves(team: Team, rule: Any) -> None:
    made = registered(team, **WHOLE)
    path = f"customers/{made['id']}"
    assert made["registration"] == "pending"
    own = team.seller.post(f"{path}/accept")
    assert (own.status_code, own.json()["message"]) == (409, "不能审核自己登记的客户")
    lonely = team.manager.post(f"{path}/accept")
    assert (lonely.status_code, lonely.json()["message"]) == (409, "还没有联系人，不能通过审核")
    added(team.seller, "contacts", name="王五", companies=[{"customer": made["id"]}])
    assert done(team.manager, f"{path}/accept")["registration"] == "approved"
    texts = [row["text"] for row in team.seller.get("notifications").json()["rows"]]
    assert texts == ["客户“甲公司”已通过登记审核"]
    assert team.stranger.post(f"{path}/accept").status_code == 404


def test_what_is_not_whole_enough_is_not_approved(team: Team, rule: Any) -> None:
    keeper = Api(Person.objects.acting().get(username="keeper"))
    least = {"collection": "customers", "starts_on": "2026-01-01", "least": 60, "barred": ["accept"]}
    assert keeper.post("completeness-rules", least).status_code == 201
    made = registered(team)
    added(team.seller, "contacts", name="王五", companies=[{"customer": made["id"]}])
    assert made["completeness"] == 12
    refused = team.manager.post(f"customers/{made['id']}/accept")
    lacking = "统一社会信用代码、行业、客户级别、客户来源、电话、地址、网址"
    told = f"完整度 12%，低于 60%，不能“审核通过”；还缺：{lacking}"
    assert (refused.status_code, refused.json()["message"], now(team, made)[0]) == (409, told, "pending")
    now_whole = team.seller.patch(f"customers/{made['id']}", WHOLE).json()
    assert now_whole["completeness"] == 75


def test_what_is_sent_back_is_mended_and_submitted_again(team: Team, rule: Any) -> None:
    made = registered(team, **WHOLE)
    path = f"customers/{made['id']}"
    assert done(team.manager, f"{path}/send_back", returned_reason="电话是空号")["registration"] == "returned"
    assert [r["text"] for r in team.seller.get("notifications").json()["rows"]] == ["客户“甲公司”的登记被退回：电话是空号"]
    assert done(team.seller, f"{path}/resubmit")["registration"] == "pending"


@pytest.mark.covers("V-19")
def test_after_seven_days_an_entry_is_late_and_after_ten_in_any_case(team: Team, rule: Any) -> None:
    late, excused, done_in_time = (
        added(team.seller, "customers", name=name, **WHOLE | {"phone": phone})
        for name, phone in (("甲公司", "028-86000000"), ("乙公司", "028-86000001"), ("丙公司", "028-86000002"))
    )
    assert team.seller.patch(f"customers/{excused['id']}", {"late_reason": "客户资料在海外"}).status_code == 200
    added(team.seller, "contacts", name="王五", companies=[{"customer": done_in_time["id"]}])
    done(team.manager, f"customers/{done_in_time['id']}/accept")
    told = {}
    for count in (7, 8, 10, 11):
        sweep.sweep(in_days(count))
        told[count] = [now(team, c)[1] for c in (late, excused, done_in_time)]
    assert told == {
        7: ["", "", ""], 8: ["late", "exception", ""], 10: ["late", "exception", ""], 11: ["late", "late", ""],
    }  # fmt: skip


def test_the_clock_begins_with_the_first_contact(team: Team, rule: Any) -> None:
    first = (timezone.localdate() - timedelta(days=9)).isoformat()
    made = registered(team, **WHOLE, first_contact_on=first)
    sweep.sweep(timezone.now())
    assert now(team, made) == ("pending", "late")
    assert [c["record"]["label"] for c in team.seller.get("clocks", due=2).json()["rows"]] == ["甲公司"]


@pytest.mark.covers("V-19")
def test_a_contact_from_before_there_was_a_rule_is_late_when_its_time_is_over_and_not_at_once(team: Team) -> None:
    keeper = Api(make_user("keeper", Reach.ALL))
    first = timezone.localdate() - timedelta(days=5)
    added(keeper, "registration-rules", name="登记", starts_on=first.isoformat())
    made = registered(team, **WHOLE, first_contact_on="2026-01-01")
    told = []
    for count in (2, 3):
        sweep.sweep(in_days(count))
        told.append(now(team, made))
    assert told == [("pending", ""), ("pending", "late")]


def test_a_stricter_rule_makes_nobody_late_whose_contact_was_before_it(team: Team) -> None:
    keeper, today = Api(make_user("keeper", Reach.ALL)), timezone.localdate()
    added(keeper, "registration-rules", name="原规则", starts_on="2026-01-01")
    added(keeper, "registration-rules", name="新规则", starts_on=today.isoformat(), within=1, at_most=2)
    before = registered(team, **WHOLE, first_contact_on=(today - timedelta(days=1)).isoformat())
    since = added(team.seller, "customers", name="乙公司", **WHOLE | {"phone": "028-86000009"})
    told = {}
    for count in (2, 7):
        sweep.sweep(in_days(count))
        told[count] = (now(team, before)[1], now(team, since)[1])
    assert told == {2: ("", "late"), 7: ("late", "late")}
