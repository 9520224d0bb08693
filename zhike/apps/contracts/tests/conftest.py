"""A house with the posts of the policy, and what a contract needs before it."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.objects.quote import Quote
from zhike.kernel.reach import Reach
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person
from zhike.org.objects.post import Post
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added

POSTS = {
    "manager": "销售部门经理", "office": "销售管理部经理", "research": "研发副总裁", "service": "实施服务副总裁",
    "president": "总裁", "business": "商务经理",
}  # fmt: skip


@pytest.fixture
def house(team: Team, ready_made: None) -> dict[str, Api]:
    """Everybody the policy names; the business manager heads the seller's department."""
    people = {name: holding(f"the-{name}", post) for name, post in POSTS.items()}
    Department.objects.filter(pk=team.seller.person.department_id).update(manager=people["manager"].person)
    return people


def holding(name: str, post: str) -> Api:
    """Somebody who may do everything and holds this post."""
    person = make_user(name, Reach.ALL)
    Person.objects.filter(pk=person.pk).update(post=Post.objects.get(name=post))
    return Api(Person.objects.acting().get(pk=person.pk))


@pytest.fixture
def product(team: Team) -> int:
    return int(added(team.manager, "products", name="数据中台", list_price="1000000")["id"])


@pytest.fixture
def customer(team: Team) -> int:
    made = int(added(team.seller, "customers", name="上海恒泰机械制造有限公司")["id"])
    Customer.objects.filter(pk=made).update(registration="approved")
    return made


@pytest.fixture
def accepted(team: Team, customer: int, product: int) -> dict:
    """A quote the customer has accepted: 470,000.00 at 4.7折."""
    quote = added(team.seller, "quotes", customer=customer, items=[{"product": product, "price": "470000"}])
    Quote.objects.filter(pk=quote["id"]).update(state="accepted")
    return dict(quote)


def contract_of(team: Team, customer: int, product: int, price: str, **values: Any) -> dict:
    return dict(added(team.seller, "contracts", customer=customer, items=[{"product": product, "price": price}], **values))
