"""并发: two clients at the same moment, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.pool_entry import PoolEntry
from zhike.apps.sales.objects.lead import Lead
from zhike.features.transfer.command import run_import
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person() -> Any:
    return make_user("racer", Reach.ALL)


def together(times: int, act: Callable[[Api, int], Any], person: Any) -> list[Any]:
    """What several clients are answered who ask at the same moment."""
    start = Barrier(times)

    def one(number: int) -> Any:
        try:
            api = Api(person)
            start.wait(timeout=20)
            return act(api, number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_of_two_who_save_the_same_version_one_wins_and_one_is_told(person: Any) -> None:
    record = make(Customer, actor=person)
    answers = together(2, lambda api, n: api.patch(f"customers/{record.pk}", {"name": f"名称{n}", "version": 1}), person)
    assert sorted(a.status_code for a in answers) == [200, 409]
    winner, loser = sorted(answers, key=lambda a: a.status_code)
    assert loser.json()["fields"]["name"]["theirs"] == winner.json()["name"] == Customer.objects.get().name
    assert Customer.objects.get().version == 2


def test_numbers_drawn_at_the_same_moment_never_collide(person: Any) -> None:
    def add(api: Api, n: int) -> list[str]:
        return [api.post("customers", {"name": f"公司{n}号{m}部"}).json()["number"] for m in range(5)]

    numbers = [number for drawn in together(4, add, person) for number in drawn]
    assert len(set(numbers)) == 20


@pytest.mark.covers("V-41")
def test_of_two_likely_duplicates_exactly_one_is_let_in(person: Any) -> None:
    names = ("北京紫檀科技有限公司", "北京紫檀科技股份有限公司")
    answers = together(2, lambda api, n: api.post("customers", {"name": names[n]}), person)
    assert sorted(a.status_code for a in answers) == [201, 409]
    refused = next(a for a in answers if a.status_code == 409).json()
    assert (refused["code"], refused["duplicates"][0]["reason"]) == ("duplicates", "名称相近")
    assert Customer.objects.count() == 1


@pytest.mark.covers("V-40", "V-41")
def test_of_two_who_register_one_customer_at_the_same_moment_one_holds_it(person: Any) -> None:
    Api(person).post("registration-rules", {"name": "报备", "starts_on": "2026-01-01", "review": False})
    people = (person, make_user("other", Reach.ALL))
    names = ("{}机电有限公司", "{}机电股份有限公司")
    for company in ("乌兰", "石城", "白河", "青川"):
        answers = together(
            2, lambda _, n, c=company: Api(people[n]).post("customers?duplicates=allow", {"name": names[n].format(c)}), person
        )
        assert sorted(a.status_code for a in answers) == [201, 409]
        assert next(a.json()["code"] for a in answers if a.status_code == 409) == "refused"
    assert Customer.objects.count() == 4


def test_whoever_claims_twice_at_the_same_moment_gets_no_more_than_her_share(person: Any) -> None:
    keep = {"name": "通用", "starts_on": "2026-01-01", "release_after": 60, "claims_a_day": 1}
    assert Api(person).post("tracking-limits", keep).status_code == 201
    pooled = [make(Customer, {"name": name}, actor=person) for name in ("甲公司", "乙公司")]
    Customer.objects.update(owner=None, in_pool=True)
    waiting = [{"customer": customer.pk, "name": customer.name, "owner": None} for customer in pooled]
    entries = create_many(PoolEntry, waiting, actor=System("tracking"))
    answers = together(2, lambda api, n: api.post(f"pool-entries/{entries[n].pk}/claim"), person)
    assert sorted(a.status_code for a in answers) == [200, 409]
    assert Customer.objects.filter(in_pool=True).count() == 1


def test_of_two_imports_of_the_same_rows_one_creates_them_and_the_other_finds_them(person: Any, tmp_path: Path) -> None:
    file = tmp_path / "客户.csv"
    file.write_text("登记名称\n" + "\n".join(f"第{n}号机电有限公司" for n in range(40)), encoding="utf-8")
    results = together(2, lambda api, n: run_import("customers", file, actor=acting(person)), person)
    assert sorted((r["created"], r["skipped"], r["refused"]) for r in results) == [(0, 40, 0), (40, 0, 0)]
    assert Customer.objects.count() == 40


def acting(person: Any) -> Any:
    """The person as a request or command would load her."""
    return type(person).objects.acting().get(pk=person.pk)


def test_a_double_click_with_one_idempotency_key_acts_once_and_both_are_answered_alike(person: Any) -> None:
    def add(api: Api, n: int) -> Any:
        return api.post("customers?duplicates=allow", {"name": "双击公司"}, **{"Idempotency-Key": "one-click"})

    first, second = together(2, add, person)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert Customer.objects.count() == 1


def test_of_two_who_act_on_one_record_one_is_refused(person: Any) -> None:
    record = make(Customer, actor=person)
    answers = together(2, lambda api, n: api.post(f"customers/{record.pk}/develop"), person)
    assert sorted(a.status_code for a in answers) == [200, 409]
    assert Customer.objects.get().lifecycle == "prospect"


@pytest.mark.covers("V-25")
def test_dispatches_at_the_same_moment_give_nobody_more_leads_than_her_ceiling(person: Any) -> None:
    desk, seller = Api(person), make_user("seller", Reach.ALL)
    desk.post("dispatch-rules", {"name": "通用", "seats": [{"person": seller.pk, "ceiling": 3}]})
    confirmed = {"state": "qualified", "owner": person.pk, "source": "phone", "contact_name": "李敏"}
    rows = create_many(
        Lead, [confirmed | {"name": f"第{n}厂", "phone": f"1391234560{n}"} for n in range(6)], actor=System("test")
    )
    halves = [[row.pk for row in rows[n::2]] for n in range(2)]
    asked = [{"ids": half, "action": "dispatch", "input": {}} for half in halves]
    answers = together(2, lambda api, n: api.post("leads/bulk", asked[n]).json()["done"], person)
    assert answers == [3, 3]
    handed = Lead._base_manager.order_by("handover").values_list("owner__username", "handover")
    assert list(handed) == [("seller", "offered")] * 3 + [("racer", "unplaced")] * 3
