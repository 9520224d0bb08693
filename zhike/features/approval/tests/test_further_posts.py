"""兼职: whoever has a role in another department, too, agrees there – and at home only what she does at home."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.approval.tests.conftest import House, held, todo
from zhike.testing.kit import make_department
from zhike.testing.team import added

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(house: House) -> int:
    """A role that `finance` holds at home, and the stranger, also of the finance department, in the sales department."""
    role = int(added(house.administrator, "roles", name="审批人", code="agreeing")["id"])
    sales = house.seller.person.department_id
    for api, said in (
        (house.finance, {"roles": [role]}),
        (house.stranger, {"appointments": [{"department": sales, "role": role}]}),
    ):
        answer = house.administrator.patch(f"people/{api.person.pk}", said)
        assert answer.status_code == 200, answer.content.decode()
    return role


@pytest.mark.parametrize(("near", "asked"), [(True, ["stranger"]), (False, ["finance", "stranger"])])
def test_a_role_is_looked_for_where_it_is_held(house: House, deputy: int, near: bool, asked: list[str]) -> None:
    house.policy("customers", "add", {"name": "复核", "who": [{"by": "role", "role": deputy, "near": near}]})
    held(house.seller.post("customers", {"name": "四川石化"}))
    people: dict[str, Any] = {"finance": house.finance, "stranger": house.stranger}
    assert [name for name, api in people.items() if len(todo(api)) == 1] == asked


def test_a_post_held_beside_another_counts_like_the_first(house: House, deputy: int) -> None:
    post = int(added(house.administrator, "posts", name="区域经理")["id"])
    further = [{"department": make_department("华东").pk, "role": deputy, "post": post}]
    house.administrator.patch(f"people/{house.peer.person.pk}", {"appointments": further})
    house.policy("customers", "add", {"name": "复核", "who": [{"by": "post", "post": post}]})
    held(house.seller.post("customers", {"name": "四川石化"}))
    assert (len(todo(house.peer)), len(todo(house.stranger))) == (1, 0)
