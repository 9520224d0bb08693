"""权限矩阵: a role seen whole, cells changed together, in force with the next request, and nobody locked out."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.kernel.reach import Reach
from zhike.org.objects.role import Role
from zhike.testing.kit import Api, make, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db: Any) -> Api:
    return Api(make_user("admin", Reach.ALL, make_department("总部")))


@pytest.fixture
def seller(admin: Api) -> Any:
    return make_user("seller", {"*": {"*": "self"}, "customers": {"view": "self"}}, make_department("销售一部"))


def role_of(person: Any) -> Any:
    return person.roles.get()


def grants(api: Api, role: Any) -> Any:
    return api.get(f"roles/{role.pk}/grants").json()


def test_the_matrix_names_every_object_its_actions_and_who_has_the_role(admin: Api, seller: Any) -> None:
    seen = grants(admin, role_of(seller))
    assert seen["grants"] == {"*": {"*": "self"}, "customers": {"view": "self"}}
    assert [v["name"] for v in seen["verbs"]] == ["view", "add", "change", "delete", "transfer", "import", "export"]
    deals = next(o for o in seen["objects"] if o["collection"] == "opportunities")
    assert deals["group"] == "销售"
    assert deals["actions"][:2] == [{"name": "advance", "label": "推进阶段"}, {"name": "win", "label": "赢单"}]
    assert seen["people"] == [{"id": seller.pk, "label": "seller", "department": "销售一部", "is_active": True}]
    assert seen["may_grant"] is True


@pytest.mark.covers("T-63")
def test_changed_cells_are_in_force_with_the_next_request(admin: Api, seller: Any) -> None:
    api, role = Api(seller), role_of(seller)
    make(Customer, {"name": "四川石化"}, actor=admin.person)
    assert api.get("customers").json()["rows"] == []
    assert api.get("products").status_code == 200
    version = grants(admin, role)["version"]
    wanted = {"customers": {"view": "all", "*": "none"}, "products": {"view": "none"}}
    answer = admin.patch(f"roles/{role.pk}/grants", {"grants": wanted, "version": version})
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["grants"] == {
        "*": {"*": "self"},
        "customers": {"view": "all", "*": "none"},
        "products": {"view": "none"},
    }
    assert [r["name"] for r in api.get("customers").json()["rows"]] == ["四川石化"]
    assert api.post("customers", {"name": "新客户"}).status_code == 403
    assert api.get("products").status_code == 403
    assert "products" not in api.get("meta").json()["objects"]


def test_a_cell_taken_back_inherits_again(admin: Api, seller: Any) -> None:
    role = role_of(seller)
    answer = admin.patch(f"roles/{role.pk}/grants", {"grants": {"customers": {"view": None}}})
    assert answer.json()["grants"] == {"*": {"*": "self"}}


def test_who_may_not_change_roles_sees_and_changes_nothing(admin: Api, seller: Any) -> None:
    role = role_of(seller)
    reader = Api(make_user("reader", {"roles": {"view": "all"}}))
    assert grants(reader, role)["may_grant"] is False
    assert reader.patch(f"roles/{role.pk}/grants", {"grants": {"customers": {"view": "all"}}}).status_code == 404
    blind = Api(make_user("blind", {"customers": {"*": "all"}}))
    assert blind.get(f"roles/{role.pk}/grants").status_code == 404
    assert Role.objects.get(pk=role.pk).grants == {"*": {"*": "self"}, "customers": {"view": "self"}}


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"planets": {"view": "all"}}, "planets.view"),
        ({"customers": {"fly": "all"}}, "customers.fly"),
        ({"customers": {"view": "everywhere"}}, "customers.view"),
        ({"customers": {"view": ["all"]}}, "customers.view"),
        ({"customers": {"view": []}}, "customers.view"),
        ({"customers": {"view": [0]}}, "customers.view"),
        ({"customers": {"view": [True]}}, "customers.view"),
        ({"*": {"win": "all"}}, "*.win"),
        ({"customers": "all"}, "grants"),
        ({}, "grants"),
        (None, "grants"),
        ("all", "grants"),
    ],
)
def test_what_does_not_exist_cannot_be_granted(admin: Api, seller: Any, wanted: Any, field: str) -> None:
    role = role_of(seller)
    answer = admin.patch(f"roles/{role.pk}/grants", {"grants": wanted})
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert Role.objects.get(pk=role.pk).grants == {"*": {"*": "self"}, "customers": {"view": "self"}}


def test_of_two_who_change_it_the_second_is_told(admin: Api, seller: Any) -> None:
    role = role_of(seller)
    seen = grants(admin, role)["version"]
    admin.patch(f"roles/{role.pk}/grants", {"grants": {"customers": {"view": "all"}}, "version": seen})
    late = admin.patch(f"roles/{role.pk}/grants", {"grants": {"customers": {"view": "none"}}, "version": seen})
    assert late.status_code == 409
    assert late.json()["code"] == "stale"
    assert grants(admin, role)["grants"]["customers"] == {"view": "all"}


def test_the_last_who_may_change_permissions_cannot_give_that_up(admin: Api) -> None:
    role = role_of(admin.person)
    answer = admin.patch(f"roles/{role.pk}/grants", {"grants": {"roles": {"grant": "none"}}})
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    assert Role.objects.get(pk=role.pk).grants == {"*": {"*": "all"}}
    make_user("second", Reach.ALL)
    assert admin.patch(f"roles/{role.pk}/grants", {"grants": {"roles": {"grant": "none"}}}).status_code == 200
    assert admin.patch(f"roles/{role.pk}/grants", {"grants": {"roles": {"grant": "all"}}}).status_code == 404


def test_a_change_of_permissions_is_in_the_history_of_the_role(admin: Api, seller: Any) -> None:
    role = role_of(seller)
    admin.patch(f"roles/{role.pk}/grants", {"grants": {"customers": {"view": "all"}}})
    latest = admin.get(f"roles/{role.pk}/history").json()["rows"][0]
    assert (latest["label"], latest["actor"]["label"]) == ("调整权限", "admin")
