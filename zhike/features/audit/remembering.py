"""不可考: what of a question about the past no history tells, in words for whoever asked it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.audit.past import audited_tables, compiled, read_by
from zhike.features.audit.triggers import SILENT
from zhike.kernel.reach import Actor
from zhike.kernel.record import sees_all
from zhike.kernel.registry import every_object
from zhike.words.catalogue import say, side_by_side, word

OWN = "只按您现在能看到的记录判断，后来删掉的不算。"
FORGOTTEN = set(SILENT) - {"id", "extra"}


def known_to(model: Any, actor: Actor, how: str) -> str:
    """How the past was judged, and that it was only what she sees today where that is not everything."""
    return say(how) + ("" if sees_all(model, actor) else say(OWN))


def unknown_of(model: Any, question: Any, since: datetime) -> list[str]:
    """The fields and other things a queryset reads that are judged as they are now, and from when on there is a history."""
    return [*_silent(question), *_beside(question), *_before_history(model, since)]


def _silent(question: Any) -> list[str]:
    """Columns whose old values are not kept."""
    sql, read = compiled(question)[0], read_by(question)
    named = [
        side_by_side(found.spec.label, kind.label)
        for found in every_object().values() if found._meta.db_table in read
        for kind in found._meta.concrete_fields
        if kind.column in FORGOTTEN and f'"{found._meta.db_table}"."{kind.column}"' in sql
    ]  # fmt: skip
    labels = "、".join(named)
    return [say(f"{labels}不留旧值，按现在的判断")] if named else []


def _beside(question: Any) -> list[str]:
    """Tables without a history."""
    kept = {table for table, *_ in audited_tables()}
    found = sorted(m._meta.verbose_name for m in apps.get_models() if m._meta.db_table in read_by(question) - kept)
    return [say(f"条件里有 {len(found)} 项内容不进修改历史，按现在的判断")] if found else []


def _before_history(model: Any, since: datetime) -> list[str]:
    """Where records were there before anybody wrote down what becomes of them."""
    entries = Entry.objects.filter(collection=model.spec.collection)
    first = None if entries.filter(at__lt=since).exists() else entries.order_by("at").values_list("at", flat=True).first()
    if first is None or not model._base_manager.filter(created_at__lt=first - timedelta(days=1)).exists():
        return []
    label, day = word(model.spec.label), timezone.localtime(first).date().isoformat()
    return [say(f"{label}的修改历史从 {day} 才有，之前的看不到")]
