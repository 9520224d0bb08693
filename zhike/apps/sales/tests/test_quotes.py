"""报价: lines from price books, exact totals, approval by authority, versions, and nothing leaves before it is approved."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.objects.quote import Quote
from zhike.apps.sales.tasks import expire_quotes
from zhike.features.clocks import sweep
from zhike.kernel.query.relative import start_of
from zhike.kernel.reach import Reach
from zhike.org.objects.person import Person
from zhike.org.objects.post import Post
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done

TODAY = timezone.localdate()


def holding(name: str, post: str) -> Api:
    """Somebody who may do everything and holds this post."""
    person = make_user(name, Reach.ALL)
    Person.objects.filter(pk=person.pk).update(post=Post.objects.get(name=post))
    return Api(Person.objects.acting().get(pk=person.pk))


@pytest.fixture
def house(ready_made: None) -> dict[str, Api]:
    posts = {"manager": "销售部门经理", "assistant": "总裁助理", "president": "总裁"}
    return {name: holding(f"the-{name}", post) for name, post in posts.items()}


@pytest.fixture
def product(team: Team) -> int:
    return added(team.manager, "products", name="数据中台", list_price="100000")["id"]


@pytest.fixture
def customer(team: Team) -> int:
    made = added(team.seller, "customers", name="上海恒泰机械制造有限公司")["id"]
    added(team.seller, "interactions", channel="visit", content="到现场交流需求", customer=made)
    return reviewed(made)


def reviewed(customer: int) -> int:
    """The customer with an approved registration."""
    Customer.objects.filter(pk=customer).update(registration="approved")
    return customer


def quote_of(team: Team, customer: int, product: int, **values: Any) -> dict:
    items = values.pop("items", [{"product": product, "price_ratio": values.pop("ratio", "0.6")}])
    return added(team.seller, "quotes", customer=customer, items=items, **values)


def submitted(team: Team, quote: dict) -> str:
    at = f"quotes/{quote['id']}"
    done(team.seller, f"{at}/submit")
    return at


@pytest.mark.covers("G-10")
def test_lines_take_the_price_of_the_book_and_reckon_to_the_cent(team: Team, house: dict, customer: int, product: int) -> None:
    gateway = added(team.manager, "products", name="采集网关", list_price="99.99")["id"]
    book = added(team.manager, "price-books", name="代理价", prices=[{"product": product, "price": "90000"}])["id"]
    items = [{"product": product, "price_ratio": "0.5"}, {"product": gateway, "quantity": "3", "price": "80", "tax_rate": "6"}]
    quote = quote_of(team, customer, product, items=items, price_book=book, discount="100.01", quoted_on="2026-11-01")
    shown = [(i["list_price"], i["price_ratio"], i["price"], i["amount"], i["share"], i["tax"]) for i in quote["items"]]
    assert shown == [
        ("90000.00", "0.5000", "45000.00", "45000.00", "99.48", "5165.55"),
        ("99.99", "0.8000", "80.00", "240.00", "0.53", "13.55"),
    ]
    totals = {n: quote[n] for n in ("list_amount", "items_amount", "amount", "tax", "price_ratio", "worst_ratio", "needed")}
    assert totals == {
        "list_amount": "90299.97", "items_amount": "45240.00", "amount": "45139.99", "tax": "5179.10",
        "price_ratio": "0.4998", "worst_ratio": "0.4988", "needed": "总裁助理",
    }  # fmt: skip
    assert (quote["name"], quote["valid_until"]) == ("上海恒泰机械制造有限公司 报价", "2026-12-01")


def test_ratio_and_price_follow_each_other(team: Team, house: dict, customer: int, product: int) -> None:
    quote = quote_of(team, customer, product, ratio="0.6")
    at, line = f"quotes/{quote['id']}", quote["items"][0]["id"]

    def after(**row: Any) -> tuple[str, str]:
        item = team.seller.patch(at, {"items": [{"id": line, "product": product, **row}]}).json()["items"][0]
        return item["price_ratio"], item["price"]

    assert after(price="44999", price_ratio="0.6") == ("0.4499", "44999.00")
    assert after(price="44999", price_ratio="0.7") == ("0.7000", "70000.00")
    assert after() == ("0.7000", "70000.00")
    refused = team.seller.patch(at, {"items": [{"id": line, "product": product, "price": "1", "price_ratio": "0.3"}]})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"items": "第 1 行的折扣与成交单价不一致，请只改其中一个"})
    assert team.seller.patch(at, {"discount": "30000"}).json()["price_ratio"] == "0.4000"


@pytest.mark.covers("V-46", "V-47", "V-48", "V-49")
@pytest.mark.parametrize(
    ("price", "refused", "decides"),
    [
        ("50010", [], "manager"), ("50000", [], "manager"), ("49990", ["manager"], "assistant"),
        ("45010", ["manager"], "assistant"), ("45000", ["manager"], "assistant"),
        ("44990", ["manager", "assistant"], "president"),
    ],
)  # fmt: skip
def test_a_quote_is_approved_by_whoever_has_the_authority_and_by_nobody_below(
    team: Team, house: dict, customer: int, product: int, price: str, refused: list[str], decides: str
) -> None:
    at = submitted(team, quote_of(team, customer, product, items=[{"product": product, "price": price}]))
    for name in refused:
        answer = house[name].post(f"{at}/approve", {})
        assert (answer.status_code, "超出您的报价权限" in answer.json()["message"]) == (409, True)
        assert team.seller.get(at).json()["state"] == "submitted"
    approved = done(house[decides], f"{at}/approve", opinion="同意")
    assert (approved["state"], approved["decided_by"]["label"]) == ("approved", f"the-{decides}")


def test_nobody_without_a_post_and_nobody_who_submitted_it_approves(team: Team, house: dict, customer: int, product: int) -> None:
    at = submitted(team, quote_of(team, customer, product))
    assert team.manager.post(f"{at}/approve", {}).status_code == 409
    done(team.seller, f"{at}/withdraw")
    done(house["president"], f"{at}/submit")
    own = house["president"].post(f"{at}/approve", {})
    assert (own.status_code, own.json()["message"]) == (409, "不能批准自己提交或负责的报价")


@pytest.mark.covers("V-45")
def test_a_customer_never_met_gets_no_quote_but_by_an_approved_exception(team: Team, house: dict, product: int) -> None:
    stranger = reviewed(added(team.seller, "customers", name="苏州启明电子有限公司")["id"])
    added(team.seller, "interactions", channel="phone", content="电话询价", customer=stranger)
    at = f"quotes/{quote_of(team, stranger, product)['id']}"
    refused = team.seller.post(f"{at}/submit")
    assert (refused.status_code, "还没有面谈记录" in refused.json()["message"]) == (409, True)
    assert house["manager"].post(f"{at}/grant_exception").status_code == 409
    done(team.seller, f"{at}/ask_exception", reason="客户在境外，先寄样")
    assert team.seller.post(f"{at}/grant_exception").status_code == 409
    assert done(house["manager"], f"{at}/grant_exception")["exception"] == "granted"
    assert done(team.seller, f"{at}/submit")["state"] == "submitted"


@pytest.mark.covers("V-45")
@pytest.mark.parametrize("at_once", [False, True])
def test_an_exception_for_one_customer_says_nothing_of_another(team: Team, house: dict, product: int, at_once: bool) -> None:
    first, second = (reviewed(added(team.seller, "customers", name=name)["id"]) for name in ("启明电子", "海川物流"))
    at = f"quotes/{quote_of(team, first, product)['id']}"
    done(team.seller, f"{at}/ask_exception", reason="客户在境外，先寄样")
    done(house["manager"], f"{at}/grant_exception")
    if at_once:
        team.seller.post("quotes/bulk", {"ids": [int(at.split("/")[1])], "set": {"customer": second}})
    else:
        team.seller.patch(at, {"customer": second})
    shown = team.seller.get(at).json()
    assert (shown["customer"]["id"], shown["exception"], shown["exception_by"]) == (second, "", None)
    assert "还没有面谈记录" in team.seller.post(f"{at}/submit").json()["message"]


@pytest.mark.covers("V-49")
def test_nobody_approves_a_quote_of_her_own_that_somebody_else_has_handed_in(house: dict, customer: int, product: int) -> None:
    own = added(house["manager"], "quotes", customer=customer, items=[{"product": product, "price_ratio": "0.6"}])
    at = f"quotes/{own['id']}"
    done(house["assistant"], f"{at}/submit")
    refused = house["manager"].post(f"{at}/approve", {})
    assert (refused.status_code, refused.json()["message"]) == (409, "不能批准自己提交或负责的报价")
    assert done(house["president"], f"{at}/approve")["state"] == "approved"


@pytest.mark.covers("V-18")
def test_a_customer_whose_registration_waits_is_not_quoted(team: Team, house: dict, customer: int, product: int) -> None:
    Customer.objects.filter(pk=customer).update(registration="pending")
    at = f"quotes/{quote_of(team, customer, product)['id']}"
    refused = team.seller.post(f"{at}/submit")
    assert (refused.status_code, refused.json()["fields"]) == (409, {"customer": "登记待审核"})
    assert team.seller.get(at).json()["state"] == "draft"


@pytest.mark.covers("V-44")
def test_nothing_leaves_the_house_before_it_is_approved(team: Team, house: dict, customer: int, product: int) -> None:
    from zhike.kernel.record import Record

    def leaving(api: Api) -> int:
        rows: Record = Quote.objects.visible_to(api.person, "export")
        return rows.count()

    at = submitted(team, quote_of(team, customer, product))
    assert (leaving(team.seller), team.seller.get(at).json()["may"]["export"]) == (0, False)
    assert team.seller.post(f"{at}/send").status_code == 409
    changed = team.seller.patch(at, {"discount": "1"})
    assert (changed.status_code, changed.json()["fields"]["discount"]) == (409, "定稿后不能修改")
    done(house["manager"], f"{at}/approve")
    assert (leaving(team.seller), team.seller.get(at).json()["may"]["export"]) == (1, True)
    assert done(team.seller, f"{at}/send")["state"] == "sent"


@pytest.mark.covers("G-10")
@pytest.mark.parametrize(("gone", "stage"), [("engaging", "negotiating"), ("negotiating", "proposal")])
def test_one_version_is_accepted_and_the_deal_follows_it(
    team: Team, house: dict, customer: int, product: int, gone: str, stage: str
) -> None:
    Api(make_user("administrator", Reach.ALL)).post("option-sets/opportunities.stage/retire", {"value": gone})
    deal = added(team.seller, "opportunities", name="一期", customer=customer, amount="1")["id"]
    at = submitted(team, quote_of(team, customer, product, opportunity=deal))
    done(house["manager"], f"{at}/approve")
    made = done(team.seller, f"{at}/revise")["made"][0]
    assert team.seller.get(at).json()["state"] == "superseded"
    second = team.seller.get(f"quotes/{made['id']}").json()
    assert (second["revision"], second["state"], second["root"]["id"]) == (2, "draft", int(at.split("/")[1]))
    assert (second["amount"], second["owner"]["label"]) == ("60000.00", "seller")
    at = submitted(team, second)
    done(house["manager"], f"{at}/approve")
    done(team.seller, f"{at}/accept", opinion="按此签约")
    after = team.seller.get(f"opportunities/{deal}").json()
    assert (after["amount"], after["stage"]) == ("60000.00", stage)


def test_an_offer_runs_out_on_the_morning_after_its_last_day(team: Team, house: dict, customer: int, product: int) -> None:
    at = submitted(team, quote_of(team, customer, product, valid_until=str(TODAY)))
    done(house["manager"], f"{at}/approve")
    expire_quotes()
    assert team.seller.get(at).json()["state"] == "approved"
    Quote.objects.update(quoted_on=TODAY - timedelta(days=9), valid_until=TODAY - timedelta(days=1))
    assert team.seller.post(f"{at}/accept", {}).json()["message"] == "报价已过有效期，请生成新版本"
    expire_quotes()
    assert team.seller.get(at).json()["state"] == "expired"


def test_what_is_on_offer_is_listed_among_what_runs_out_and_said_in_time(
    team: Team, house: dict, customer: int, product: int
) -> None:
    ends = TODAY + timedelta(days=10)
    at = submitted(team, quote_of(team, customer, product, valid_until=str(ends)))
    done(house["manager"], f"{at}/approve")

    def listed() -> list[tuple[str, str]]:
        rows = team.seller.get("clocks", mine=1).json()["rows"]
        return [(row["label"], row["last_day"]) for row in rows if row["label"] == "报价有效期"]

    assert listed() == [("报价有效期", str(ends))]
    before, name = len(told(team.seller)), team.seller.get(at).json()["name"]
    sweep.sweep(start_of(ends - timedelta(days=3)))
    assert len(told(team.seller)) == before
    sweep.sweep(start_of(ends - timedelta(days=2)))
    assert told(team.seller)[0] == f"报价“{name}”的有效期到 {ends} 为止，请跟进客户答复"
    done(team.seller, f"{at}/reject", reason="太贵")
    assert listed() == []


def told(api: Api) -> list[str]:
    return [row["text"] for row in api.get("notifications").json()["rows"]]


@pytest.mark.covers("V-44")
def test_whoever_decides_hears_of_it_and_whoever_asked_hears_the_answer(
    team: Team, house: dict, customer: int, product: int
) -> None:
    at = submitted(team, quote_of(team, customer, product, ratio="0.47"))
    name = "报价“上海恒泰机械制造有限公司 报价”"
    assert [told(house[n]) for n in ("manager", "assistant", "president")] == [[], [f"{name}等待您批准，总折扣 4.7折"], []]
    done(house["assistant"], f"{at}/send_back", reason="先谈付款")
    done(team.seller, f"{at}/submit")
    done(house["assistant"], f"{at}/approve")
    assert told(team.seller)[:2] == [f"{name}已批准，可以发给客户", f"{name}被退回：先谈付款"]


def test_nobody_hears_of_a_quote_her_role_does_not_let_her_decide(team: Team, house: dict, customer: int, product: int) -> None:
    post = Post.objects.get(name="销售部门经理").pk
    own = Reach.SELF
    elsewhere = make_user("elsewhere", own, team.stranger.person.department)
    Person.objects.filter(pk=elsewhere.pk).update(post=post)
    submitted(team, quote_of(team, customer, product))
    assert (told(Api(elsewhere)), len(told(house["manager"]))) == ([], 1)


def test_many_quotes_are_submitted_and_decided_in_as_many_statements_as_few(
    team: Team, house: dict, customer: int, product: int
) -> None:
    def at_once(api: Api, action: str, ids: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = api.post("quotes/bulk", {"ids": ids, "action": action}).json()
        assert (answer["done"], answer["refused"]) == (len(ids), [])
        return len(queries)

    few, many = ([quote_of(team, customer, product)["id"] for _ in range(n)] for n in (2, 7))
    at_once(team.seller, "submit", few)  # what a process keeps is there from now on
    at_once(team.seller, "withdraw", few)
    submitting = [at_once(team.seller, "submit", ids) for ids in (few, many)]
    approving = [at_once(house["manager"], "approve", ids) for ids in (few, many)]
    assert (len(set(submitting)), len(set(approving))) == (1, 1)
    assert max(submitting) <= 32
    assert max(approving) <= 23
    assert told(house["manager"])[:1] == ["报价“上海恒泰机械制造有限公司 报价”等待您批准，总折扣 6折"]
    mixed = [quote_of(team, customer, product, items=items)["id"] for items in ([{"product": product}], [])]
    answer = team.seller.post("quotes/bulk", {"ids": mixed, "action": "submit"}).json()
    assert (answer["done"], answer["refused"][0]["reason"]) == (1, "报价没有明细，不能提交")
