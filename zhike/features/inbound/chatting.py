"""在线咨询: a program tells what a visitor and our people wrote to each other; it becomes a record and its history.

The same message told twice counts once, so a program may repeat what it is not sure of.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhike.features.inbound import offered
from zhike.features.inbound.models import Conversation
from zhike.features.inbound.objects.chat_channel import ChatChannel, digest_of
from zhike.kernel.added import current
from zhike.kernel.errors import Invalid
from zhike.kernel.kinds.text import storable
from zhike.org.objects.person import System

KEYS, VISITOR, MESSAGE = {"session", "visitor", "messages"}, ("name", "company", "phone", "email"), {"id", "at", "from", "text"}
SPEAKERS = {"visitor": "访客", "staff": "客服"}
MOST_MESSAGES, LONGEST, LONGEST_NAME = 200, 4000, 100


def channel(secret: str) -> Any | None:
    """The channel a key opens; None where there is none."""
    found = ChatChannel._base_manager.filter(digest=digest_of(secret), active=True).select_related("receiver").first()
    return None if found is None or current().hides(offered.opened(found.collection).model) else found


def told(found: Any, data: Mapping[str, Any]) -> int:
    """How many messages are new. Raises Invalid naming what is wrong."""
    if unknown := set(data) - KEYS:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    session, visitor, messages = _session(data), _visitor(data), _messages(data)
    target, actor = offered.opened(found.collection), System("chat")
    with transaction.atomic():
        Conversation.objects.bulk_create([Conversation(channel=found, session=session)], ignore_conflicts=True)
        conversation = Conversation.objects.select_for_update().get(channel=found, session=session)
        fresh = [m for m in messages if m["id"] not in set(conversation.told)]
        if not fresh and conversation.record is None:
            return 0
        if conversation.record is None:
            conversation.record = target.begin(visitor, found.receiver, actor).pk
        if fresh:
            target.add(conversation.record, fresh, actor)
        known = [*conversation.told, *(m["id"] for m in fresh)]
        Conversation.objects.filter(pk=conversation.pk).update(record=conversation.record, told=known)
    return len(fresh)


def _session(data: Mapping[str, Any]) -> str:
    return _text(data.get("session"), "session", LONGEST_NAME)


def _visitor(data: Mapping[str, Any]) -> dict[str, str]:
    said = data.get("visitor", {})
    if not isinstance(said, dict) or set(said) - set(VISITOR):
        raise Invalid.of({"visitor": f"只能有 {'、'.join(VISITOR)}"})
    return {name: _text(said[name], "visitor", LONGEST_NAME) for name in VISITOR if said.get(name)}


def _messages(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = data.get("messages", [])
    if not isinstance(rows, list) or len(rows) > MOST_MESSAGES:
        raise Invalid.of({"messages": f"应为一组消息，最多 {MOST_MESSAGES} 条"})
    found = {m["id"]: m for m in map(_message, rows)}
    return sorted(found.values(), key=lambda m: m["at"])


def _message(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict) or set(row) - MESSAGE or row.get("from") not in SPEAKERS:
        raise Invalid.of({"messages": "每条消息由 id、at、from（visitor 或 staff）与 text 组成"})
    said = {name: _text(row.get(name), "messages", most) for name, most in (("id", LONGEST_NAME), ("text", LONGEST))}
    try:
        at = datetime.fromisoformat(str(row.get("at", "")))
    except ValueError:
        raise Invalid.of({"messages": "at 应如 2026-11-22T10:00:00+08:00"}) from None
    at = at if at.tzinfo else timezone.make_aware(at)
    return said | {"at": min(at, timezone.now()), "from": SPEAKERS[row["from"]]}


def _text(raw: Any, where: str, most: int) -> str:
    try:
        text = storable(raw).strip()
    except ValueError as error:
        raise Invalid.of({where: str(error)}) from None
    if not text or len(text) > most:
        raise Invalid.of({where: f"应为 1 到 {most} 个字"})
    return text
