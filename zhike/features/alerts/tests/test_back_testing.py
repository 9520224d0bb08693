"""回测: how often a rule would have raised an alarm, judged by what records said on each day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.features.alerts.back_testing import BACK_TEST, back_test
from zhike.features.alerts.objects.alert import Alert
from zhike.features.alerts.tests.conftest import House
from zhike.features.audit.models import Entry
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.kernel.query.relative import start_of
from zhike.kernel.registry import find
from zhike.kernel.writes import delete, update
from zhike.testing.kit import Api, make, make_user

pytestmark = pytest.mark.django_db


def deal(house: House, amount: str, name: str = "项目") -> Any:
    return make(find("opportunities"), {"name": name, "amount": amount}, actor=house.seller.person)


def back_tested(house: House, **given: Any) -> Any:
    body = {"collection": "opportunities", "period": "last_month"} | given
    answer = house.administrator.post("alert-rules/back-test", body)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def earlier(made: Any, **days: date) -> None:
    """What the history tells of a record happened on other days: {verb: day}."""
    for verb, day in days.items():
        entries = Entry.objects.filter(collection=made.spec.collection, record=made.pk, verb=verb)
        assert entries.update(at=start_of(day) + timedelta(hours=12)) > 0


@pytest.mark.covers("T-20", "T-47")
def test_a_back_test_says_how_often_it_would_have_raised_and_what_it_cannot_know(house: House) -> None:
    """Overdue from the day after its date on: three deals whose day was last month, one this month, one without."""
    first = timezone.localdate().replace(day=1)
    days = [first - timedelta(10), first - timedelta(5), first - timedelta(2), first + timedelta(40), None]
    for day in days:
        given = {"name": "项目", "amount": "100"} | ({"expected_on": day.isoformat()} if day else {})
        earlier(make(find("opportunities"), given, actor=house.seller.person), add=first - timedelta(90))
    overdue = {"field": "expected_on", "op": "lt", "value": {"days": 0}}
    definition = {"filter": overdue, "group": "id", "levels": [{"level": "red", "threshold": "1"}], "who": [{"by": "owner"}]}
    told_back = back_tested(house, definition=definition)
    assert (told_back["raised"], told_back["levels"]) == (3, [{"level": "red", "label": "红色·严重", "count": 3}])
    expected = [{"day": (day + timedelta(1)).isoformat(), "count": 1} for day in days[:3] if day]
    assert (told_back["days"], told_back["notes"]) == (expected, [])
    assert told_back["knows"] == "逐日按记录当天的内容判断：字段的旧值、后来删掉和当时还没有的记录，都从修改历史还原。"
    assert back_tested(house, definition=definition | {"filter": None})["raised"] == 0
    late = {"field": "updated_at", "op": "lt", "value": {"days": -7}}
    told_back = back_tested(house, definition=definition | {"filter": late})
    assert told_back["notes"] == ["销售机会更新时间不留旧值，按现在的判断"]
    assert Alert.objects.count() == 0
    assert (
        house.finance.post("alert-rules/back-test", {"collection": "opportunities", "definition": definition}).status_code == 403
    )


def test_a_back_test_judges_what_a_record_said_on_the_day_and_not_what_it_says_now(house: House) -> None:
    """Above 500 from the 4th on; from the 10th on another one, which is given away, made small again and gone by now."""
    last = timezone.localdate().replace(day=1) - timedelta(1)
    first, fourth, tenth, twentieth = (last.replace(day=n) for n in (1, 4, 10, 20))
    grown, gone, low, fresh = (deal(house, "100", name=name) for name in ("涨了", "删了", "一直小", "今天才建"))
    for made in (grown, gone, low):
        earlier(made, add=first - timedelta(60))
    update(fresh, {"amount": "900"}, actor=house.seller.person)
    update(grown, {"amount": "600"}, actor=house.seller.person)
    update(gone, {"amount": "700"}, actor=house.seller.person)
    earlier(grown, change=fourth)
    earlier(gone, change=tenth)
    update(gone, {"amount": "50"}, actor=house.seller.person)
    Entry.objects.filter(collection="opportunities", record=gone.pk, verb="change", old__amount=700).update(
        at=start_of(twentieth) + timedelta(hours=12)
    )
    delete(gone, actor=house.administrator.person)
    definition = {"group": "id", "measure": "sum:amount", "levels": [{"level": "red", "threshold": "500"}]}
    told_back = back_tested(house, definition=definition | {"who": [{"by": "owner"}]})
    assert told_back["days"] == [{"day": day.isoformat(), "count": 1} for day in (fourth, tenth)]
    assert [(e["label"], e["value"]) for e in told_back["examples"]] == [("涨了", "600"), ("删了", "700")]
    assert (told_back["now"], told_back["notes"]) == (2, [])
    assert [str(found.amount) for found in find("opportunities")._base_manager.order_by("pk")] == ["600.00", "100.00", "900.00"]
    # The whole month by owner: 300 until the 4th, then 800, 1400 from the 10th, 750 from the 20th.
    levels = [{"level": "yellow", "threshold": "800"}, {"level": "red", "threshold": "1400"}]
    sums = back_tested(house, definition={"group": "owner", "measure": "sum:amount", "levels": levels, "who": [{"by": "owner"}]})
    assert [(e["day"], e["level"], e["value"]) for e in sums["examples"]] == [
        (fourth.isoformat(), "yellow", "800"), (tenth.isoformat(), "red", "1400"),
    ]  # fmt: skip


def test_whoever_sees_her_own_only_learns_nothing_of_the_past_of_others(house: House) -> None:
    """The stranger's deal was hers last month; the seller's was always his own."""
    levels = [{"level": "red", "threshold": "500"}]
    definition = {"group": "id", "measure": "sum:amount", "levels": levels, "who": [{"by": "owner"}]}
    last = timezone.localdate().replace(day=1) - timedelta(1)
    writer = Api(make_user("writer", {"alert-rules": {"*": "all"}, "opportunities": {"view": "self", "change": "self"}}))
    given, own = deal(house, "900", name="转走的"), deal(house, "900", name="自己的")
    for made in (given, own):
        find("opportunities")._base_manager.filter(pk=made.pk).update(owner=writer.person.pk)
        earlier(made, add=last.replace(day=3))
        Entry.objects.filter(record=made.pk, verb="change").delete()
    find("opportunities")._base_manager.filter(pk=given.pk).update(owner=house.seller.person.pk)
    body = {"collection": "opportunities", "definition": definition, "period": "last_month"}
    told_back = writer.post("alert-rules/back-test", body).json()
    assert [(e["label"], e["day"]) for e in told_back["examples"]] == [("自己的", last.replace(day=3).isoformat())]
    assert told_back["knows"].endswith("只按您现在能看到的记录判断，后来删掉的不算。")


def test_over_many_records_a_back_test_is_a_job_that_counts_its_days(house: House, monkeypatch: Any) -> None:
    deal(house, "100")
    definition = {"group": "id", "levels": [{"level": "red", "threshold": "1"}], "who": [{"by": "owner"}]}
    body = {"collection": "opportunities", "definition": definition, "period": "last_7_days"}
    assert (told_at_once := house.administrator.post("alert-rules/back-test", body).json())["raised"] == 1
    monkeypatch.setattr("zhike.api.alerts.BACK_TEST", replace(BACK_TEST, at_once=0))
    bad = house.administrator.post("alert-rules/back-test", body | {"period": "never"})
    assert (bad.status_code, Job.objects.count()) == (422, 0)
    begun = house.administrator.post("alert-rules/back-test", body)
    assert (begun.status_code, begun.json()["state"], begun.json()["label"]) == (202, "waiting", "回测预警规则：销售机会")
    run_now(begun.json()["id"])
    shown = house.administrator.get(f"jobs/{begun.json()['id']}").json()
    assert (shown["state"], shown["result"]) == ("done", told_at_once)
    assert house.seller.get(f"jobs/{begun.json()['id']}").status_code == 404
    counted: list[tuple[int, int]] = []
    back_test("opportunities", definition, "last_7_days", actor=house.administrator.person, told=lambda *far: counted.append(far))
    assert counted == [(day, 7) for day in range(7)]


def test_lines_added_fields_and_what_a_record_refers_to_are_judged_as_they_were(house: House) -> None:
    """Until the 10th the customer was of class A, nine pieces stood on the deal, and the added field said 急."""
    last = timezone.localdate().replace(day=1) - timedelta(1)
    field = {"collection": "opportunities", "label": "缓急", "kind": "text"}
    name = house.administrator.post("extra-fields", field).json()["name"]
    customer = make(find("customers"), {"name": "甲公司", "level": "a"}, actor=house.seller.person)
    product = make(find("products"), {"name": "产品"}, actor=house.administrator.person)
    lines = [{"product": product.pk, "quantity": "9", "price": "1"}]
    given = {"name": "项目", "customer": customer.pk, "products": lines, name: "急"}
    made = make(find("opportunities"), given, actor=house.seller.person)
    Entry.objects.update(at=start_of(last.replace(day=1) - timedelta(60)))
    update(customer, {"level": "c"}, actor=house.seller.person)
    changed = {"products": [{"product": product.pk, "quantity": "2", "price": "1"}], name: "缓"}
    update(made, changed, actor=house.seller.person)
    Entry.objects.filter(at__gte=start_of(last)).update(at=start_of(last.replace(day=10)) + timedelta(hours=12))
    asked = [
        {"field": "customer.level", "op": "eq", "value": "a"}, {"field": "products.quantity", "op": "gte", "value": "5"},
        {"field": name, "op": "eq", "value": "急"},
    ]  # fmt: skip
    few = {"when": "below", "levels": [{"level": "red", "threshold": "0"}], "who": [{"by": "owner"}]}
    for condition in asked:
        told_back = back_tested(house, definition=few | {"filter": condition})
        assert told_back["days"] == [{"day": last.replace(day=10).isoformat(), "count": 1}], condition
    now = {"field": "products.quantity", "op": "lt", "value": "5"}
    assert back_tested(house, definition=few | {"filter": now})["raised"] == 0
