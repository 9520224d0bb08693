"""门的性质: no address lets anybody do in another's name, nor any program, what only oneself may; new ones included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from zhike.api.urls import fixed
from zhike.features.delegating.tests.test_acting_for_somebody import act, given
from zhike.org.manner import Manner
from zhike.org.tokens import issue
from zhike.testing.team import Team

pytestmark = pytest.mark.django_db
ONESELF, NO_PROGRAM = "这件事只能由本人办理，请先结束代理", "令牌不能管理登录方式，请本人登录后办理"
WAYS_IN = {"session", "sessions", "tokens", "calendar-feed"}


def doors(*manners: Manner) -> Iterator[tuple[str, str]]:
    """Method and address of every door of these manners."""
    for route in fixed:
        if route.callback.manner in manners and not route.callback.public:
            address = re.sub(r"<int:\w+>", "1", str(route.pattern))
            for method in route.callback.methods:
                yield method, f"/api/v1/{re.sub(r'<[^>]+>', 'approve', address)}"


def test_every_way_in_says_that_it_is_one() -> None:
    places = {str(route.pattern).partition("/")[0]: route.callback for route in fixed if not route.callback.public}
    assert {place for place, door in places.items() if not door.manner.for_programs} == WAYS_IN
    said = {
        route.callback.manner for route in fixed if str(route.pattern).partition("/")[0] in WAYS_IN and not route.callback.public
    }
    assert said == {Manner.ENTRY, Manner.KEYS, Manner.ACTING}


def test_nobody_does_for_another_what_is_only_ones_own(team: Team) -> None:
    act(team, given(team))
    assistant, asked = team.stranger.client, list(doors(Manner.PRIVATE))
    asked += [(method, at) for method, at in doors(Manner.OWN, Manner.KEYS, Manner.ENTRY) if method != "get"]
    assert len(asked) > 25
    for method, address in asked:
        told = (
            getattr(assistant, method)(address, {}, content_type="application/json")
            if method != "get"
            else assistant.get(address)
        )
        assert (told.status_code, told.json()["message"]) == (403, ONESELF), (method, address)


def test_no_program_looks_after_a_way_in(team: Team) -> None:
    """A token that runs out leaves nothing behind that lets one in."""
    bearer = {"Authorization": f"Bearer {issue(team.seller.person, 'program')}"}
    for method, address in doors(Manner.KEYS, Manner.ENTRY, Manner.ACTING):
        told: Any = getattr(Client(), method)(address, content_type="application/json", headers=bearer)
        assert (told.status_code, told.json()["message"]) == (403, NO_PROGRAM), (method, address)
