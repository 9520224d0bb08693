"""密钥: what opens a channel may wait for agreement too, and nobody is shown it meanwhile or afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.approval.models import Request
from zhike.features.approval.tests.conftest import House, by_head, held
from zhike.features.channels.keys import Key
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db
URL, SECRET = "https://hooks.example.com/robot?key=k-4711", "SEC-geheim-4711-0815"


def asked(house: House) -> tuple[str, Any]:
    """A channel whose opening waits for the president's agreement."""
    house.policy("channels", "connect", by_head())
    path = f"channels/{added(house.administrator, 'channels', name='销售群', sort='webhook')['id']}"
    return path, held(house.seller.post(f"{path}/connect", {"url": URL, "secret": SECRET}))


def kept() -> str:
    """All that is stored of all requests."""
    return str(list(Request.objects.values()))


def test_a_secret_waits_sealed_and_opens_the_channel_once_everybody_has_agreed(house: House) -> None:
    path, request = asked(house)
    shown = house.president.get(f"approvals/{request['id']}").json()
    assert {c["field"]: c["new"] for c in shown["changes"]} == {
        "url": "***", "secret": "***", "host": "https://hooks.example.com",
    }  # fmt: skip
    for text in (str(request), str(shown), kept()):
        assert ("k-4711" in text, SECRET in text) == (False, False)
    assert not Key.objects.exists()
    assert done(house.president, f"approvals/{request['id']}/approve")["state"] == "approved"
    key = Key.objects.get()
    assert (key.url, key.secret, house.seller.get(path).json()["signed"]) == (URL, SECRET, True)
    assert Request.objects.get().data == {}


@pytest.mark.parametrize("deed", ["disagree", "return", "withdraw"])
def test_nothing_of_it_stays_in_a_request_that_came_to_nothing(house: House, deed: str) -> None:
    _, request = asked(house)
    said = {} if deed == "withdraw" else {"opinion": "不必"}
    done(house.seller if deed == "withdraw" else house.president, f"approvals/{request['id']}/{deed}", **said)
    assert (Request.objects.get().data, Key.objects.count()) == ({}, 0)


def test_no_rule_may_keep_a_secret(house: House) -> None:
    step = {"do": "approve", "action": "connect", "data": {"url": URL, "secret": SECRET}}
    definition = {"when": {"on": "created"}, "do": [step]}
    answer = house.administrator.post("automations/rehearse", {"collection": "channels", "definition": definition})
    assert (answer.status_code, answer.json()["message"]) == (422, "规则：第 1 件事：这个动作要填写密钥，只能由人来做")
