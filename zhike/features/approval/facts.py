"""要点: what the record is about, for whoever is to agree to what happens to it: how much, with whom, until when."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import Any

from zhike.features.approval.models import Request
from zhike.kernel.query.rows import expressions, fetch_json
from zhike.kernel.reach import Actor
from zhike.kernel.record import kept_in
from zhike.kernel.registry import objects
from zhike.kernel.sight import as_text, readable
from zhike.words.catalogue import word

TOLD = ("money", "ref", "date", "choice")
Facts = list[dict[str, str]]


def facts_of(requests: list[Request], actor: Actor) -> dict[int, Facts]:
    """By request; one query for each object. Of a record the actor may not open, nothing."""
    asked: dict[str, list[Request]] = defaultdict(list)
    for request in requests:
        if request.record is not None:
            asked[request.collection].append(request)
    known = objects()
    return {pk: facts for name, some in asked.items() if name in known for pk, facts in _of(known[name], some, actor).items()}


def _of(model: Any, requests: list[Request], actor: Actor) -> dict[int, Facts]:
    names = _names(model, actor)
    if not names or kept_in(model, actor, "view"):
        return {}
    rows = model.objects.visible_to(actor).filter(pk__in={request.record for request in requests})
    found = {row["id"]: row for row in json.loads(fetch_json(rows, expressions(model, ["id", *names], actor)))}
    return {r.pk: _told(model, names, found[r.record], r, actor) for r in requests if r.record in found}


def _names(model: Any, actor: Actor) -> list[str]:
    """Of each telling kind the first column of its list."""
    kinds, seen = model.kinds(), readable(model, actor)
    columns = [name for name in model.spec.columns if name in seen and name != model.spec.title]
    first = (next((name for name in columns if kinds[name].kind == kind), None) for kind in TOLD)
    return [name for name in first if name is not None]


def _told(model: Any, names: list[str], row: dict[str, Any], request: Request, actor: Actor) -> Facts:
    """What the deed itself would change is told as its change."""
    changed = {change["field"] for change in request.changes}
    said = {name: as_text(model, name, row[name], actor) for name in names if name not in changed}
    kinds = model.kinds()
    return [
        {"label": word(kinds[n].label), "text": _words(kinds[n].kind, text)} for n, text in said.items() if text not in ("", None)
    ]


def _words(kind: str, text: Any) -> str:
    """An amount as people write it, cents only where there are any; a masked one is words already."""
    try:
        return f"¥{Decimal(str(text)):,.2f}".removesuffix(".00") if kind == "money" else str(text)
    except InvalidOperation:
        return str(text)
