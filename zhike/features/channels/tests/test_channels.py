"""外部通道: signed as each receiver documents it, tried again, given up, sent anew; never into the house, its key never shown."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.db import connection
from django.utils import timezone

from zhike.features.channels.objects.delivery import Delivery
from zhike.features.channels.posting import Message, post
from zhike.features.channels.reaching import NotSent, send
from zhike.features.channels.sending import send_due
from zhike.features.channels.tests.standing_in import StandIn, standing_in
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "SEC-geheim-4711-0815"


@pytest.fixture
def admin(transactional_db: Any) -> Api:
    return Api(make_user("admin", Reach.ALL, make_department("总部")))


@pytest.fixture
def other(settings: Any) -> Iterator[StandIn]:
    settings.OUTBOUND_NETWORKS = ["127.0.0.0/8"]
    with standing_in() as stand_in:
        yield stand_in


def channel(admin: Api, sort: str, url: str, secret: str = SECRET) -> Any:
    made = added(admin, "channels", name="销售群", sort=sort)
    return done(admin, f"channels/{made['id']}/connect", url=url, secret=secret)


def tried(admin: Api, made: Any) -> Any:
    """The test message of a channel, after a worker has had it."""
    sent = done(admin, f"channels/{made['id']}/try_out")["made"][0]
    work()
    return admin.get(f"deliveries/{sent['id']}").json()


def work() -> None:
    for job in Job.objects.filter(kind="deliver", state="waiting").order_by("pk"):
        assert run_now(job.pk).state == "done"


@pytest.mark.covers("G-34")
def test_a_webhook_is_signed_over_time_and_body_and_numbered(admin: Api, other: StandIn) -> None:
    sent = tried(admin, channel(admin, "webhook", other.url("/hook")))
    assert (sent["state"], sent["attempts"], sent["answer"]) == ("sent", 1, "")
    [received] = other.received
    stamp, sign = (part.partition("=")[2] for part in received.headers["Zhike-Signature"].split(","))
    expected = hmac.new(SECRET.encode(), f"{stamp}.".encode() + received.body, hashlib.sha256).hexdigest()
    assert (received.path, sign) == ("/hook", expected)
    assert abs(int(stamp) - timezone.now().timestamp()) < 60
    assert (received.headers["Zhike-Delivery"], received.headers["Zhike-Event"]) == (str(sent["id"]), "test")
    assert (received.json["event"], received.json["text"]) == ("test", "这是知客发出的测试消息，收到即说明通道是通的。")


def test_a_robot_of_dingtalk_finds_time_and_signature_in_the_address(admin: Api, other: StandIn) -> None:
    assert tried(admin, channel(admin, "dingtalk", other.url("/robot/send?access_token=abc")))["state"] == "sent"
    [received] = other.received
    [stamp], [sign] = received.question["timestamp"], received.question["sign"]
    digest = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
    assert (quote_plus(sign), received.question["access_token"]) == (quote_plus(base64.b64encode(digest)), ["abc"])
    assert (len(stamp), received.json["msgtype"]) == (13, "text")
    assert received.json["text"] == {"content": "这是知客发出的测试消息，收到即说明通道是通的。"}


def test_a_robot_of_feishu_finds_them_in_the_body(admin: Api, other: StandIn) -> None:
    other.answer = {"code": 0, "msg": "success"}
    assert tried(admin, channel(admin, "feishu", other.url("/open-apis/bot/v2/hook/abc")))["state"] == "sent"
    told = other.received[0].json
    digest = hmac.new(f"{told['timestamp']}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    assert told == {
        "msg_type": "text", "content": {"text": "这是知客发出的测试消息，收到即说明通道是通的。"},
        "timestamp": told["timestamp"], "sign": base64.b64encode(digest).decode(),
    }  # fmt: skip
    assert len(told["timestamp"]) == 10


def test_a_robot_of_wecom_has_its_key_in_the_address_and_its_no_is_heard(admin: Api, other: StandIn) -> None:
    made = channel(admin, "wecom", other.url("/cgi-bin/webhook/send?key=k-1"), "")
    assert tried(admin, made)["state"] == "sent"
    told = {"msgtype": "text", "text": {"content": "这是知客发出的测试消息，收到即说明通道是通的。"}}
    assert (other.received[0].question, other.received[0].json) == ({"key": ["k-1"]}, told)
    other.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    refused = tried(admin, made)
    assert (refused["state"], refused["answer"]) == ("waiting", "机器人没有接受（93000）invalid webhook url")


@pytest.mark.covers("T-65")
def test_what_is_not_taken_is_tried_again_ever_later_then_given_up_and_sent_anew_by_hand(admin: Api, other: StandIn) -> None:
    other.status = 500
    first = tried(admin, channel(admin, "webhook", other.url("/hook")))
    pauses = [paused(first)]
    for _ in range(6):
        Delivery.objects.filter(pk=first["id"]).update(next_at=timezone.now())
        send_due()
        work()
        pauses.append(paused(admin.get(f"deliveries/{first['id']}").json()))
    assert pauses == [1, 5, 30, 120, 360, 1440, None]
    dead = admin.get(f"deliveries/{first['id']}").json()
    assert (dead["state"], dead["attempts"], dead["answer"], len(other.received)) == ("dead", 7, "对方没有接受（HTTP 500）", 7)
    assert admin.get("notifications").json()["rows"][0]["text"] == "消息没有送达“销售群”：对方没有接受（HTTP 500）"
    other.status = 204
    bulk = admin.post("deliveries/bulk", {"filter": {"field": "state", "op": "eq", "value": "dead"}, "action": "resend"})
    assert bulk.json()["done"] == 1
    send_due()
    work()
    sent = admin.get(f"deliveries/{first['id']}").json()
    assert (sent["state"], sent["attempts"], sent["answer"]) == ("sent", 1, "")
    assert {r.headers["Zhike-Delivery"] for r in other.received} == {str(first["id"])}


def paused(delivery: Any) -> int | None:
    """Minutes until it is tried again."""
    if delivery["next_at"] is None:
        return None
    return round((datetime.fromisoformat(delivery["next_at"]) - timezone.now()) / timedelta(minutes=1))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "[::1]", "[fe80::1]", "[fc00::1]", "[::ffff:10.0.0.8]", "[64:ff9b::a00:8]", "[2002:a00:8::]",
        "[fec0::1]", "[::127.0.0.1]", "2130706433", "0x7f.1", "public.example@127.0.0.1",
    ],
)  # fmt: skip
def test_nothing_is_sent_into_the_house(settings: Any, address: str) -> None:
    settings.OUTBOUND_NETWORKS = []
    with pytest.raises(NotSent, match="内部网络") as refused:
        send(f"https://{address}/latest/meta-data", b"{}", {})
    assert refused.value.final


def test_a_name_that_leads_inside_is_refused_and_one_that_turns_there_later_is_not_followed(
    other: StandIn, settings: Any, monkeypatch: Any
) -> None:
    """The name is asked once, and the connection goes where that answer said."""
    answers = iter(["127.0.0.1", "10.9.9.9"])
    connected: list[str] = []

    def resolve(name: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    real = socket.create_connection

    def connect(address: Any, *more: Any) -> Any:
        connected.append(address[0])
        monkeypatch.setattr(socket, "getaddrinfo", untouched)
        return real(address, *more)

    untouched = socket.getaddrinfo
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert send(f"http://rebind.example:{other.port}/x", b"{}", {}) == b'{"errcode": 0}'
    assert (connected, next(answers)) == (["127.0.0.1"], "10.9.9.9")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (a, 443)) for a in ("93.184.216.34", "10.1.1.1")])
    with pytest.raises(NotSent, match="内部网络"):
        send("https://two-faced.example/x", b"{}", {})
    assert len(other.received) == 1


def test_a_redirect_is_not_followed_and_plain_http_stays_inside(admin: Api, other: StandIn, settings: Any) -> None:
    other.status, other.location = 302, other.url("/elsewhere")
    sent = tried(admin, channel(admin, "webhook", other.url("/hook")))
    assert (sent["state"], sent["answer"]) == ("waiting", "对方要求转到别处（HTTP 302），没有跟随；请改成最终的地址")
    assert [r.path for r in other.received] == ["/hook"]
    settings.OUTBOUND_NETWORKS = []
    with pytest.raises(NotSent, match="必须用 https"):
        send("http://93.184.216.34/", b"{}", {})


def test_address_and_key_are_told_to_nobody(admin: Api, other: StandIn, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    other.status = 500
    made = channel(admin, "dingtalk", other.url("/robot/send?access_token=tok-4711"))
    assert (made["host"], made["signed"]) == (f"http://127.0.0.1:{other.port}", True)
    delivery = tried(admin, made)
    paths = (f"channels/{made['id']}", f"channels/{made['id']}/page", f"channels/{made['id']}/history", "channels", "meta")
    answers = [admin.get(p).content.decode() for p in paths] + [
        json.dumps([made, delivery]),
        admin.get("deliveries").content.decode(),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(e)::text FROM audit_entry e UNION ALL SELECT json_agg(j)::text FROM jobs_job j")
        kept = [str(row) for row in cursor.fetchall()]
    for told in (*answers, *kept, caplog.text):
        assert SECRET not in told
        assert "tok-4711" not in told


def test_what_a_message_says_is_read_by_those_alone_who_lead_its_channel(admin: Api, other: StandIn) -> None:
    """发送记录: another sees that something went and whether it arrived, at no door what it said."""
    made = channel(admin, "webhook", other.url("/hook"))
    post([made["id"]], [Message(event="automation", text="四川石化已赢单", data={"records": [{"phone": "13800138000"}]})])
    work()
    [whole] = admin.get("deliveries").json()["rows"]
    path, told = f"deliveries/{whole['id']}", "四川石化已赢单"
    assert told in admin.get(path).json()["body"] and whole["name"] == "自动化消息"
    verbs = dict.fromkeys(("view", "export", "resend"), "all")
    reader = Api(make_user("reader", {"deliveries": verbs, "channels": {"view": "all"}}))
    assert reader.get(path).json()["state"] == "sent"
    doors = (path, f"{path}/page", f"{path}/history", "deliveries", "deliveries?q=四川", "search?q=四川石化", "changes?since=0")
    answers = [reader.get(door).content.decode() for door in doors]
    assert [(told in said, "13800138000" in said) for said in answers] == [(False, False)] * len(doors)
    asked = json.dumps({"field": "body", "op": "contains", "value": "四川"})
    assert reader.get(f"deliveries?filter={quote_plus(asked)}").status_code == 422
    conductor = Api(make_user("conductor", {"deliveries": verbs, "channels": {"view": "all", "connect": "all"}}))
    assert told in conductor.get(path).json()["body"]


def test_a_webhook_without_a_key_is_not_kept(admin: Api) -> None:
    made = added(admin, "channels", name="接口")
    weak = admin.post(f"channels/{made['id']}/connect", {"url": "https://example.com/x", "secret": "short"})
    assert (weak.status_code, weak.json()["fields"]) == (422, {"secret": "至少 16 个字，接收方用它核对签名"})
    assert admin.get(f"channels/{made['id']}").json()["host"] == ""
    untried = admin.post(f"channels/{made['id']}/try_out")
    assert (untried.status_code, untried.json()["message"], Delivery.objects.count()) == (409, "请先设置地址与密钥", 0)
