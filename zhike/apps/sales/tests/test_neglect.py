"""商机未跟进: a lead that was taken and lay there becomes a case; confirmed again, no more leads come (V-72)."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.sales.flows.find_neglect import find_neglect
from zhike.apps.sales.objects.dispatch_rule import DispatchRight
from zhike.apps.sales.objects.lead_dispatch import LeadDispatch
from zhike.apps.sales.objects.lead_neglect import LeadNeglect
from zhike.apps.sales.tests.test_dispatch import dispatched, lead, now, rule, texts
from zhike.kernel.reach import Reach
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db
CLOCK, NUMBERS = System("clock"), count(1)


@pytest.fixture
def desk(team: Team) -> Api:
    """The business manager, who sees all leads."""
    return Api(make_user("desk", Reach.ALL, make_department("商务部")))


def taken(desk: Api, seller: Api, many: int, days: int) -> list[int]:
    """Leads she took so many days ago."""
    made = [lead(desk, f"第{next(NUMBERS)}厂")["id"] for _ in range(many)]
    dispatched(desk, *made)
    for pk in made:
        done(seller, f"leads/{pk}/take")
    rows = LeadDispatch._base_manager.filter(lead__in=made)
    rows.update(answered_at=timezone.now() - timedelta(days))
    return made


def looked(days: int = 0) -> int:
    return find_neglect(timezone.now() + timedelta(days), actor=CLOCK)


@pytest.mark.covers("V-72")
def test_what_was_taken_and_never_followed_up_becomes_a_case_and_the_second_one_ends_the_right(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller)
    lying, followed = taken(desk, team.seller, 2, 8)
    added(team.seller, "interactions", channel="phone", content="已联系，约下周见面", lead=followed)
    assert (looked(), looked()) == (1, 0)
    [case] = team.seller.get("lead-neglects", fields="id,lead,days,times,percent,state").json()["rows"]
    assert (case["lead"]["id"], case["days"], case["times"], case["percent"], case["state"]) == (lying, 8, 1, "10.00", "proposed")
    assert texts(team.seller)[0] == f"商机“{case['lead']['label']}”接单 8 天没有跟进记录，待认定"
    own = team.seller.post(f"lead-neglects/{case['id']}/confirm", {"opinion": "x"})
    assert (own.status_code, LeadNeglect.objects.get().state) == (409, "proposed")
    done(team.manager, f"lead-neglects/{case['id']}/confirm", opinion="核实无跟进")
    assert not DispatchRight.objects.exists()
    taken(desk, team.seller, 1, 8)
    assert looked() == 1
    again = LeadNeglect.objects.get(state="proposed")
    assert again.times == 2
    done(team.manager, f"lead-neglects/{again.pk}/confirm", opinion="再次未跟进")
    [right] = desk.get("dispatch-rights", fields="person,kind,ends_on,reason").json()["rows"]
    assert (right["person"]["label"], right["kind"], right["ends_on"], right["reason"]) == (
        "seller", "suspended", None, "一年内 2 次接单后不跟进",
    )  # fmt: skip
    late = lead(desk, "迟到厂")["id"]
    done(desk, f"leads/{late}/dispatch")
    assert now(desk, late) == ("desk", "unplaced")


def test_a_case_that_was_dismissed_does_not_count_and_the_day_itself_is_no_delay(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller)
    taken(desk, team.seller, 1, 7)
    assert LeadDispatch._base_manager.update(answered_at=timezone.now() - timedelta(7) + timedelta(minutes=1)) == 1
    assert (looked(), looked(1)) == (0, 1)
    done(team.manager, f"lead-neglects/{LeadNeglect.objects.get().pk}/dismiss", opinion="客户要求本月底再联系")
    taken(desk, team.seller, 1, 8)
    assert (looked(), LeadNeglect.objects.get(state="proposed").times, DispatchRight.objects.count()) == (1, 1, 0)


def test_many_cases_cost_as_many_questions_as_a_few(team: Team, desk: Api) -> None:
    rule(desk, "通用", team.seller)
    asked = []
    for many in (2, 20):
        taken(desk, team.seller, many, 8)
        with CaptureQueriesContext(connection) as queries:
            assert looked() == many
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_rights_number_is_data(team: Team, desk: Api) -> None:
    """Three days instead of seven, the first time instead of the second."""
    for key, value in (("lead_follow_up", "3"), ("lead_neglects", "1")):
        added(desk, "parameters", key=key, value=value, effective_on=timezone.localdate())
    rule(desk, "通用", team.seller)
    taken(desk, team.seller, 1, 4)
    assert looked() == 1
    done(team.manager, f"lead-neglects/{LeadNeglect.objects.get().pk}/confirm", opinion="属实")
    assert list(DispatchRight.objects.values_list("person__name", "kind")) == [("seller", "suspended")]
