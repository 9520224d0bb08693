"""在线咨询: a program with a key of its own tells what was written; it opens nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.kernel.registry import find
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, done

pytestmark = pytest.mark.django_db
HELLO = {"id": "m1", "at": "2026-03-01T10:00:00+08:00", "from": "visitor", "text": "支持私有化部署吗？"}
ANSWER = {"id": "m2", "at": "2026-03-01T10:01:00+08:00", "from": "staff", "text": "支持。方便留个电话吗？"}
PHONE = {"id": "m3", "at": "2026-03-01T10:02:00+08:00", "from": "visitor", "text": "13900010002"}


@pytest.fixture
def office(team: Team) -> Api:
    return Api(make_user("office", Reach.ALL))


@pytest.fixture
def key(office: Api, team: Team) -> str:
    answer = office.post("chat-channels", {"name": "官网客服", "collection": "leads", "receiver": team.seller.person.pk})
    assert answer.status_code == 201, answer.content.decode()
    return str(done(office, f"chat-channels/{answer.json()['id']}/renew")["secret"])


def told(key: str, *messages: Any, session: str = "s1", **visitor: str) -> Any:
    body = {"session": session, "visitor": visitor, "messages": list(messages)}
    return Api().post("chats", body, Authorization=f"Bearer {key}")


@pytest.mark.covers("V-22")
def test_a_chat_becomes_a_lead_with_what_was_written(key: str, team: Team) -> None:
    assert told(key, HELLO, ANSWER, name="李敏", company="苏州恒泰").json() == {"accepted": 2}
    assert told(key, ANSWER, PHONE).json() == {"accepted": 1}
    lead = find("leads").objects.get()
    assert (lead.name, lead.contact_name, lead.source, lead.owner_id) == (
        "苏州恒泰",
        "李敏",
        "consultation",
        team.seller.person.pk,
    )
    said = find("interactions").objects.filter(lead=lead.pk).order_by("pk").values_list("channel", "content")
    assert list(said) == [
        ("chat", "10:00 访客：支持私有化部署吗？\n10:01 客服：支持。方便留个电话吗？"), ("chat", "10:02 访客：13900010002"),
    ]  # fmt: skip
    assert told(key, HELLO, session="s2", name="王芳").json() == {"accepted": 1}
    assert find("leads").objects.count() == 2


def test_the_key_opens_nothing_else_and_dies_with_the_next_one(key: str, office: Api) -> None:
    for path in ("leads", "session", "chat-channels"):
        assert Api().client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    channel = find("chat-channels").objects.get()
    assert key not in office.get(f"chat-channels/{channel.pk}/page").content.decode()
    fresh = done(office, f"chat-channels/{channel.pk}/renew")["secret"]
    assert [told(k, HELLO).status_code for k in (key, "", "zkc_x", fresh)] == [401, 401, 401, 200]
    office.patch(f"chat-channels/{channel.pk}", {"active": False})
    assert told(fresh, HELLO).status_code == 401


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"messages": [HELLO]}, "session"), ({"session": "x" * 101, "messages": []}, "session"),
        ({"session": "s", "messages": [{**HELLO, "from": "robot"}]}, "messages"), ({"session": "s", "messages": "x"}, "messages"),
        ({"session": "s", "messages": [{**HELLO, "at": "yesterday"}]}, "messages"), ({"session": "s", "owner": 1}, "owner"),
        ({"session": "s", "visitor": {"owner": 1}, "messages": [HELLO]}, "visitor"),
        ({"session": "s", "messages": [{**HELLO, "text": "a\x00b"}]}, "messages"),
    ],
)  # fmt: skip
def test_what_is_told_wrongly_changes_nothing(key: str, body: Any, where: str) -> None:
    answer = Api().post("chats", body, Authorization=f"Bearer {key}")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [where])
    assert not find("leads").objects.exists()
