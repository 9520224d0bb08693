"""动作与状态: an action starts only from its states; from every other it is refused and nothing has changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.every_object.company import path, stored, with_states
from zhike.features.audit.models import Entry
from zhike.testing.kit import Api, make, sample_value

pytestmark = pytest.mark.django_db


def answers(action: Any, actor: Any) -> dict[str, Any]:
    """The smallest form the action accepts."""
    fields = action.input.fields if action.input else {}
    form = {n: sample_value(k, actor) for n, k in fields.items() if k.required}
    return form | ({"to": action.targets[-1]} if len(action.targets) > 1 else {})


@with_states
@pytest.mark.covers("P-26")
def test_every_action_is_refused_from_every_wrong_state_and_nothing_changes(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    for action in model.actions().values():
        known = model.kinds()[action.state].options if action.sources else {}
        for state in set(known) - set(action.sources or ()):
            model._base_manager.filter(pk=record.pk).update(**{action.state: state})
            before, entries = stored(model, record.pk), Entry.objects.count()
            answer = director.post(path(model, record.pk, action.name), answers(action, director.person))
            assert (answer.status_code, answer.json()["code"]) == (409, "refused"), (action.name, state)
            shown = director.get(path(model, record.pk)).json()["actions"][action.name]
            assert shown == answer.json()["message"]
            bulk = director.post(
                path(model, "bulk"), {"ids": [record.pk], "action": action.name, "input": answers(action, director.person)}
            )
            if action.bulk:
                assert bulk.json() == {
                    "count": 1,
                    "done": 0,
                    "same": 0,
                    "refused": [{"collection": model.spec.collection, "id": record.pk, "label": str(record), "reason": shown}],
                }
            else:
                assert bulk.status_code == 404
            assert stored(model, record.pk) == before
            assert Entry.objects.filter(collection=model.spec.collection, record=record.pk).count() <= entries


@with_states
def test_a_state_cannot_be_written_directly(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    states = {n: k for n, k in model.kinds().items() if k.kind == "state"}
    before = stored(model, record.pk)
    for name, kind in states.items():
        for state in kind.options:
            for answer in (
                director.patch(path(model, record.pk), {name: state}),
                director.post(path(model, "bulk"), {"ids": [record.pk], "set": {name: state}}),
            ):
                assert answer.status_code == 422
                assert answer.json()["fields"] == {name: "不能直接修改"}
    assert stored(model, record.pk) == before


@with_states
def test_an_action_refuses_answers_it_did_not_ask_for(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    before = stored(model, record.pk)
    for action in (a for a in model.actions().values() if not a.lacks()):
        start = (action.sources or ("",))[0]
        if start:
            model._base_manager.filter(pk=record.pk).update(**{action.state: start})
            before = stored(model, record.pk)
        answer = director.post(path(model, record.pk, action.name), {**answers(action, director.person), "没有": 1})
        assert answer.status_code == 422, (action.name, answer.content.decode())
        assert answer.json()["fields"] == {"没有": "没有这个字段"}
        if len(action.targets) > 1:
            wrong = {**answers(action, director.person), "to": "没有"}
            assert "to" in director.post(path(model, record.pk, action.name), wrong).json()["fields"]
        assert stored(model, record.pk) == before


@with_states
def test_an_action_this_installation_cannot_carry_out_is_refused_before_anything_else(model: Any, director: Api) -> None:
    record = make(model, actor=director.person)
    before = stored(model, record.pk)
    for action in (a for a in model.actions().values() if a.lacks()):
        answer = director.post(path(model, record.pk, action.name), {"没有": 1})
        assert (answer.status_code, answer.json()["message"]) == (409, action.lacks())
    assert stored(model, record.pk) == before


@with_states
def test_an_action_is_in_the_history_under_its_own_name(model: Any, director: Api) -> None:
    for action in model.actions().values():
        record = make(model, actor=director.person)
        if action.sources:
            model._base_manager.filter(pk=record.pk).update(**{action.state: action.sources[0]})
        answer = director.post(path(model, record.pk, action.name), answers(action, director.person))
        if answer.status_code == 409:  # a rule of the object beyond its states
            continue
        assert answer.status_code == 200, (action.name, answer.content.decode())
        after = stored(model, record.pk) or {}
        if action.targets:
            assert after[action.state] in action.targets
        rows = director.get(path(model, record.pk, "history")).json()["rows"]
        assert (rows[0]["verb"], rows[0]["label"]) == (action.name, action.label)
