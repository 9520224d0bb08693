"""A customer that has bought for the first time: its data are filled in by customer service, and the salesperson sees to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.flows.complete_data import tick
from zhike.apps.sales.objects.data_completion import DataCompletion
from zhike.features.clocks.marks import last_day
from zhike.features.clocks.models import Clock
from zhike.features.clocks.sweep import sweep
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.org.objects.post import Post
from zhike.testing.kit import Api, make, make_department, make_user
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db
ASKED = [{"name": "信用代码", "field": "credit_code"}, {"name": "付款流程"}]
SERVING = {
    "customers": {"view": "self", "change": "self"}, "contacts": {"view": "self", "add": "self", "change": "self"},
    "data-completions": {"view": "self", "change": "self"},
}  # fmt: skip


@pytest.fixture
def server(team: Team) -> Api:
    """Customer service, in the post that the rule names."""
    post = make(Post, {"name": "客户服务专员"}, actor=System("test"))
    keeper = Api(make_user("keeper", Reach.ALL))
    rule = {"review": False, "first_come": False, "completer": post.pk, "complete_within": 10, "asked_for": ASKED}
    added(keeper, "registration-rules", name="登记", starts_on="2026-01-01", **rule)
    person = make_user("server", SERVING, make_department("客户服务部"))
    type(person).objects.filter(pk=person.pk).update(post=post)
    return Api(person)


def won(team: Team, customer: Any, name: str = "一期") -> Any:
    deal = added(team.seller, "opportunities", name=name, customer=customer["id"], amount="100000")
    return done(team.seller, f"opportunities/{deal['id']}/win")


def lists(api: Api) -> list[Any]:
    return list(api.get("data-completions").json()["rows"])


@pytest.mark.covers("V-21", "K-68")
def test_customer_service_fills_in_what_the_salesperson_sees_to_after_the_first_win(team: Team, server: Api) -> None:
    customer = added(team.seller, "customers", name="甲公司")
    path = f"customers/{customer['id']}"
    assert server.get(path).status_code == 404
    won(team, customer)

    [case] = lists(team.seller)
    assert (case["customer"]["label"], case["progress"], case["server"]["label"]) == ("甲公司", 0, "server")
    assert case["due_on"] == (timezone.localdate() + timedelta(10)).isoformat()
    opened = f"data-completions/{case['id']}"
    early = team.seller.post(f"{opened}/finish")
    assert (early.status_code, early.json()["message"]) == (409, "还没有补充：信用代码、付款流程")

    assert server.patch(path, {"credit_code": "91310115MA1K35J911"}).status_code == 200
    [code, process] = server.get(opened).json()["items"]
    assert (code["done"], process["done"], server.get(opened).json()["progress"]) == (True, False, 50)
    told = {"items": [code, {**process, "done": True, "content": "月底集中付款"}]}
    assert server.patch(opened, told).json()["progress"] == 100
    assert server.post(f"{opened}/finish").status_code in (403, 404)

    assert done(team.seller, f"{opened}/finish")["state"] == "done"
    assert server.get(path).status_code == 404


def test_a_field_of_the_customer_is_ticked_off_by_filling_it_in_and_by_nothing_else(team: Team, server: Api) -> None:
    won(team, added(team.seller, "customers", name="甲公司"))
    [case] = lists(team.seller)
    [code, process] = team.seller.get(f"data-completions/{case['id']}").json()["items"]
    claimed = team.seller.patch(f"data-completions/{case['id']}", {"items": [{**code, "done": True}, process]}).json()
    assert ([item["done"] for item in claimed["items"]], claimed["progress"]) == ([False, False], 0)


def test_only_the_first_win_of_a_customer_begins_a_list(team: Team, server: Api) -> None:
    customer = added(team.seller, "customers", name="甲公司")
    first = won(team, customer)
    won(team, customer, "二期")
    done(team.seller, f"opportunities/{first['id']}/reopen", to="negotiating")
    done(team.seller, f"opportunities/{first['id']}/win")
    assert len(lists(team.seller)) == 1


def test_another_colleague_takes_over_and_the_one_before_sees_the_customer_no_more(team: Team, server: Api) -> None:
    customer = added(team.seller, "customers", name="甲公司")
    won(team, customer)
    other = Api(make_user("other", SERVING))
    [case] = lists(team.seller)
    done(team.seller, f"data-completions/{case['id']}/assign", server=other.person.pk)
    path = f"customers/{customer['id']}"
    assert (server.get(path).status_code, other.get(path).status_code) == (404, 200)
    assert (lists(server), len(lists(other))) == ([], 1)


@pytest.mark.covers("K-68")
def test_both_hear_when_the_time_is_over(team: Team, server: Api) -> None:
    won(team, added(team.seller, "customers", name="甲公司"))
    later = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(11)
    sweep(later)
    for person in (team.seller, server):
        assert "“甲公司 资料补充”已到期，还没有补齐" in [n["text"] for n in person.get("notifications").json()["rows"]]


def runs_out() -> list[int]:
    """In how many days the lists that are open run out, by their customers."""
    clocks = Clock.objects.filter(kind="complete_data", state="running").order_by("record")
    return [(last_day(clock.due_at) - timezone.localdate()).days for clock in clocks]


def test_each_list_runs_out_on_its_own_day_and_on_another_when_it_is_put_off(team: Team, server: Api) -> None:
    customers = [added(team.seller, "customers", name=name)["id"] for name in ("甲公司", "乙公司", "丙公司")]
    due = [timezone.localdate() + timedelta(days) for days in (3, 5, 8)]
    items = [{"name": "付款流程", "field": "", "content": "", "done": False}]
    kept = {"owner": team.seller.person.pk, "department": team.seller.person.department_id, "items": items}
    rows = [{"customer": customer, "due_on": day, **kept} for customer, day in zip(customers, due, strict=True)]
    lists_ = create_many(DataCompletion, rows, actor=System("test"))
    assert runs_out() == [3, 5, 8]
    later = (timezone.localdate() + timedelta(20)).isoformat()
    assert team.seller.patch(f"data-completions/{lists_[0].pk}", {"due_on": later}).status_code == 200
    ids = [one.pk for one in lists_[1:]]
    assert team.seller.post("data-completions/bulk", {"ids": ids, "set": {"due_on": later}}).json()["done"] == 2
    assert runs_out() == [20, 20, 20]


def test_many_lists_cost_as_many_statements_as_few(team: Team, server: Api) -> None:
    def won_at_once(*names: str) -> int:
        customers = [added(team.seller, "customers", name=name)["id"] for name in names]
        ids = [added(team.seller, "opportunities", name="一期", customer=c, amount="1")["id"] for c in customers]
        with CaptureQueriesContext(connection) as queries:
            assert team.seller.post("opportunities/bulk", {"ids": ids, "action": "win"}).json()["done"] == len(ids)
        assert [server.get(f"customers/{c}").status_code for c in customers] == [200] * len(customers)
        return len(queries)

    won_at_once("恒泰机械", "启明电子")
    assert won_at_once("海川物流", "江南造纸") == won_at_once(
        "天成食品", "华光仪表", "西部钢铁", "东方纺织", "北辰医药", "南湖科技"
    )
    heard = [n["text"] for n in server.get("notifications").json()["rows"] if "海川物流" in n["text"]]
    assert heard == ["seller把客户“海川物流”共享给了您"]


def test_many_lists_change_hands_and_are_ticked_off_in_as_many_statements_as_few(team: Team, server: Api) -> None:
    other = Api(make_user("other", SERVING))
    asked: dict[str, list[int]] = {"assign": [], "tick": []}
    for names in (("恒泰机械", "启明电子"), ("天成食品", "华光仪表", "西部钢铁", "东方纺织", "北辰医药")):
        customers = [added(team.seller, "customers", name=name)["id"] for name in names]
        for customer in customers:
            won(team, {"id": customer})
        ids = list(DataCompletion.objects.filter(customer__in=customers).values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as assigning:
            bulk = team.seller.post(
                "data-completions/bulk", {"ids": ids, "action": "assign", "input": {"server": other.person.pk}}
            )
        with CaptureQueriesContext(connection) as ticking:
            tick(list(Customer.objects.filter(pk__in=customers)), System("test"))
            Customer.objects.filter(pk__in=customers).update(credit_code="91310115MA1K35J911")
            tick(list(Customer.objects.filter(pk__in=customers)), System("test"))
        assert bulk.json()["done"] == len(ids)
        seen = [(api.get(f"customers/{c}").status_code) for api in (server, other) for c in customers]
        assert seen == [404] * len(ids) + [200] * len(ids)
        assert set(DataCompletion.objects.filter(pk__in=ids).values_list("progress", flat=True)) == {50}
        asked["assign"].append(len(assigning))
        asked["tick"].append(len(ticking))
    assert asked["assign"][0] == asked["assign"][1]
    assert asked["tick"][0] == asked["tick"][1]


def test_a_customer_stays_open_to_her_while_another_list_of_hers_is(team: Team, server: Api) -> None:
    customer = added(team.seller, "customers", name="甲公司")
    won(team, customer)
    second = {"customer": customer["id"], "items": [{"name": "验收流程", "done": True}]}
    again = added(team.seller, "data-completions", **second)["id"]
    done(team.seller, f"data-completions/{again}/assign", server=server.person.pk)
    done(team.seller, f"data-completions/{again}/finish")
    assert server.get(f"customers/{customer['id']}").status_code == 200
