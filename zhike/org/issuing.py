"""Making a token 新建令牌: what somebody may ask for a program of hers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhike.kernel.errors import Invalid
from zhike.kernel.registry import objects
from zhike.org import tokens
from zhike.org.tokens import Token

KEYS = {"name", "reads_only", "collections", "days", "password"}
LABELS = {"name": "名称", "reads_only": "只读", "collections": "对象", "days": "有效天数"}
MOST = 50
USUAL_DAYS = 90


def make(data: dict[str, Any], person: Any) -> str:
    """Make a token: {"name", "reads_only", "collections", "days"}; it is told this once. Raises Invalid."""
    if unknown := set(data) - KEYS:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    if Token.objects.filter(person_id=person.pk).count() >= MOST:
        raise Invalid.of({"name": f"最多 {MOST} 个令牌，请先撤销不用的"}, LABELS)
    reads_only = data.get("reads_only", False)
    if not isinstance(reads_only, bool):
        raise Invalid.of({"reads_only": "应为 是 或 否"}, LABELS)
    collections = _collections(data.get("collections") or [])
    ends = _end(data.get("days", USUAL_DAYS))
    return tokens.issue(person, _name(data.get("name")), reads_only=reads_only, collections=collections, expires_at=ends)


def _name(given: Any) -> str:
    name = given.strip() if isinstance(given, str) else ""
    if not name or len(name) > 80 or "\x00" in name:
        raise Invalid.of({"name": "请写明给哪个程序用，最多 80 个字"}, LABELS)
    return name


def _collections(given: Any) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(one, str) and one in objects() for one in given):
        raise Invalid.of({"collections": "没有这样的对象"}, LABELS)
    return sorted(set(given))


def _end(days: Any) -> datetime:
    most: int = settings.TOKEN_DAYS
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= most:
        raise Invalid.of({"days": f"应为 1 到 {most} 天"}, LABELS)
    return timezone.now() + timedelta(days=days)
