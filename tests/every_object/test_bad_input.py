"""坏输入: whatever is wrong with a request, the answer names the field in Chinese, and nothing has changed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.every_object.company import Company, every, made_by_hand, path, stored
from tests.every_object.values import editable, wrong_values
from zhike.features.audit.models import Entry
from zhike.testing.kit import Api, make, sample

pytestmark = pytest.mark.django_db
NO_OBJECTS = (b"[]", b"5", b'"x"', b"null", b"{", b"", b'{"a": NaN}', b"\xff", b"[" * 5000)
CURSORS = (
    "x",
    "eyJ9",
    "W10",
    "WzFd",
    "W251bGwsbnVsbF0",
    "/////",
    "é",
    "W1siYSJdLFsiYiJdXQ",
    "WyJcdTAwMDAiLCIxIl0",
    "WyJcdWQ4MDAiLCIxIl0",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def refused(answer: Any, field: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), (field, answer.content.decode()[:300])
    reason = answer.json()["fields"].get(field)
    assert reason and CHINESE.search(str(reason)), (field, answer.json())


@every
def test_a_wrong_value_is_refused_by_the_name_of_its_field_and_nothing_changes(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    before, entries = stored(model, record.pk), Entry.objects.count()
    for name, value in wrong_values(model):
        refused(director.patch(path(model, record.pk), {name: value}), name)
    assert stored(model, record.pk) == before
    assert Entry.objects.count() == entries


@made_by_hand
def test_a_new_record_with_a_wrong_value_is_not_made(model: Any, director: Api) -> None:
    body = sample(model, actor=director.person)
    before = model._base_manager.count()
    for name, value in wrong_values(model):
        refused(director.post(f"{path(model)}?duplicates=allow", {**body, name: value}), name)
    assert model._base_manager.count() == before


@made_by_hand
def test_what_is_required_must_be_there_and_cannot_be_emptied(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    body = sample(model, actor=director.person)
    before, count = stored(model, record.pk), model._base_manager.count()
    missing = director.post(path(model), {})
    for name in body:
        assert missing.json()["fields"][name] == "必填" or name in model.spec.one_of
        for empty in (None, "", "   ") if model.kinds()[name].kind in ("text", "longtext") else (None, ""):
            refused(director.post(f"{path(model)}?duplicates=allow", {**body, name: empty}), name)
            refused(director.patch(path(model, record.pk), {name: empty}), name)
    assert (stored(model, record.pk), model._base_manager.count()) == (before, count)


@every
def test_unknown_and_read_only_fields_are_refused(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    before = stored(model, record.pk)
    closed = [n for n, k in model.kinds().items() if not k.editable]
    assert {"owner", "created_at", "incomplete"} <= set(closed)
    for name in ("没有", "password", "search", "grants", "pk", "owner_id", "__class__", ""):
        if name not in editable(model):
            refused(director.patch(path(model, record.pk), {name: "x"}), name)
            if not model.spec.arises:
                refused(director.post(path(model), {**sample(model, actor=director.person), name: "x"}), name)
    for name in [*closed, "id"]:
        refused(director.patch(path(model, record.pk), {name: before.get(name) if before else None}), name)
    assert stored(model, record.pk) == before


@every
def test_a_reference_to_a_record_out_of_sight_is_refused_like_one_that_does_not_exist(model: Any, company: Company) -> None:
    record = make(model, actor=company.owner.person)
    pointing = {n: k for n, k in editable(model).items() if k.kind in ("ref", "refs")}
    for name, kind in pointing.items():
        hidden = make(kind.target, actor=company.elsewhere.person)
        if kind.target.objects.visible_to(company.owner.person).filter(pk=hidden.pk).exists():
            continue
        answer = company.owner.patch(path(model, record.pk), {name: hidden.pk if kind.kind == "ref" else [hidden.pk]})
        refused(answer, name)
        assert answer.json()["fields"][name] == "没有这条记录，或您无权查看"


@made_by_hand
def test_a_body_that_is_no_json_object_is_refused(model: Any, director: Api) -> None:
    before = model._base_manager.count()
    for body in NO_OBJECTS:
        answer = director.client.post(f"/api/v1/{path(model)}", body, content_type="application/json")
        assert answer.status_code in (400, 422), answer.content.decode()
        assert CHINESE.search(answer.json()["message"])
    assert model._base_manager.count() == before


@every
def test_questions_that_cannot_be_read_are_refused_by_name(model: Any, director: Api) -> None:
    for asked, field in (
        ({"没有": "1"}, "没有"), ({"limit": "0"}, "limit"), ({"limit": "201"}, "limit"), ({"limit": "-1"}, "limit"),
        ({"limit": "x"}, "limit"), ({"order": "password"}, "password"), ({"order": "id.id"}, "id.id"),
        ({"fields": "password"}, "password"),
        ({"fields": 'id"x'}, 'id"x'), ({"filter": {"field": "password", "op": "eq", "value": "x"}}, "password"),
        ({"filter": {"field": "owner.password", "op": "filled"}}, "owner.password"), ({"q": "字" * 300}, "q"),
        ({"fields": "owner.owner.owner.owner.name"}, "owner.owner.owner.owner.name"),
    ):  # fmt: skip
        refused(director.get(path(model), **asked), field)
    for after in CURSORS:
        answer = director.get(path(model), after=after, order=model.spec.title)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed"), (after, answer.content.decode())
    for text in ("{", "nul", "[" * 100_000, '"\\ud800"'):
        answer = director.get(path(model), filter=text)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed"), text[:20]


def test_ids_out_of_range_are_not_found_and_never_an_error(director: Api) -> None:
    for pk in ("0", str(2**31), str(2**63), "9" * 30, "9" * 5000):
        for tail in ("", "/page", "/history"):
            assert director.get(f"customers/{pk}{tail}").status_code == 404
        assert director.patch(f"customers/{pk}", {}).status_code == 404
        assert director.delete(f"customers/{pk}").status_code == 404
        assert director.post(f"customers/{pk}/develop").status_code == 404


def test_addresses_and_methods_nobody_declared_are_refused_in_the_one_shape(director: Api) -> None:
    for answer, status, code in (
        (director.get("cats"), 404, "not_found"),
        (director.get("customers/1/cats/1"), 404, "not_found"),
        (director.post("customers/1/fly"), 404, "not_found"),
        (director.client.put("/api/v1/customers", "{}", content_type="application/json"), 405, "method_not_allowed"),
        (director.client.post("/api/v1/customers", "a=1", content_type="text/plain"), 415, "unsupported"),
        (director.client.post("/api/v1/customers", {"a": "1"}), 415, "unsupported"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content.decode()
        assert set(answer.json()) == {"code", "message", "fields"}


def test_a_refused_method_is_told_which_ones_there_are(director: Api) -> None:
    assert director.client.put("/api/v1/customers", "{}", content_type="application/json")["Allow"] == "GET, POST"


def test_a_body_of_many_megabytes_is_refused_before_it_is_read(director: Api) -> None:
    body = json.dumps({"name": "x" * 11_000_000})
    answer = director.client.post("/api/v1/customers", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
