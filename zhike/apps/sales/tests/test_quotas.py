"""客户额度: dispatched and self-developed customers are counted apart; rights of the month make it more or less."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.pool_entry import PoolEntry
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db
CLOCK = System("clock")
FULL = "您负责的行业客户最多 3 个，不能再增加"


@pytest.fixture
def office(team: Team) -> Api:
    keeper = Api(make_user("office", Reach.ALL))
    limits = {"most_developed": 3, "most_dispatched": 1, "review": False, "first_come": False}
    added(keeper, "registration-rules", name="额度", starts_on="2026-01-01", **limits)
    return keeper


def held(team: Team, many: int, **values: Any) -> list[Any]:
    person = team.seller.person
    kept = {"owner": person.pk, "department": person.department_id} | values
    return create_many(Customer, [{"name": f"公司{n}", **kept} for n in range(many)], actor=CLOCK)


@pytest.mark.covers("V-92")
def test_each_kind_of_customer_has_its_own_quota(team: Team, office: Api) -> None:
    held(team, 2)
    last = added(team.seller, "customers", name="苏州甲")
    full = team.seller.post("customers", {"name": "苏州乙"})
    assert (full.status_code, full.json()["message"], Customer.objects.count()) == (409, FULL, 3)
    dispatched = added(team.seller, "customers", name="苏州丙", origin="dispatched")
    lead = added(team.seller, "leads", name="苏州丁", source="phone", contact_name="王五", phone="13800001234")
    done(team.seller, f"leads/{lead['id']}/qualify")
    second = team.seller.post(f"leads/{lead['id']}/convert", {})
    assert second.json()["message"] == "您负责的商机客户最多 1 个，不能再增加"
    turned = team.seller.patch(f"customers/{dispatched['id']}", {"origin": "developed"})
    assert (turned.status_code, turned.json()["message"]) == (409, FULL)
    assert team.seller.patch(f"customers/{last['id']}", {"notes": "照旧"}).status_code == 200


def test_whoever_lays_the_rule_down_brings_in_as_many_as_there_are(office: Api) -> None:
    made = create_many(Customer, [{"name": f"老客户{n}"} for n in range(5)], actor=office.person)
    assert {customer.owner_id for customer in made} == {office.person.pk}


def test_what_a_manager_hands_over_is_not_counted_but_what_is_claimed_is(team: Team, office: Api) -> None:
    held(team, 3)
    more = added(office, "customers", name="无锡甲")["id"]
    assert office.post(f"customers/{more}/transfer", {"owner": team.seller.person.pk}).status_code == 200
    [pooled] = held(team, 1, owner=None, in_pool=True)
    [entry] = create_many(PoolEntry, [{"customer": pooled.pk, "name": "公司0", "owner": None}], actor=CLOCK)
    claimed = claimer(team).post(f"pool-entries/{entry.pk}/claim")
    assert (claimed.status_code, claimed.json()["message"]) == (409, FULL)
    pooled.refresh_from_db()
    assert (pooled.in_pool, pooled.owner_id) == (True, None)


def claimer(team: Team) -> Api:
    """Somebody with as many customers as the seller, who may claim what lies in the pool."""
    grants = {"pool-entries": {"view": "all", "claim": "all"}, "customers": {"*": "self"}}
    person = make_user("claimer", grants, team.seller.person.department)
    Customer.objects.filter(owner=team.seller.person.pk).update(owner=person.pk)
    return Api(person)


@pytest.mark.parametrize(
    ("rights", "most"),
    [
        ([], 3), ([("priority", 134)], 4), ([("suspended", 67)], 2), ([("priority", 134), ("suspended", 67)], 2),
        ([("suspended", 100)], 3),
    ],
)  # fmt: skip
def test_rights_of_the_month_make_it_more_or_less(team: Team, office: Api, rights: list[tuple[str, int]], most: int) -> None:
    for kind, quota in rights:
        added(office, "dispatch-rights", person=team.seller.person.pk, kind=kind, quota=quota, reason="评比")
    held(team, most - 1)
    answers = [team.seller.post("customers", {"name": name}) for name in ("苏州甲", "苏州乙")]
    assert [a.status_code for a in answers] == [201, 409]
