"""Idempotency-Key: a double click or a retried request acts once and is answered alike.

A key belongs to whoever sits there and to how she came in: neither acting for her nor through another token is it answered again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from zhike.api.json import TYPE
from zhike.api.models import Answered
from zhike.kernel.errors import Invalid, Malformed
from zhike.org.acting import behind

TAKE = """INSERT INTO api_answered (person_id, key, request, status, body, at) VALUES (%s, %s, %s, 0, '', now())
ON CONFLICT (person_id, key) DO NOTHING RETURNING id"""


def once(actor: Any, request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Act, or give the answer that the same key got before. Raises Invalid when the key belongs to another request."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return act()
    if len(key) > 200 or "\x00" in key:
        raise Malformed("Idempotency-Key 最多 200 个字符")
    asked, sitting = f"{_came(actor)} {request.method} {request.get_full_path()}\n", behind(actor).pk
    digest = hashlib.sha256(asked.encode() + request.body).hexdigest()
    with transaction.atomic():  # a second request waits here until the first one has its answer
        with connection.cursor() as cursor:
            cursor.execute(TAKE, [sitting, key, digest])
            taken = cursor.fetchone()
        return _first(taken[0], act) if taken else _again(sitting, key, digest)


def _came(actor: Any) -> str:
    """In whose name, and through which token."""
    return f"{actor.pk} {actor.token.pk if actor.token else ''}"


def _first(pk: int, act: Callable[[], HttpResponse]) -> HttpResponse:
    answer = act()
    Answered.objects.filter(pk=pk).update(status=answer.status_code, body=answer.content.decode())
    return answer


def _again(person: int, key: str, digest: str) -> HttpResponse:
    earlier = Answered.objects.get(person_id=person, key=key)
    if earlier.request != digest:
        raise Invalid.of({"Idempotency-Key": "已用于另一个请求"})
    return HttpResponse(earlier.body.encode(), content_type=TYPE, status=earlier.status)
