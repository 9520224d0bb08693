"""How each sort of channel wants to be spoken to: its body, its signature, and how it says no.

Webhook: our own signature. 钉钉: key and time as questions of the address. 飞书: in the body. 企业微信: the address is the key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from zhike.features.channels.reaching import NotSent

WEBHOOK, WECOM, DINGTALK, FEISHU = "webhook", "wecom", "dingtalk", "feishu"
SORTS = {WEBHOOK: "Webhook", WECOM: "企业微信机器人", DINGTALK: "钉钉机器人", FEISHU: "飞书机器人"}
FEWEST_SIGNS = 16
MOST_WECOM = 2048
SIGNATURE, DELIVERY, EVENT = "Zhike-Signature", "Zhike-Delivery", "Zhike-Event"
Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message as it goes over the wire."""

    url: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def signature(secret: str, at: int, body: bytes) -> str:
    """What a receiver of a webhook checks: the time, and HMAC-SHA256 with the secret over “time.body” in hexadecimal."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def webhook(url: str, secret: str, message: Json, at: float, number: int) -> Outgoing:
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {SIGNATURE: signature(secret, int(at), body), DELIVERY: str(number), EVENT: str(message["event"])}
    return Outgoing(url=url, body=body, headers=headers)


def dingtalk(url: str, secret: str, message: Json, at: float, number: int) -> Outgoing:
    milliseconds = int(at * 1000)
    told = {"msgtype": "text", "text": {"content": message["text"]}}
    if secret:
        digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
        sign = quote_plus(base64.b64encode(digest))
        url = f"{url}{'&' if '?' in url else '?'}timestamp={milliseconds}&sign={sign}"
    return Outgoing(url=url, body=json.dumps(told, ensure_ascii=False).encode())


def feishu(url: str, secret: str, message: Json, at: float, number: int) -> Outgoing:
    told: dict[str, Any] = {"msg_type": "text", "content": {"text": message["text"]}}
    if secret:
        digest = hmac.new(f"{int(at)}\n{secret}".encode(), b"", hashlib.sha256).digest()
        told |= {"timestamp": str(int(at)), "sign": base64.b64encode(digest).decode()}
    return Outgoing(url=url, body=json.dumps(told, ensure_ascii=False).encode())


def wecom(url: str, secret: str, message: Json, at: float, number: int) -> Outgoing:
    text = str(message["text"]).encode()[:MOST_WECOM].decode(errors="ignore")
    return Outgoing(url=url, body=json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False).encode())


WIRE: dict[str, Callable[[str, str, Json, float, int], Outgoing]] = {
    WEBHOOK: webhook,
    WECOM: wecom,
    DINGTALK: dingtalk,
    FEISHU: feishu,
}


def refuse_no(sort: str, answer: bytes) -> None:
    """A robot says no in a polite answer. Raises NotSent."""
    if sort == WEBHOOK:
        return
    try:
        told = json.loads(answer)
    except ValueError:
        raise NotSent("机器人的回应不是 JSON") from None
    code = told.get("errcode", told.get("code", told.get("StatusCode"))) if isinstance(told, dict) else None
    if code != 0:
        said = str(told.get("errmsg") or told.get("msg") or "")[:100] if isinstance(told, dict) else ""
        raise NotSent(f"机器人没有接受（{code}）{said}")
