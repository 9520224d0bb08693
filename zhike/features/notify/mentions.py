"""提到同事: an @ and a name in any longer text means that colleague."""

from __future__ import annotations

import re
from typing import Any

from zhike.features.notify.tell import tell
from zhike.kernel.reach import Actor
from zhike.org.objects.person import Person

LONGEST_NAME, MOST = 30, 20
AFTER_AT = re.compile(rf"@(?=(.{{1,{LONGEST_NAME}}}))")


def tell_mentioned(record: Any, field: str, text: str, before: str, actor: Actor) -> None:
    """Tell the colleagues named in the text of a field and not yet in the text before."""
    people = [person.pk for person in named(text) if f"@{person.name}" not in before]
    who = getattr(actor, "name", "系统")
    words = f"{who} 在{record.spec.label}“{record}”中提到了您：{text}"
    tell(people, words, record=record, quoting=(field,), actor=actor)


def named(text: str) -> list[Any]:
    """The active people whose names follow an @. Nothing separates a Chinese name from what follows: the longest wins."""
    tails = AFTER_AT.findall(text)[:MOST]
    beginnings = {tail[:length] for tail in tails for length in range(1, len(tail) + 1)}
    found = list(Person._base_manager.filter(name__in=beginnings, is_active=True)) if beginnings else []
    meant = {max((p.name for p in found if tail.startswith(p.name)), key=len, default="") for tail in tails}
    return [p for p in found if p.name in meant]
