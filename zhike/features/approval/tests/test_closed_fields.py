"""Whoever agrees is shown what a deed would change as far as the fields are there for her (字段权限)."""

from __future__ import annotations

import pytest

from zhike.features.approval.tests.conftest import House, by_head, held

pytestmark = pytest.mark.django_db


def test_a_hidden_change_is_not_shown_to_who_agrees_and_a_masked_one_is_masked(house: House) -> None:
    role = house.head.person.roles.get()
    rules = {"customers": {"phone": "masked", "notes": "hidden"}}
    assert house.administrator.patch(f"roles/{role.pk}/grants", {"fields": rules}).status_code == 200
    house.policy("customers", "add", by_head())
    typed = {"name": "中石油四川", "phone": "028-86012345", "notes": "私下约定"}
    request = held(house.seller.post("customers", typed))
    assert ("私下约定" in str(request), "028-86012345" in str(request)) == (True, True)
    shown = house.head.get(f"approvals/{request['id']}").json()
    assert {c["field"]: c["new"] for c in shown["changes"] if c["field"] in typed} == {"name": "中石油四川", "phone": "***"}
