"""搜索的两条路: rare words are named one by one, frequent ones recognised while reading on. Both find the same, in one order."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.kernel.reach import Reach
from zhike.kernel.search import frequency
from zhike.kernel.writes import create_many, update
from zhike.testing.kit import Api, make_department, make_user

pytestmark = pytest.mark.django_db
EVERYTHING_IS_FREQUENT, EVERYTHING_IS_RARE = -1, 10**12


@pytest.fixture
def people(db: Any) -> dict[str, Any]:
    region = make_department("西南大区")
    team, other = make_department("成都部", parent=region), make_department("昆明部", parent=region)
    found = {
        "boss": make_user("boss", Reach.ALL),
        "region": make_user("region", Reach.SUBTREE, region),
        "team": make_user("team", Reach.DEPARTMENT, team),
        "seller": make_user("seller", Reach.SELF, other),
    }
    for n, actor in enumerate(found.values()):
        made = [{"name": f"{'石油' if k % 3 else '天然气'}公司{n}{k:02}", "level": "abc"[k % 3]} for k in range(24)]
        create_many(Customer, made, actor=actor)
    return found


def pages(api: Api, **asked: Any) -> list[int]:
    """The ids of all rows, page by page."""
    found: list[int] = []
    after: dict[str, Any] = {}
    while True:
        answer = api.get("customers", fields="id", limit=20, **asked, **after).json()
        found += [row["id"] for row in answer["rows"]]
        if not answer["next"]:
            return found
        after = {"after": answer["next"]}


@pytest.mark.parametrize("who", ["boss", "region", "team", "seller"])
def test_both_ways_find_the_same_rows_in_the_same_order(
    people: dict[str, Any], who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    api, two_levels = Api(people[who]), {"field": "level", "op": "in", "value": ["a", "b"]}
    for words, order in product(("石油", "天然气 公司", "shiyou", "0", "没有的词", "。"), ("-updated_at", "name", "-level,name")):
        found = {}
        for way in (EVERYTHING_IS_RARE, EVERYTHING_IS_FREQUENT):
            go(way, monkeypatch)
            found[way] = pages(api, q=words, order=order, filter=two_levels)
            total = api.get("customers", q=words, filter=two_levels, total=1).json()["total"]
            assert total == {"count": len(found[way]), "exact": True}
        assert found[EVERYTHING_IS_RARE] == found[EVERYTHING_IS_FREQUENT]
        assert bool(found[EVERYTHING_IS_RARE]) == (words not in ("没有的词", "。"))


def go(way: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the line between rare and frequent is drawn."""
    monkeypatch.setattr(frequency, "RARE", way)
    monkeypatch.setattr(frequency, "RARE_SHARE", way)


@pytest.mark.parametrize("way", [EVERYTHING_IS_RARE, EVERYTHING_IS_FREQUENT])
def test_the_best_named_come_first_and_only_what_one_may_see(
    people: dict[str, Any], way: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(way, monkeypatch)
    mine = Customer.objects.filter(created_by=people["team"]).order_by("pk")
    for record, name in zip(mine, ("大庆石油", "石油", "石油管理局"), strict=False):
        update(record, {"name": name}, actor=people["team"])
    [group] = Api(people["team"]).get("search", q="石油", limit=50).json()["groups"]
    titles = [row["title"] for row in group["rows"]]
    assert titles[0] == "石油"
    assert titles.index("石油管理局") < titles.index("大庆石油") == len(titles) - 1
    assert {row["id"] for row in group["rows"]} <= {record.pk for record in mine}
    elsewhere = Api(people["seller"]).get("search", q="大庆石油").json()["groups"]
    assert elsewhere == []


def test_what_a_compiled_list_finds_follows_words_filter_and_rights(people: dict[str, Any]) -> None:
    """The statement of a list is kept; what was asked with it before must not show in what is asked with it now."""
    api = Api(people["region"])
    first = pages(api, q="石油")
    assert set(pages(api, q="天然气")).isdisjoint(first)
    assert len(pages(api, q="石油")) == len(first) == 3 * 16
    people["region"].department = people["seller"].department
    people["region"].save()
    assert len(pages(api, q="石油")) < len(first)


def test_a_search_may_be_kept_to_some_objects(people: dict[str, Any]) -> None:
    api = Api(people["boss"])
    make_department("石油处")
    expected = {"": {"customers", "departments"}, "departments": {"departments"}, "departments,contacts": {"departments"}}
    for named, collections in expected.items():
        groups = api.get("search", **{"q": "石油", "in": named}).json()["groups"]
        assert {group["collection"] for group in groups} == collections
    unknown = api.get("search", **{"q": "石油", "in": "customers,planets"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")


def test_who_stands_alike_shares_the_statement_and_not_the_rows(people: dict[str, Any]) -> None:
    twin = make_user("twin", Reach.SELF, people["seller"].department)
    twin.roles.set(people["seller"].roles.all())
    create_many(Customer, [{"name": "石油孪生公司", "level": "a"}], actor=twin)
    mine = {"field": "owner", "op": "eq", "value": "me"}
    for person in (people["seller"], twin, people["seller"]):
        api, own = Api(person), set(Customer.objects.filter(owner=person).values_list("pk", flat=True))
        assert set(pages(api)) == set(pages(api, filter=mine)) == own
        [group] = api.get("search", q="石油", limit=50).json()["groups"]
        assert {row["id"] for row in group["rows"]} == own & set(pages(api, q="石油"))
        for pk in Customer.objects.filter(owner__in=[people["seller"], twin]).values_list("pk", flat=True):
            assert api.get(f"customers/{pk}").status_code == (200 if pk in own else 404)
