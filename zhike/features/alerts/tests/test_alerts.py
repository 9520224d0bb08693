"""预警: an indicator against thresholds; raised once, again when it gets worse, cleared when it is over, handled by its owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.features.alerts.back_testing import BACK_TEST, back_test
from zhike.features.alerts.objects.alert import Alert
from zhike.features.alerts.objects.alert_rule import AlertRule
from zhike.features.alerts.raising import start_checks, watch
from zhike.features.alerts.tests.conftest import House, Write, check, grant, inbox
from zhike.features.approval.tests.conftest import told
from zhike.features.audit.models import Entry
from zhike.features.channels.objects.delivery import Delivery
from zhike.features.clocks import sweep
from zhike.features.clocks.models import Clock
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.kernel.query.relative import start_of
from zhike.kernel.registry import find
from zhike.kernel.writes import delete, update
from zhike.org.tokens import issue
from zhike.testing.kit import Api, make, make_user
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db
TWO_LEVELS = [{"level": "yellow", "threshold": "100000"}, {"level": "red", "threshold": "500000"}]


def deal(house: House, amount: str, api: Any = None, name: str = "项目") -> Any:
    return make(find("opportunities"), {"name": name, "amount": amount}, actor=(api or house.seller).person)


@pytest.mark.covers("T-20", "T-33", "T-47")
def test_each_record_above_a_threshold_is_raised_to_its_owner_at_the_worst_level_it_has_reached(
    house: House, rule: Write
) -> None:
    """99,999.99 is nothing, 100,000 is yellow, 500,000 is red: the limit itself counts."""
    watched = rule("opportunities", name="大额机会", group="id", measure="sum:amount", levels=TWO_LEVELS, advice="三天内复核")
    made = [deal(house, amount, name=f"项目{amount}") for amount in ("99999.99", "100000", "499999.99", "500000")]
    assert check(watched) == (3, 0, 0)
    assert inbox(house.seller) == [
        ("红色预警：大额机会，项目500000，当前 500000，阈值 500000", "red", "raised"),
        ("黄色预警：大额机会，项目100000，当前 100000，阈值 100000", "yellow", "raised"),
        ("黄色预警：大额机会，项目499999.99，当前 499999.99，阈值 100000", "yellow", "raised"),
    ]
    assert inbox(house.peer) == []
    read = house.seller.get("alerts", filter={"field": "level", "op": "eq", "value": "red"}).json()["rows"][0]
    whole = house.seller.get(f"alerts/{read['id']}").json()
    assert (whole["collection"], whole["record"], whole["advice"]) == ("opportunities", made[3].pk, "三天内复核")
    assert told(house.seller)[0].startswith("黄色预警：大额机会，项目499999.99")
    assert check(watched) == (0, 0, 0)  # what stands is not raised again


@pytest.mark.covers("V-44")
@pytest.mark.parametrize("group", ["id", "customer", ""])
def test_no_figure_of_unapproved_prices_goes_out_by_mail_or_channel(house: House, rule: Write, group: str) -> None:
    """Nor the sum of a customer or of the company in which one is counted; inside everybody reads it."""
    product = added(house.administrator, "products", name="数据中台", list_price="100000")["id"]
    customer = added(house.seller, "customers", name="甲公司")["id"]
    added(house.seller, "quotes", customer=customer, items=[{"product": product, "price": "45010.05"}])
    robot = added(house.administrator, "channels", name="群", sort="dingtalk")["id"]
    program = Api()
    program.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {issue(house.head.person, '对接')}"
    who = [{"by": "person", "person": house.head.person.pk}]
    watched = rule("quotes", name="大额报价", group=group, measure="sum:amount", who=who, mail=True, channels=[robot])
    went = []
    for state in ("draft", "approved"):
        find("quotes")._base_manager.update(state=state)
        Alert._base_manager.all().delete()
        assert check(watched) == (1, 0, 0)
        letter = Job.objects.filter(kind="notice_mail").latest("pk").arguments["texts"][str(house.head.person.pk)]
        went.append(("45010.05" in letter, "45010.05" in str(list(Delivery.objects.values_list("body", flat=True)))))
        assert "45010.05" in told(house.head)[0]
        rows = program.get("alerts").json()["rows"], program.get("notifications").json()["rows"][:1]
        assert ["45010.05" in str(told_of) for told_of in rows] == [state == "approved"] * 2
    assert went == [(False, False), (True, True)]


def test_it_gets_worse_milder_and_is_over(house: House, rule: Write) -> None:
    watched = rule("opportunities", group="id", measure="sum:amount", levels=TWO_LEVELS)
    one = deal(house, "100000")
    rows = find("opportunities")._base_manager.filter(pk=one.pk)
    steps = []
    for amount in ("100000", "200000", "500000", "150000", "99999.99"):
        rows.update(amount=amount)
        steps.append((check(watched), [state for *_, state in inbox(house.seller)]))
    assert steps == [
        ((1, 0, 0), ["raised"]), ((0, 1, 0), ["raised"]), ((1, 0, 0), ["cleared", "raised"]),
        ((0, 1, 0), ["cleared", "raised"]), ((0, 0, 1), ["cleared", "cleared"]),
    ]  # fmt: skip
    assert [level for _, level, _ in inbox(house.seller)] == ["yellow", "yellow"]


@pytest.mark.covers("T-33")
def test_it_is_acknowledged_and_handled_and_not_raised_again_while_it_stands(house: House, rule: Write) -> None:
    watched = rule("opportunities", group="id", measure="sum:amount", levels=TWO_LEVELS)
    one = deal(house, "100000")
    check(watched)
    path = f"alerts/{Alert.objects.get().pk}"
    assert done(house.seller, f"{path}/acknowledge")["state"] == "acknowledged"
    silent = house.seller.post(f"{path}/handle")
    assert (silent.status_code, silent.json()["fields"], Alert.objects.get().state) == (422, {"result": "必填"}, "acknowledged")
    handled = done(house.seller, f"{path}/handle", result="已与客户核对金额")
    assert (handled["state"], handled["result"], handled["handled_at"] is not None) == ("handled", "已与客户核对金额", True)
    assert house.peer.post(f"{path}/handle", {"result": "x"}).status_code == 404
    assert check(watched) == (0, 0, 0)
    rows = find("opportunities")._base_manager.filter(pk=one.pk)
    rows.update(amount="1")
    assert check(watched) == (0, 0, 1)
    rows.update(amount="100000")
    assert (check(watched), [s for *_, s in inbox(house.seller)]) == ((1, 0, 0), ["handled", "raised"])


@pytest.mark.covers("T-33")
def test_it_is_handed_up_by_hand_and_by_the_clock_and_stays_at_the_top(house: House, rule: Write) -> None:
    limit = {"amount": 2, "unit": "hour"}
    watched = rule("opportunities", group="id", measure="sum:amount", levels=TWO_LEVELS, limit=limit)
    grant(house, house.president, {"grants": {"opportunities": {"view": "all"}, "alerts": {"*": "all"}}})
    deal(house, "500000")
    check(watched)
    alert = Alert.objects.get()
    up = house.seller.post(f"alerts/{alert.pk}/escalate", {"reason": "超出我的权限"})
    assert up.status_code == 200
    assert house.seller.get(f"alerts/{alert.pk}").status_code == 404
    assert told(house.head)[0] == "seller把预警“红色预警：规则，项目，当前 500000，阈值 500000”交给了您"
    [clock] = Clock.objects.filter(kind="alert", state="running")
    sweep.sweep(clock.due_at)
    alert.refresh_from_db()
    assert (alert.owner.name, alert.escalations, alert.state) == ("president", 2, "raised")
    assert (alert.note, told(house.head)[0][-8:]) == ("超出我的权限\n超过处理时限", "（超过处理时限）")
    [clock] = Clock.objects.filter(kind="alert", state="running")
    sweep.sweep(clock.due_at)
    alert.refresh_from_db()
    assert (alert.owner.name, alert.escalations) == ("president", 2)
    assert told(house.president)[0].startswith("预警超过处理时限：")


def test_handled_in_time_no_clock_runs(house: House, rule: Write) -> None:
    watched = rule("opportunities", group="id", measure="sum:amount", levels=TWO_LEVELS, limit={"amount": 1, "unit": "workday"})
    deal(house, "500000")
    check(watched)
    done(house.seller, f"alerts/{Alert.objects.get().pk}/handle", result="好")
    assert list(Clock.objects.values_list("kind", "state")) == [("alert", "stopped")]


def test_an_indicator_is_reckoned_for_each_owner_department_reference_or_the_whole(house: House, rule: Write) -> None:
    customer = added(house.seller, "customers", name="甲公司")
    for api, amount in ((house.seller, "300"), (house.seller, "200"), (house.peer, "100")):
        made = deal(house, amount, api)
        find("opportunities")._base_manager.filter(pk=made.pk).update(customer=customer["id"])
    who = [{"by": "person", "person": house.administrator.person.pk}]
    for group, threshold in (("owner", "500"), ("department", "600"), ("customer", "600"), ("", "600")):
        levels = [{"level": "orange", "threshold": threshold}]
        watched = rule("opportunities", name=group or "总额", group=group, measure="sum:amount", levels=levels, who=who)
        assert check(watched) == (1, 0, 0)
    assert [(a.name, a.collection) for a in Alert.objects.order_by("pk")] == [
        ("橙色预警：owner，seller，当前 500，阈值 500", "people"),
        ("橙色预警：department，销售部，当前 600，阈值 600", "departments"),
        ("橙色预警：customer，甲公司，当前 600，阈值 600", "customers"), ("橙色预警：总额，全公司，当前 600，阈值 600", ""),
    ]  # fmt: skip
    assert set(Alert.objects.values_list("owner__name", flat=True)) == {"administrator"}


def test_too_little_is_alarming_as_well_and_the_filter_decides_what_counts(house: House, rule: Write) -> None:
    levels = [{"level": "yellow", "threshold": "2"}, {"level": "red", "threshold": "1"}]
    big = {"field": "amount", "op": "gte", "value": "100"}
    watched = rule("opportunities", group="owner", when="below", levels=levels, filter=big)
    for api, amount in ((house.seller, "100"), (house.seller, "99"), (house.peer, "200"), (house.peer, "300")):
        deal(house, amount, api)
    assert check(watched) == (2, 0, 0)
    assert [(a.owner.name, a.level, a.value) for a in Alert.objects.order_by("pk")] == [
        ("seller", "red", 1),
        ("peer", "yellow", 2),
    ]


@pytest.mark.covers("T-25")
def test_a_director_moves_the_threshold_for_her_own_within_what_the_company_allows(house: House, rule: Write) -> None:
    levels = [{"level": "yellow", "threshold": "1000", "least": "500", "most": "2000"}, {"level": "red", "threshold": "5000"}]
    watched = rule("opportunities", group="id", measure="sum:amount", levels=levels)
    tried = [
        house.head.post("alert-limits", {"rule": watched["id"], "level": "yellow", "threshold": t}) for t in ("499.99", "2000.01")
    ]
    assert [t.json()["fields"] for t in tried] == [{"threshold": "应在公司规定的 500 与 2000 之间"}] * 2
    closed = house.head.post("alert-limits", {"rule": watched["id"], "level": "red", "threshold": "4000"})
    assert closed.json()["fields"] == {"threshold": "公司没有允许各部门调整这一级的阈值"}
    added(house.head, "alert-limits", rule=watched["id"], level="yellow", threshold="600")
    for api, amount in ((house.seller, "599.99"), (house.seller, "600"), (house.stranger, "999.99"), (house.stranger, "1000")):
        deal(house, amount, api)
    assert check(watched) == (2, 0, 0)
    assert [(a.owner.name, a.value, a.threshold) for a in Alert.objects.order_by("pk")] == [
        ("seller", 600, 600), ("stranger", 1000, 1000),
    ]  # fmt: skip


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


def test_a_check_costs_no_more_statements_for_many_than_for_few(house: House, rule: Write) -> None:
    watched = rule("opportunities", group="id", measure="sum:amount", levels=TWO_LEVELS)
    row = AlertRule.objects.get(pk=watched["id"])
    deal(house, "500000")
    watch(row)
    few, many = (statements(house, row, count) for count in (2, 20))
    assert many <= few + 1


def statements(house: House, row: Any, count: int) -> int:
    for _ in range(count):
        deal(house, "500000")
    with CaptureQueriesContext(connection) as queries:
        assert watch(row)["raised"] == count
    return len(queries)


@pytest.mark.covers("T-20", "T-47")
def test_each_rule_is_checked_in_its_rhythm_and_only_while_it_is_on(house: House, rule: Write, monkeypatch: Any) -> None:
    rule("opportunities", name="每小时", rhythm="hour")
    off = rule("opportunities", name="每天", rhythm="day")
    now = timezone.localtime().replace(hour=9, minute=5)
    labels = []
    for moment in (now, now.replace(minute=45), now.replace(hour=10), now + timedelta(1)):
        monkeypatch.setattr(timezone, "localtime", lambda *_, at=moment: at)
        before = set(Job.objects.values_list("pk", flat=True))
        start_checks()
        labels.append(list(Job.objects.exclude(pk__in=before).order_by("pk").values_list("label", flat=True)))
    assert labels == [["检查预警“每小时”", "检查预警“每天”"], [], ["检查预警“每小时”"], ["检查预警“每小时”", "检查预警“每天”"]]
    house.administrator.patch(f"alert-rules/{off['id']}", {"is_active": False})
    monkeypatch.setattr(timezone, "localtime", lambda *_: now + timedelta(2))
    start_checks()
    assert Job.objects.order_by("-pk").values_list("label", flat=True)[0] == "检查预警“每小时”"
