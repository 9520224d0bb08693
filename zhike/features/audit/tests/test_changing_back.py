"""改回: one field, or a whole record, as it was before, without a backup and under the rules of any change."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.org.objects.role import Role
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(team: Team) -> dict[str, Any]:
    """A customer with 100,000.10 a year at level B, then 200,000, then at level A with a word about it."""
    values = {"name": "东方机械", "annual_revenue": "100000.10", "level": "b"}
    made = added(team.seller, "customers", **values)
    for change in ({"annual_revenue": "200000"}, {"level": "a", "notes": "集团客户"}):
        team.seller.patch(f"customers/{made['id']}", change)
    return dict(made)


def entries(api: Api, at: str) -> list[int]:
    """The changes, newest first."""
    return [row["id"] for row in api.get(f"{at}/history").json()["rows"] if row["verb"] == "change"]


def told(api: Api, at: str) -> tuple[Any, ...]:
    now = api.get(at).json()
    return now["annual_revenue"], now["level"], now["notes"]


@pytest.mark.covers("K-90")
def test_one_field_or_the_whole_record_is_as_it_was_before(team: Team, record: dict) -> None:
    at = f"customers/{record['id']}"
    later, first = entries(team.seller, at)
    assert told(team.seller, at) == ("200000.00", "a", "集团客户")
    assert team.seller.post(f"{at}/history/{later}", {"fields": ["level"]}).json()["level"] == "b"
    assert told(team.seller, at) == ("200000.00", "b", "集团客户")
    assert team.seller.post(f"{at}/history/{first}", {}).status_code == 200
    assert told(team.seller, at) == ("100000.10", "b", "")
    newest = team.seller.get(f"{at}/history").json()["rows"][0]
    assert (newest["actor"]["label"], newest["verb"]) == ("seller", "change")


def test_nothing_is_changed_back_that_could_not_be_changed(team: Team, record: dict) -> None:
    at = f"customers/{record['id']}"
    before, (later, first) = told(team.seller, at), entries(team.seller, at)
    reader = Api(make_user("reader", {"customers": {"view": "all"}}))
    stranger = Api(make_user("nobody", {"tasks": {"view": "all"}}))
    blind = Api(make_user("blind", Reach.ALL))
    Role.objects.filter(pk=blind.person.roles.get().pk).update(
        field_rules={"customers": {"level": "hidden", "notes": "readonly", "annual_revenue": "masked"}}
    )
    asked: list[tuple[Api, int, dict[str, Any], int]] = [
        (reader, later, {}, 404), (stranger, later, {}, 404), (blind, later, {"fields": ["level"]}, 422),
        (blind, later, {"fields": ["notes"]}, 422), (blind, first, {"fields": ["annual_revenue"]}, 422),
        (team.seller, first, {"fields": ["lifecycle"]}, 422), (team.seller, later, {"fields": ["annual_revenue"]}, 422),
        (team.seller, later + 9, {}, 404), (team.seller, later, {"fields": "notes"}, 422),
        (team.seller, later, {"notes": ""}, 422), (team.seller, later, {"version": 1}, 409),
    ]  # fmt: skip
    answered = [api.post(f"{at}/history/{entry}", body).status_code for api, entry, body, _ in asked]
    assert answered == [status for *_, status in asked]
    assert told(team.seller, at) == before


def test_that_somebody_looked_at_a_masked_value_is_nothing_to_change_back(team: Team, record: dict) -> None:
    at = f"customers/{record['id']}"
    curious = Api(make_user("curious", Reach.ALL))
    Role.objects.filter(pk=curious.person.roles.get().pk).update(field_rules={"customers": {"annual_revenue": "masked"}})
    later, _ = entries(team.seller, at)
    assert curious.post(f"{at}/reveal", {"field": "annual_revenue"}).json() == {"value": "200000.00"}
    looked = team.seller.get(f"{at}/history").json()["rows"][0]
    assert looked["verb"] == "reveal"
    assert team.seller.post(f"{at}/history/{looked['id']}", {"fields": ["annual_revenue"]}).status_code == 422
    assert team.seller.post(f"{at}/history/{later}", {}).status_code == 200
    assert told(team.seller, at) == ("200000.00", "b", "")
