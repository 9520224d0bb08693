"""演示公司: it looks lived in, and each of its people sees what her role lets her see."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from zhike.features.alerts.raising import watch
from zhike.features.approval.models import Request
from zhike.features.clocks.models import Clock
from zhike.features.notify.models import Notification
from zhike.features.packs import Account, seed_demo
from zhike.kernel.registry import find, objects
from zhike.org.objects.person import Person
from zhike.testing.kit import Api

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Account]]:
    """Told once for all tests of this file, and forgotten with them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed_demo("company")
        transaction.set_rollback(True)


def count(collection: str, **wanted: Any) -> int:
    return int(find(collection)._base_manager.filter(**wanted).count())


def signed_in(username: str) -> Api:
    return Api(Person.objects.acting().get(username=username))


def test_the_demo_company_is_believable(demo: list[Account]) -> None:
    sizes = {c: count(c) for c in ("customers", "contacts", "interactions", "opportunities", "leads", "products")}
    assert sizes == {
        "customers": 400, "contacts": 700, "interactions": 4000, "opportunities": 300, "leads": 260, "products": 18,
    }  # fmt: skip
    assert count("customers", incomplete=True) == count("opportunities", incomplete=True) == 0
    stages = set(find("opportunities")._base_manager.values_list("stage", flat=True))
    assert stages == {"prospecting", "engaging", "proposal", "negotiating", "won", "lost"}
    assert count("interactions", happened_at__gt=timezone.now()) == 0
    assert count("opportunities", stage="won", closed_on__gt=timezone.localdate()) == 0
    assert count("tasks", state="open") > 60


def test_its_year_is_a_steady_one(demo: list[Account]) -> None:
    """Neither enquiries, deals, follow-ups nor what is signed bunch up before today: no month brings four times another."""
    first = timezone.localdate().replace(day=1)
    months = {str(first - timedelta(days=20 + 30 * back))[:7] for back in range(9)}
    dated = {"leads": "created_at", "opportunities": "created_at", "interactions": "happened_at", "contracts": "created_at"}
    for collection, field in dated.items():
        moments = find(collection)._base_manager.values_list(field, flat=True)
        counted = Counter(str(moment)[:7] for moment in moments)
        assert max(counted[m] for m in months) <= 4 * min(counted[m] for m in months), (collection, counted)
    assert not find("leads")._base_manager.filter(converted_at__lt=F("created_at")).exists()


def test_its_rules_are_at_work(demo: list[Account]) -> None:
    """The alerts are raised by the first check, which a worker makes as soon as the company is there."""
    assert count("automations", is_active=True) == 2
    rules = find("alert-rules")._base_manager.filter(is_active=True).order_by("pk")
    with transaction.atomic():
        assert [0 < watch(rule)["raised"] <= 60 for rule in rules] == [True, True]
        transaction.set_rollback(True)


def test_something_waits_for_everybody_who_must_agree(demo: list[Account]) -> None:
    """Managers, the assistant of a department, sales management and the president; nobody has waited since tomorrow."""
    waiting = {name: signed_in(name).get("approvals").json() for name in ("linmanager", "songassistant", "xusm", "zhouboss")}
    assert {name: inbox["waiting"] > 0 for name, inbox in waiting.items()} == dict.fromkeys(waiting, True)
    kinds = {name: {row["collection"] for row in inbox["rows"]} for name, inbox in waiting.items()}
    assert kinds["songassistant"] == {"customers"}
    assert kinds["xusm"] >= {"contracts", "expense-claims"}
    assert max(row["created_at"] for inbox in waiting.values() for row in inbox["rows"]) <= timezone.now().isoformat()
    renamed = waiting["songassistant"]["rows"][0]
    assert [change["label"] for change in renamed["changes"]] == ["登记名称"]
    reviewed = next(row for row in waiting["xusm"]["rows"] if row["collection"] == "contracts")
    assert [(c["label"], c["new"]) for c in reviewed["changes"]] == [("状态", "审查通过")]  # when it will be agreed nobody knows
    assert count("quotes", state="submitted", needed="总裁助理") == 2


