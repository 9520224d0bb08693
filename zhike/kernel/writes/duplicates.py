"""Likely duplicates 疑似重复: found by the keys an object declares; what one may not see is shown masked, with its team."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef

from zhike.kernel import sight
from zhike.kernel.errors import LikelyDuplicates
from zhike.kernel.reach import Actor
from zhike.kernel.writes.prepare import match_keys

MOST_SHOWN, NAMELESS = 10, "***"


def refuse_duplicates(record: Any, actor: Actor) -> None:
    """Raise LikelyDuplicates when another record shares a key; two who race for one key are let in one by one."""
    keys = record.match_keys or []
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM unnest(%s::text[]) AS k", [keys])
    if found := likely_duplicates(record, actor):
        raise LikelyDuplicates(f"疑似重复：{found[0]['label']}（{found[0]['reason']}）", duplicates=found)


def likely_duplicates(record: Any, actor: Actor) -> list[dict[str, Any]]:
    """Records that share a key with this one, the visible ones openly and the others masked.

    What only a masked field tells of a record is told as of a stranger's: that somebody has this number, not who.
    """
    model, keys = type(record), _compared(record, actor)
    if not keys:
        return []
    seen = Exists(model.objects.visible_to(actor).filter(pk=OuterRef("pk")))
    others = model._base_manager.filter(match_keys__overlap=keys).exclude(pk=record.pk)
    # The oldest first; by a sum, because the planner would rather walk the whole primary key than sort what the keys lead to.
    rows = others.order_by(F("pk") + 0).values_list(
        "pk", model.spec.title, "department__name", "match_keys", ExpressionWrapper(seen, BooleanField())
    )
    told = set(sight.askable(model, actor))
    return [_shown(model, keys, told, *row) for row in rows[:MOST_SHOWN]]


def _compared(record: Any, actor: Actor) -> list[str]:
    """The keys of this record by fields that are there for the actor."""
    known = sight.readable(type(record), actor)
    return [key for key in match_keys(record) if key.split(":", 1)[0] in known]


def _shown(
    model: Any, keys: list[str], told: set[str], pk: int, title: str, team: str, theirs: list[str], seen: bool
) -> dict[str, Any]:
    shared = {k.split(":", 1)[0] for k in theirs if k in keys}
    openly = shared & told if seen else set()
    reason = "、".join(s.reason for s in model.spec.duplicates if s.field in (openly or shared))
    label = title if openly else mask(title) if shared & told else NAMELESS
    return {"id": pk if openly else None, "label": label, "holder": team or "", "reason": reason, "visible": bool(openly)}


def mask(title: str) -> str:
    """中国石油 → 中**油: enough to recognise one's own customer, too little to learn a stranger."""
    return f"{title[:1]}{'*' * max(len(title) - 2, 1)}{title[-1:] if len(title) > 2 else ''}"
