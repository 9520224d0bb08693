"""可见范围: one gate decides in every place where a record can show itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.every_object.company import Company, every, only, passed_on, path, sees, stored
from zhike.testing.kit import make

pytestmark = pytest.mark.django_db


@every
@pytest.mark.covers("P-04")
def test_list_detail_page_history_aggregate_and_bulk_agree_on_who_sees_a_record(model: Any, company: Company) -> None:
    record = make(model, actor=company.owner.person)
    for name, api in company.everybody():
        seen = sees(model, name)
        listed = api.get(path(model), filter=only(record.pk), total=1)
        if name == "nobody":
            assert listed.status_code == 403, listed.content.decode()
        else:
            assert [r["id"] for r in listed.json()["rows"]] == [record.pk] * seen, name
            assert listed.json()["total"] == {"count": int(seen), "exact": True}
            counted = api.get(path(model, "aggregate"), filter=only(record.pk)).json()["rows"]
            assert counted == [{"count": int(seen)}], name
            chosen = api.post(path(model, "bulk"), {"ids": [record.pk], "set": {}, "dry_run": True})
            assert chosen.json()["count"] == int(seen and (name == "owner" or not model.spec.authored)), name
        for tail in ((), ("page",), ("history",)):
            assert api.get(path(model, record.pk, *tail)).status_code == (200 if seen else 404), (name, tail)


@every
def test_search_and_options_agree_on_who_sees_a_record(model: Any, company: Company) -> None:
    record = make(model, {model.spec.title: "紫檀木"} if titled(model) else None, actor=company.owner.person)
    words = str(getattr(record, model.spec.title))
    for name, api in company.everybody():
        asked = {"q": words, "in": model.spec.collection}  # of one object, as asking for all of them each time takes too long
        groups = {g["collection"]: g["rows"] for g in api.get("search", **asked).json()["groups"]}
        found = {r["id"] for r in groups.get(model.spec.collection, [])}
        offered = {r["id"] for r in api.get(path(model, "options"), q=words).json()["rows"]}
        expected = {record.pk} if sees(model, name) else set()
        assert offered == (expected if searched(model) else set()), name
        assert found == (expected if searched(model) and model.spec.menu else set()), name


def titled(model: Any) -> bool:
    """Whether people type the name of a record."""
    return bool(model.kinds()[model.spec.title].editable)


def searched(model: Any) -> bool:
    return any(k.search and (k.editable or n == model.spec.title) for n, k in model.kinds().items())


@every
def test_whoever_does_not_see_a_record_cannot_touch_it(model: Any, company: Company) -> None:
    record = make(model, actor=company.owner.person)
    before = stored(model, record.pk)
    for name, api in company.everybody():
        if sees(model, name):
            continue
        assert api.patch(path(model, record.pk), {}).status_code == 404
        assert api.delete(path(model, record.pk)).status_code == 404
        assert api.post(path(model, record.pk, "transfer"), {"owner": api.person.pk}).status_code == 404
        for action in model.actions():
            assert api.post(path(model, record.pk, action)).status_code == 404, (name, action)
    assert stored(model, record.pk) == before


@every
def test_without_a_grant_nothing_can_be_added_or_done_in_bulk(model: Any, company: Company) -> None:
    nobody = company.nobody
    before = model._base_manager.count()
    for answer in (
        nobody.post(path(model), {}),
        nobody.post(path(model, "bulk"), {"filter": {}, "delete": True}),
        nobody.post(path(model, "duplicates"), {}),
        nobody.get(path(model, "aggregate")),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert model._base_manager.count() == before


@passed_on
def test_a_transferred_record_follows_its_new_owner(model: Any, company: Company) -> None:
    record = make(model, actor=company.owner.person)
    receiver = company.elsewhere.person
    answer = company.owner.post(path(model, record.pk, "transfer"), {"owner": receiver.pk})
    assert answer.status_code == 200, answer.content.decode()
    moved = company.elsewhere.get(path(model, record.pk)).json()
    assert moved["owner"] == {"id": receiver.pk, "label": "elsewhere"}
    assert moved["department"]["label"] == "深圳"
    # What was said to one's own customer, and work one has handed out, can still be read.
    if not sees(model, "peer") and model.spec.readable is None:
        assert company.owner.get(path(model, record.pk)).status_code == 404
        assert answer.json() == {"id": record.pk, "gone": True}
    assert next(e["verb"] for e in company.elsewhere.get(path(model, record.pk, "history")).json()["rows"]) == "transfer"


@every
def test_a_likely_duplicate_out_of_sight_is_masked_and_names_its_team(model: Any, company: Company) -> None:
    if not model.spec.duplicates:
        return
    ground = model.spec.duplicates[0].field
    body = {ground: "13912345678" if model.kinds()[ground].kind == "phone" else "紫檀木业有限公司"}
    record = make(model, body, actor=company.owner.person)
    for name, api in company.everybody():
        if name == "nobody":
            continue
        (found,) = api.post(path(model, "duplicates"), body).json()["duplicates"]
        assert (found["id"], found["visible"]) == ((record.pk, True) if sees(model, name) else (None, False))
        assert found["holder"] == "上海"
        assert ("*" in found["label"]) is not sees(model, name)
