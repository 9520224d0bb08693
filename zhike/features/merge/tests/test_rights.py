"""合并与权限: making one of several opens nothing, passes nothing on, and carries no pending request to another record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from zhike.features.undo.tests.test_undoing import undone
from zhike.kernel.reach import Reach
from zhike.org.objects.person import Person
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added

# A deed is one transaction, so each must really end.
pytestmark = pytest.mark.django_db(transaction=True)


def merge(api: Api, keep: int, *others: int) -> Any:
    return api.post("customers/merge", {"keep": keep, "others": list(others)})


def test_what_one_does_not_see_one_does_not_merge_even_if_one_might_delete_it(team: Team) -> None:
    theirs = added(team.seller, "customers", name="四川石化", phone="13800138000")["id"]
    cleaner = Api(make_user("cleaner", {"customers": {"*": "self", "delete": "all"}}))
    own = added(cleaner, "customers", name="自己的客户")["id"]
    assert merge(cleaner, own, theirs).status_code == 409
    assert (cleaner.get(f"customers/{own}").json()["phone"], team.seller.get(f"customers/{theirs}").status_code) == ("", 200)
    refused = cleaner.post("customers/duplicate-groups/different", {"ids": [own, theirs]})
    assert refused.json()["fields"] == {"ids": "其中有记录不存在，或您无权删除"}


def test_what_is_only_shared_with_her_is_not_passed_on_by_merging_into_it(team: Team) -> None:
    lent = added(team.seller, "customers", name="四川石化")["id"]
    team.seller.post(f"customers/{lent}/shares", {"person": team.stranger.person.pk, "change": True})
    own = added(team.stranger, "customers", name="四川石油化工")["id"]
    team.stranger.post(f"customers/{own}/shares", {"person": team.peer.person.pk})
    refused = merge(team.stranger, lent, own)
    assert (refused.status_code, refused.json()["message"]) == (409, "这条记录只是共享给您的，不能把别的记录并入它")
    assert team.peer.get(f"customers/{lent}").status_code == 404
    assert team.stranger.get(f"customers/{own}").status_code == 200


def test_what_is_asked_for_of_one_record_is_not_done_to_the_other(team: Team) -> None:
    """A deletion waits for the manager's agreement; meanwhile the record is merged. The one that stays is not deleted instead."""
    guard = Api(make_user("guard", Reach.ALL))
    twin = added(team.seller, "customers", name="四川石化二厂")["id"]
    kept = added(team.seller, "customers", name="四川石化")["id"]
    steps = {"steps": [{"name": "主管", "who": [{"by": "person", "person": team.manager.person.pk}]}]}
    condition = {"field": "owner", "op": "eq", "value": team.seller.person.pk}
    policy = {"name": "删除须同意", "collection": "customers", "verb": "delete", "is_active": True}
    policy["definition"] = json.dumps(steps | {"condition": condition})
    made = guard.post("approval-policies", policy)
    assert made.status_code == 201, made.content.decode()
    asked = team.seller.delete(f"customers/{twin}").json()["approval"]["id"]
    guard.patch(f"approval-policies/{made.json()['id']}", {"is_active": False})
    assert merge(guard, kept, twin).status_code == 200
    team.manager.post(f"approvals/{asked}/approve", {"opinion": "同意"})
    assert team.seller.get(f"approvals/{asked}").json()["state"] == "failed"
    assert team.seller.get(f"customers/{kept}").status_code == 200


def test_whoever_has_moved_on_takes_no_merge_back(team: Team) -> None:
    head = Api(make_user("head", Reach.DEPARTMENT, team.seller.person.department))
    first, second = (added(team.seller, "customers", name=name)["id"] for name in ("四川石化", "四川石化二厂"))
    changeset = merge(head, first, second).json()["changeset"]
    Person.objects.filter(pk=head.person.pk).update(department=team.stranger.person.department_id)
    refused = head.post(f"changesets/{changeset}/undo")
    assert (refused.status_code, refused.json()["message"]) == (409, "其中有您现在无权处理的记录，不能撤销；请联系管理员")
    (row,) = head.get("recycled", collection="customers").json()["rows"]
    assert head.post(f"recycled/{row['id']}/restore").status_code == 409
    assert team.seller.get(f"customers/{second}").status_code == 404
    Person.objects.filter(pk=head.person.pk).update(department=team.seller.person.department_id)
    assert undone(head, changeset)["kept"] == []
    assert team.seller.get(f"customers/{second}").status_code == 200
