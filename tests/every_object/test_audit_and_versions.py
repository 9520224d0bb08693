"""操作记录与版本: the database writes down every change, raw SQL included; nobody overwrites what she has not seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tests.every_object.company import every, made_by_hand, path, stored
from zhike.features.audit.models import Entry
from zhike.testing.kit import Api, make, sample, sample_value

pytestmark = pytest.mark.django_db


def changeable(model: Any) -> str:
    """A field anybody may write into."""
    kinds = model.kinds().items()
    plain = [n for n, k in kinds if k.editable and k.kind in ("text", "longtext") and not getattr(k, "check_value", None)]
    return plain[0]


@every
@pytest.mark.covers("P-03")
def test_who_changed_what_from_which_value_to_which_is_in_the_history(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    name = changeable(model)
    before = getattr(record, name)
    changed = director.patch(path(model, record.pk), {name: "改过的"})
    assert changed.status_code == 200, changed.content.decode()
    latest, first = director.get(path(model, record.pk, "history")).json()["rows"][:2]
    assert (latest["verb"], latest["through"], latest["actor"]) == (
        "change",
        "web",
        {"id": director.person.pk, "label": "director"},
    )
    seen = {c["field"]: (c["old"], c["new"]) for c in latest["changes"]}
    assert seen[name] == (before, "改过的")
    assert first["verb"] == "add"


@every
def test_a_change_made_by_raw_sql_is_in_the_history_too(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhike.' || n, '', true) FROM unnest('{actor,through,verb}'::text[]) n")
        cursor.execute(f"UPDATE {model._meta.db_table} SET owner_id = NULL WHERE id = %s", [record.pk])
        latest = director.get(path(model, record.pk, "history")).json()["rows"][0]
        assert (latest["through"], latest["verb"], latest["actor"]) == ("sql", "change", None)
        assert latest["changes"] == [
            {"field": "owner", "label": "负责人", "old": {"id": director.person.pk, "label": "director"}, "new": None}
        ]


@made_by_hand
def test_a_deleted_record_is_kept_whole_in_the_audit(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    assert director.delete(path(model, record.pk)).status_code == 204
    entry = Entry.objects.filter(collection=model.spec.collection, record=record.pk, part="").latest("pk")
    assert (entry.verb, entry.actor_id, entry.new) == ("delete", director.person.pk, None)
    assert entry.old["owner_id"] == director.person.pk
    assert "password" not in entry.old


@every
def test_a_change_that_changes_nothing_writes_nothing(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    before, entries = stored(model, record.pk), Entry.objects.count()
    again = director.patch(path(model, record.pk), {changeable(model): getattr(record, changeable(model))})
    assert again.json()["version"] == 1
    assert (stored(model, record.pk), Entry.objects.count()) == (before, entries)


@every
def test_whoever_saves_second_is_told_both_values_and_overwrites_nothing(model: Any, director: Api) -> None:
    record, name = make(model, actor=director.person), changeable(model)
    url = path(model, record.pk)
    assert director.patch(url, {name: "先", "version": 1}).json()["version"] == 2
    before = stored(model, record.pk)
    late = director.patch(url, {name: "后", "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    assert late.json()["fields"] == {name: {"yours": "后", "theirs": "先"}}
    assert (late.json()["current"][name], late.json()["current"]["version"]) == ("先", 2)
    for answer in (
        director.patch(url, {name: "后"}, **{"If-Match": '"1"'}),
        *([] if model.withholds("delete") else [director.delete(url, **{"If-Match": "1"})]),
        *([] if model.withholds("transfer") else [director.post(f"{url}/transfer", {"owner": director.person.pk, "version": 1})]),
        *(director.post(f"{url}/{a}", {"version": 1}) for a in model.actions()),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "stale"), answer.content.decode()
    assert stored(model, record.pk) == before
    assert director.patch(url, {name: "后"}, **{"If-Match": 'W/"2"'}).json()["version"] == 3
    for wrong in ("x", True, "1.5", -1, 10**12):
        assert director.patch(url, {name: "x", "version": wrong}).json()["fields"] == {"version": "应为正整数"}


@made_by_hand
def test_the_same_idempotency_key_acts_once(model: Any, director: Api) -> None:
    key, body = {"Idempotency-Key": "k-1"}, sample(model, actor=director.person)
    before = model._base_manager.count()
    url = f"{path(model)}?duplicates=allow"
    first, second = director.post(url, body, **key), director.post(url, body, **key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert model._base_manager.count() == before + 1
    other = director.post(url, {**body, "x": 1}, **key)
    assert other.json()["fields"] == {"Idempotency-Key": "已用于另一个请求"}


def test_a_refused_request_does_not_use_up_its_idempotency_key(director: Api) -> None:
    key = {"Idempotency-Key": "k-2"}
    assert director.post("posts", {}, **key).status_code == 422
    assert director.post("posts", {"name": "区域经理"}, **key).status_code == 201


def test_every_kind_of_field_survives_a_change_of_the_others(director: Api) -> None:
    from zhike.apps.customers.objects.customer import Customer

    full = {n: sample_value(k, director.person) for n, k in Customer.kinds().items() if k.editable and k.kind != "text"}
    answer = director.post("customers", {"name": "全字段公司", **full})
    assert answer.status_code == 201, answer.content.decode()
    made = answer.json()
    changed = director.patch(f"customers/{made['id']}", {"short_name": "全"}).json()
    differing = {n for n in made if made[n] != changed[n]}
    assert differing == {"short_name", "version", "updated_at"}