def test_what_is_asked_of_company_departments_people_and_products_is_told_in_three_steps(demo: list[Account]) -> None:
    targets = find("sales-targets")._base_manager
    whose = {n: targets.filter(**{f"{n}__isnull": False}).count() for n in ("team", "person", "product")}
    assert (whose["product"], whose["team"] >= 10, whose["person"] >= 30) == (4, True, True)
    assert targets.filter(person=None, team=None, product=None).count() == 5
    assert all(t.base < t.stretch < t.challenge and t.ends_on.year == timezone.localdate().year for t in targets.all())
    mine = signed_in("wangsales").get("sales-targets", fields="name,base,actual").json()["rows"]
    assert len(mine) == 2


def test_orders_are_executed_step_by_step_and_payments_wait_for_their_milestones(demo: list[Account]) -> None:
    assert set(find("orders")._base_manager.values_list("state", flat=True)) == {
        "reviewing", "confirmed", "executing", "completed",
    }  # fmt: skip
    running, done = (find("execution-orders")._base_manager.filter(state=state) for state in ("running", "done"))
    assert running.count() > 5 < done.count()
    milestones = find("milestones")._base_manager
    assert milestones.count() == 5 * count("execution-orders")
    assert not milestones.filter(execution_order__in=done.values("pk")).exclude(state="reached").exists()
    assert milestones.filter(state="open").exists()
    tied = find("receivables")._base_manager.filter(milestone__state="reached").select_related("milestone")
    assert {owed.due_on - owed.milestone.reached_on for owed in tied} == {timedelta(0)}


def test_some_customers_have_been_neglected_and_some_are_in_the_pool(demo: list[Account]) -> None:
    assert 10 < count("customers", in_pool=True) < 20
    assert count("pool-entries", state="waiting") == count("customers", in_pool=True)
    assert (count("pool-entries", state="claimed"), count("pool-entries", state="undone")) == (7, 1)
    quiet = {mark: count("customers", quiet=mark) for mark in ("first", "last")}
    assert min(quiet.values()) > 3
    assert count("customers", release_on__lt=timezone.localdate()) == 0
    assert count("customers", registration="pending") == 9


def test_money_is_owed_of_every_age_and_some_of_it_was_promised(demo: list[Account]) -> None:
    ages = set(find("receivables")._base_manager.values_list("ageing", flat=True))
    assert ages == {"", "d30", "d60", "d90", "over"}
    assert set(find("dunnings")._base_manager.values_list("outcome", flat=True)) >= {"waiting", "broken"}
    assert count("arbitrations", state="open") == 1


def test_some_customers_were_entered_twice_and_wait_to_be_merged(demo: list[Account]) -> None:
    groups = signed_in("admin").get("customers/duplicate-groups").json()["rows"]
    assert len(groups) >= 4
    assert {reason for group in groups for reason in group["reasons"]} >= {"名称相近", "电话相同"}
    assert {len(group["records"]) for group in groups} == {2}


def test_the_review_of_last_years_contracts_can_be_simulated(demo: list[Account]) -> None:
    """Each contract was submitted in its day; which way it would go is told by its price and its text."""
    rules = find("approval-policies")._base_manager.get(name="合同审查会签").definition
    year = {"from": str(timezone.localdate() - timedelta(days=400)), "to": str(timezone.localdate())}
    asked = {"collection": "contracts", "verb": "submit", "definition": rules, "period": year}
    told = signed_in("admin").post("approval-policies/simulate", asked).json()
    assert told["deeds"] == count("contracts") - count("contracts", state="draft")
    agreed = find("contracts")._base_manager.filter(route="countersign").exclude(state="draft")
    assert (told["held"], told["free"]) == (agreed.count(), 0)
    assert [way["steps"] for way in told["routes"]] == [["销售管理部经理初步意见", "会签"]]
    assert told["held"] > 0


