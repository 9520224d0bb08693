"""The contract every declared object keeps. A new object gets these tests by existing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.every_object.company import every, made_by_hand, path
from zhike.features.audit.models import Entry
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make, make_department, make_user, sample

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def signed_in(founding: bool) -> Api:
    assert founding
    return Api(make_user("seller", Reach.ALL, make_department("销售一部")))


@pytest.fixture
def api(db: Any, signed_in: Api) -> Api:
    return signed_in.again()


@every
@pytest.mark.covers("G-34")
def test_a_stranger_is_refused_at_every_door(model: Any) -> None:
    stranger = Api()
    for tail in ((), ("1",), ("1", "page"), ("1", "history"), ("aggregate",), ("options",)):
        assert stranger.get(path(model, *tail)).status_code == 401
    assert stranger.post(path(model), {}).status_code == 401
    assert model._base_manager.filter(created_by=None, name="x").count() == 0 if "name" in model.kinds() else True


@made_by_hand
def test_a_record_is_made_and_answered_as_it_is_read(model: Any, api: Api) -> None:
    made = api.post(path(model) + "?duplicates=allow", sample(model, actor=api.person))
    assert made.status_code == 201, made.content.decode()
    assert api.get(path(model, made.json()["id"])).json() == made.json()


@every
def test_a_record_is_read_and_listed_and_deleted_unless_the_program_recorded_it(model: Any, api: Api) -> None:
    record = make(model, actor=api.person)
    read = api.get(path(model, record.pk)).json()
    assert (read["version"], read["created_by"]) == (1, {"id": api.person.pk, "label": "seller"})
    listed = api.get(path(model), order="-id").json()
    assert listed["rows"][0]["id"] == record.pk
    deleted, gone = api.delete(path(model, record.pk)), not model.spec.arises
    assert deleted.status_code == (204 if gone else 404), deleted.content.decode()
    assert api.get(path(model, record.pk)).status_code == (404 if gone else 200)


@every
def test_the_page_holds_record_lists_and_history(model: Any, api: Api) -> None:
    record = make(model, actor=api.person)
    page = api.get(path(model, record.pk, "page"))
    assert page.status_code == 200, page.content.decode()
    assert page.json()["record"]["id"] == record.pk
    assert page.json()["history"]["rows"][0]["verb"] == "add"


@every
def test_creation_is_audited_with_who_and_through_what(model: Any, api: Api) -> None:
    record = make(model, actor=api.person)
    entry = Entry.objects.get(collection=model.spec.collection, record=record.pk, part="")
    assert (entry.verb, entry.actor_id, entry.through) == ("add", api.person.pk, "system")


@every
def test_search_aggregate_and_options_answer(model: Any, api: Api) -> None:
    make(model, actor=api.person)
    for tail in ("aggregate", "options"):
        answer = api.get(path(model, tail))
        assert answer.status_code == 200, answer.content.decode()
    assert api.get(path(model), total=1, q="样例").status_code == 200
