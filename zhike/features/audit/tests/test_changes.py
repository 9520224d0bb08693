"""An open screen learns what others changed."""

from __future__ import annotations

import pytest

from zhike.kernel.reach import Reach
from zhike.kernel.registry import find
from zhike.testing.kit import Api, make, make_department, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_colleagues_change_is_told() -> None:
    seller = make_user("seller", Reach.ALL, make_department("销售一部"))
    other = Api(make_user("other", Reach.ALL))
    customer = make(find("customers"), {"name": "东方机械"}, actor=seller)
    start = other.get("changes").json()
    assert start["changed"] == {}
    Api(seller).patch(f"customers/{customer.pk}", {"level": "a"})
    told = other.get("changes", after=start["last"]).json()
    assert told["changed"]["customers"] == [customer.pk]


def test_of_records_out_of_sight_no_number_is_told() -> None:
    seller, peer = (make_user(name, Reach.SELF, make_department(f"{name}部")) for name in ("seller", "peer"))
    api, start = Api(peer), Api(peer).get("changes").json()["last"]
    made = Api(seller).post("customers", {"name": "东方机械"})
    own = Api(peer).post("customers", {"name": "西方机械"})
    assert (made.status_code, own.status_code) == (201, 201)
    assert api.get("changes", after=start).json()["changed"]["customers"] == [own.json()["id"]]


def test_a_collection_one_may_not_see_is_not_told() -> None:
    seller = make_user("seller", Reach.ALL, make_department("销售一部"))
    clerk = Api(make_user("clerk", {"tasks": {"view": "all"}}))
    start = clerk.get("changes").json()["last"]
    make(find("customers"), {"name": "东方机械"}, actor=seller)
    assert "customers" not in clerk.get("changes", after=start).json()["changed"]


def test_a_changed_role_is_told_to_whoever_may_not_see_roles() -> None:
    clerk = make_user("clerk", {"tasks": {"view": "all"}})
    start = Api(clerk).get("changes").json()["revision"]
    assert Api(clerk).get("changes").json()["revision"] == start
    Api(make_user("admin", Reach.ALL)).post(
        f"roles/{clerk.roles.get().pk}/grant", {"collection": "customers", "verb": "view", "reach": "all"}
    )
    assert Api(clerk).get("changes").json()["revision"] > start
    assert "customers" in Api(clerk).get("meta").json()["objects"]