def test_last_month_can_be_looked_back_upon(demo: list[Account]) -> None:
    """Deals were still open then that are won or lost by now, and money was owed that has come in since."""
    open_stages = ["prospecting", "engaging", "proposal", "negotiating"]
    still_open = {
        "and": [{"field": "stage", "op": "in", "value": open_stages}, {"field": "amount", "op": "gte", "value": "100000"}]
    }
    owing = {"and": [{"field": "due_on", "op": "lt", "value": {"days": 0}}, {"field": "outstanding", "op": "gt", "value": "0"}]}
    for collection, condition in (("opportunities", still_open), ("receivables", owing)):
        levels = [{"level": "red", "threshold": "1"}]
        rules = {"filter": condition, "group": "id", "levels": levels, "who": [{"by": "owner"}]}
        asked = {"collection": collection, "definition": rules, "period": "last_month"}
        told = signed_in("admin").post("alert-rules/back-test", asked).json()
        assert (told["notes"], len(told["days"]) > 3) == ([], True)
        assert 3 <= told["raised"] < count(collection) / 4


def test_the_rules_of_the_company_would_have_raised_some_alarms_last_month(demo: list[Account]) -> None:
    for rule in find("alert-rules")._base_manager.filter(is_active=True):
        asked = {"collection": rule.collection, "definition": json.loads(rule.definition), "period": "last_month"}
        assert 0 < signed_in("admin").post("alert-rules/back-test", asked).json()["raised"] < 60, rule


def test_an_order_of_a_customer_beyond_its_credit_waits_for_a_reason(demo: list[Account]) -> None:
    waiting = find("orders")._base_manager.filter(state="reviewing", customer__credit_limit__isnull=False)
    told = [signed_in("fangbusiness").post(f"orders/{order.pk}/confirm", {}).json() for order in waiting]
    assert any(answer.get("fields") == {"credit_reason": "必填"} for answer in told)


def test_what_waits_for_agreement_was_told_and_has_run_since_it_was_asked_for(demo: list[Account]) -> None:
    """Claims have been waiting for days, and so have the notices and the clocks of their steps."""
    today = timezone.now() - timedelta(hours=1)
    requests = Request.objects.filter(state="pending")
    assert requests.filter(created_at__lt=today).count() > requests.count() / 2
    clocks = Clock.objects.filter(kind="approval", state__in=("running", "over"))
    assert clocks.count() == clocks.filter(started_at__lt=today).count() > 0
    notices = Notification.objects.filter(text__contains="的申请等待您审批")
    assert notices.filter(at__lt=today).count() > notices.count() / 2


def test_a_second_start_writes_nothing(demo: list[Account]) -> None:
    before = {c: list(m._base_manager.order_by("pk").values_list("pk", "version")) for c, m in objects().items()}
    assert seed_demo("company") == demo
    assert {c: list(m._base_manager.order_by("pk").values_list("pk", "version")) for c, m in objects().items()} == before


def test_each_sign_in_that_is_shown_works(demo: list[Account]) -> None:
    assert [a.role for a in demo] == [
        "管理员", "高管", "高管", "销售管理部", "部门经理", "部门助理", "销售", "市场人员", "商务经理",
        "商务助理", "财务", "客户服务", "售前支持",
    ]  # fmt: skip
    for account in demo:
        answer = Api().post("session", {"username": account.username, "password": account.password})
        assert (answer.status_code, answer.json()["name"]) == (200, account.name)


@pytest.mark.covers("V-01")
def test_the_company_has_every_kind_of_department_and_everybody_is_in_one(demo: list[Account]) -> None:
    kinds = set(find("departments")._base_manager.values_list("kind", flat=True))
    assert kinds == {"headquarters", "functional", "sales", "branch", "affiliate", "agent"}
    assert count("people", department=None) == 0


