"""预警: an indicator against thresholds; raised once, again when it gets worse, cleared when it is over, handled by its owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.features.alerts.objects.alert import Alert
from zhike.features.alerts.objects.alert_rule import AlertRule
from zhike.features.alerts.raising import start_checks, watch
from zhike.features.alerts.tests.conftest import House, Write, check, grant, inbox
from zhike.features.approval.tests.conftest import told
from zhike.features.channels.objects.delivery import Delivery
from zhike.features.clocks import sweep
from zhike.features.clocks.models import Clock
from zhike.features.jobs.models import Job
from zhike.kernel.registry import find
from zhike.org.tokens import issue
from zhike.testing.kit import Api, make
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
        ("红色预警：大额机会，项目500000，当前 500,000，阈值 500,000", "red", "raised"),
        ("黄色预警：大额机会，项目100000，当前 100,000，阈值 100,000", "yellow", "raised"),
        ("黄色预警：大额机会，项目499999.99，当前 499,999.99，阈值 100,000", "yellow", "raised"),
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

    def figure(words: Any) -> bool:
        return any(written in str(words if isinstance(words, str) else list(words)) for written in ("45010.05", "45,010.05"))

    for state in ("draft", "approved"):
        find("quotes")._base_manager.update(state=state)
        Alert._base_manager.all().delete()
        assert check(watched) == (1, 0, 0)
        letter = Job.objects.filter(kind="notice_mail").latest("pk").arguments["texts"][str(house.head.person.pk)]
        went.append((figure(letter), figure(Delivery.objects.values_list("body", flat=True))))
        assert figure(told(house.head)[0])
        rows = program.get("alerts").json()["rows"], program.get("notifications").json()["rows"][:1]
        assert [figure(told_of) for told_of in rows] == [state == "approved"] * 2
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
    assert told(house.head)[0] == "seller把预警“红色预警：规则，项目，当前 500,000，阈值 500,000”交给了您"
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
