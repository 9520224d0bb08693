"""程序记录: what the program writes down, nobody makes up or makes away with – whatever her roles grant, by whatever door."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.every_object.company import Company, path, recorded, stored
from zhike.kernel.registry import objects
from zhike.testing.kit import Api, make, sample

pytestmark = pytest.mark.django_db


@recorded
def test_nobody_adds_or_imports_one_not_even_whoever_may_do_everything(model: Any, director: Api) -> None:
    body, before = sample(model, actor=director.person), model._base_manager.count()
    file = {"collection": model.spec.collection, "file": SimpleUploadedFile("a.csv", "名称\n甲\n".encode())}
    for answer in (
        director.post(path(model), body),
        director.post(path(model), body, **{"Idempotency-Key": "k"}),
        director.post(path(model, "duplicates"), body),
        director.client.post("/api/v1/imports", file),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), answer.content.decode()
    assert model._base_manager.count() == before


@recorded
def test_it_is_offered_to_nobody_and_granted_to_no_role(model: Any, director: Api) -> None:
    described = director.get("meta").json()["objects"][model.spec.collection]
    closed = [verb for verb in ("add", "import", "delete", "transfer") if verb != "transfer" or not model.spec.entrusted]
    assert {described["may"][verb] for verb in closed} == {"none"}
    role, collection = director.person.roles.get().pk, model.spec.collection
    matrix = {o["collection"]: o["verbs"] for o in director.get(f"roles/{role}/grants").json()["objects"]}
    assert matrix[collection] == [verb for verb in ("view", "change", "transfer", "export") if verb not in closed]
    for verb in closed:
        refused = director.patch(f"roles/{role}/grants", {"grants": {collection: {verb: "all"}}})
        assert refused.json()["fields"] == {f"{collection}.{verb}": "没有这个对象或操作"}


@recorded
def test_nobody_deletes_one_or_says_that_it_is_anothers(model: Any, company: Company) -> None:
    """An alarm, a case of neglect, the figures of a month: whom they are about stays, and so do they."""
    record, to, director = make(model, actor=company.owner.person), company.peer.person, company.director
    before, one = stored(model, record.pk), path(model, record.pk)
    assert director.delete(one).status_code == 404
    assert director.post(path(model, "bulk"), {"ids": [record.pk], "delete": True}).status_code == 403
    assert stored(model, record.pk) == before
    handed = [
        director.post(f"{one}/transfer", {"owner": to.pk}),
        director.post(path(model, "bulk"), {"ids": [record.pk], "transfer": to.pk}),
    ]
    assert [answer.status_code for answer in handed] == ([200, 200] if model.spec.entrusted else [404, 403])
    assert (stored(model, record.pk) == before) is not model.spec.entrusted


@recorded
def test_what_the_program_wrote_down_is_not_changed_by_hand(model: Any, company: Company) -> None:
    record = make(model, actor=company.owner.person)
    before = stored(model, record.pk)
    for name in sample(model, actor=company.owner.person):
        answer = company.director.patch(path(model, record.pk), {name: None})
        assert answer.json()["fields"] == {name: "不能直接修改"}
        answer = company.director.post(path(model, "bulk"), {"ids": [record.pk], "set": {name: None}})
        assert answer.json()["fields"] == {name: "不能直接修改"}
    assert stored(model, record.pk) == before


def test_no_rule_of_the_administrators_creates_one(director: Api) -> None:
    for collection in (c for c, model in objects().items() if model.spec.arises):
        steps = [{"do": "create", "collection": collection, "values": {}}]
        definition = json.dumps({"when": {"on": "created"}, "if": None, "do": steps})
        answer = director.post("automations", {"name": "规则", "collection": "customers", "definition": definition})
        assert (answer.status_code, "请选择要新建什么" in answer.content.decode()) == (422, True), answer.content.decode()