def test_each_role_sees_as_far_as_it_should(demo: list[Account]) -> None:
    seen = {
        name: signed_in(name).get("customers", total=1, limit=1).json()["total"]["count"]
        for name in ("wangsales", "songassistant", "linmanager", "xusm", "zhouboss", "admin")
    }
    own = find("customers")._base_manager
    assert seen == {
        "wangsales": own.filter(owner__username="wangsales").count(),
        "songassistant": own.filter(department__code="SH").count(),
        "linmanager": own.filter(department__code__in=("EAST", "SH", "HZ", "NJ")).count(),
        "xusm": 400, "zhouboss": 400, "admin": 400,
    }  # fmt: skip
    assert 0 < seen["wangsales"] < seen["songassistant"] < seen["linmanager"] < 400


def test_an_executive_reads_everything_and_changes_nothing_of_others(demo: list[Account]) -> None:
    boss = signed_in("zhouboss")
    deal = find("opportunities")._base_manager.filter(stage="proposal").first()
    assert boss.get(f"opportunities/{deal.pk}").status_code == 200
    assert boss.patch(f"opportunities/{deal.pk}", {"amount": "1"}).status_code == 404
    assert boss.post(f"opportunities/{deal.pk}/win").status_code == 404
    assert boss.post("opportunities", {"name": "x", "customer": deal.customer_id}).status_code == 403
    assert find("opportunities")._base_manager.get(pk=deal.pk).version == deal.version


def test_an_assistant_completes_a_deal_but_does_not_close_it(demo: list[Account]) -> None:
    assistant = signed_in("songassistant")
    deal = find("opportunities")._base_manager.filter(department__code="SH", stage="proposal").first()
    assert assistant.patch(f"opportunities/{deal.pk}", {"needs": "补充"}).status_code == 200
    assert assistant.post(f"opportunities/{deal.pk}/win").status_code == 404
    assert find("opportunities")._base_manager.get(pk=deal.pk).stage == "proposal"


@pytest.mark.covers("V-26")
def test_direct_customers_agents_and_their_end_customers_are_three_views_with_owners_of_their_own(demo: list[Account]) -> None:
    names = ("直销客户", "代理商", "代理终端客户", "直销商机", "代理商机", "代理终端商机")
    found = find("saved-views")._base_manager.filter(name__in=names)
    views = {view.name: (view.collection, json.loads(parse_qs(view.query)["filter"][0])) for view in found}

    def seen(username: str) -> list[int]:
        api = signed_in(username)
        asked = (views[name] for name in names)
        return [api.get(c, filter=tree, total=1, limit=1).json()["total"]["count"] for c, tree in asked]

    everybody, channel, agency, direct = (seen(name) for name in ("zhouboss", "youxin", "yuwh", "linmanager"))
    assert (sum(everybody[:3]), sum(everybody[3:])) == (400, 260)
    assert 0 not in everybody
    assert everybody[1] == channel[1] == count("customers", channel="agent")
    assert (channel[0], agency[0], agency[1], agency[3]) == (0, 0, 0, 0)
    assert agency[2] == count("customers", department__kind="agent") > 0
    east = {"department__code__in": ("EAST", "SH", "HZ", "NJ")}
    assert direct == [count("customers", **east), 0, 0, count("leads", **east), 0, 0]


@pytest.mark.covers("V-39")
def test_every_warning_has_a_view_of_its_own_and_its_colour(demo: list[Account]) -> None:
    seller = signed_in("wangsales")
    of_customers = {"field": "collection", "op": "eq", "value": "customers"}
    rows = seller.get("saved-views", filter=of_customers, fields="name,query").json()["rows"]
    views = {row["name"]: parse_qs(row["query"]) for row in rows}
    assert views.keys() >= {"30天未联系", "60天未联系", "待审核客户", "公共池客户"}
    assert {name: json.loads(views[name]["rules"][0])[0]["tint"] for name in ("30天未联系", "60天未联系")} == {
        "30天未联系": "gold", "60天未联系": "red",
    }  # fmt: skip
    answers = [seller.get("customers", filter=json.loads(view["filter"][0])) for view in views.values()]
    assert [answer.status_code for answer in answers] == [200] * len(views)
