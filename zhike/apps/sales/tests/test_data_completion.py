"""A customer that has bought for the first time: its data are filled in by customer service, and the salesperson sees to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.features.clocks.sweep import sweep
from zhike.kernel.reach import Reach
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


@pytest.mark.covers("V-21")
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


def test_both_hear_when_the_time_is_over(team: Team, server: Api) -> None:
    won(team, added(team.seller, "customers", name="甲公司"))
    later = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(11)
    sweep(later)
    for person in (team.seller, server):
        assert "“甲公司 资料补充”已到期，还没有补齐" in [n["text"] for n in person.get("notifications").json()["rows"]]
