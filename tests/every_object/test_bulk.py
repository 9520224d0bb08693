"""批量操作: the same gate and rules for many as for one; first shown, then done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.every_object.company import Company, every, made_by_hand, passed_on, path, sees, stored
from tests.every_object.test_audit_and_versions import changeable
from zhike.features.audit.models import Entry
from zhike.testing.kit import Api, make

pytestmark = pytest.mark.django_db


@every
@pytest.mark.covers("T-11")
def test_a_dry_run_counts_and_touches_nothing(model: Any, director: Api) -> None:
    records = [make(model, actor=director.person) for _ in range(3)]
    chosen = {"ids": [r.pk for r in records], "dry_run": True}
    before, entries = [stored(model, r.pk) for r in records], Entry.objects.count()
    name = changeable(model)
    change: list[dict[str, Any]] = [] if model.kinds()[name].unique else [{"set": {name: "新"}}]
    for deed in (*change, *whole(model, director.person)):
        answer = director.post(path(model, "bulk"), chosen | deed)
        foreseen = answer.json()
        assert ("along" in foreseen) == ("transfer" in deed)  # what could go along with what is handed over
        owned = 3 if "transfer" in deed else 0  # these are hers already
        assert foreseen | {"along": []} == {"count": 3, "done": 0, "same": owned, "refused": [], "along": []}, (
            answer.content.decode()
        )
    assert ([stored(model, r.pk) for r in records], Entry.objects.count()) == (before, entries)


def whole(model: Any, to: Any) -> list[dict[str, Any]]:
    """What is done to records as a whole, as far as anybody may."""
    deeds: list[dict[str, Any]] = [{"delete": True}, {"transfer": to.pk}]
    return [deed for deed in deeds if not model.withholds(next(iter(deed)))]


@made_by_hand
@pytest.mark.covers("T-11")
def test_many_records_are_changed_handed_over_and_deleted_together(model: Any, company: Company) -> None:
    records = [make(model, actor=company.owner.person) for _ in range(3)]
    ids, name = [r.pk for r in records], changeable(model)
    unique = model.kinds()[name].unique
    if not unique:
        writer = company.owner if model.spec.authored else company.director
        answer = writer.post(path(model, "bulk"), {"ids": ids, "set": {name: "一起改"}})
        assert answer.json() == {"count": 3, "done": 3, "same": 0, "refused": []}, answer.content.decode()
        assert {getattr(r, name) for r in model._base_manager.filter(pk__in=ids)} == {"一起改"}
        assert Entry.objects.filter(collection=model.spec.collection, record__in=ids, verb="change").count() == 3
    to = company.elsewhere.person
    answer = company.director.post(path(model, "bulk"), {"ids": ids, "transfer": to.pk})
    assert answer.json()["done"] == 3
    assert set(model._base_manager.filter(pk__in=ids).values_list("owner_id", "department__name")) == {(to.pk, "深圳")}
    answer = company.director.post(path(model, "bulk"), {"filter": {"field": "id", "op": "in", "value": ids}, "delete": True})
    gone = 0 if model.spec.authored else 3
    assert answer.json() == {"count": gone, "done": gone, "same": 0, "refused": []}
    assert model._base_manager.filter(pk__in=ids).count() == 3 - gone


@passed_on
def test_bulk_reaches_no_farther_than_one_by_one(model: Any, company: Company) -> None:
    mine, theirs = make(model, actor=company.owner.person), make(model, actor=company.elsewhere.person)
    chosen = {"ids": [mine.pk, theirs.pk]}
    for name, api in (("peer", company.peer), ("owner", company.owner), ("nobody", company.nobody)):
        answer = api.post(path(model, "bulk"), chosen | {"transfer": api.person.pk})
        expected = 2 if sees(model, "peer") else int(name == "owner")
        if name == "nobody":
            assert answer.status_code == 403
        else:
            told = answer.json()
            assert (told["count"], told["done"] + told["same"]) == (expected, expected), name


@made_by_hand
def test_a_wrong_bulk_request_is_refused_and_nothing_changes(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    before = stored(model, record.pk)
    one = {"ids": [record.pk]}
    for wrong in (
        {}, {"ids": [record.pk]}, {"delete": True}, one | {"delete": False}, one | {"delete": True, "set": {}},
        one | {"filter": {}, "delete": True}, {"ids": "all", "delete": True}, {"ids": ["1"], "delete": True},
        one | {"transfer": 2**40}, one | {"transfer": "me"}, one | {"set": {"没有": 1}}, one | {"set": {"owner": 1}},
        one | {"set": 5}, {"filter": {"field": "没有", "op": "eq"}, "delete": True}, one | {"delete": True, "x": 1},
    ):  # fmt: skip
        answer = director.post(path(model, "bulk"), wrong)
        assert answer.status_code in (400, 422), (wrong, answer.content.decode())
    for action in ("fly", 5, None):
        assert director.post(path(model, "bulk"), one | {"action": action}).status_code == 404
    assert stored(model, record.pk) == before
