"""What a document tells of a record: every field by its name, as people write its value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
from django.apps import apps
from django.utils import timezone

from zhike.chinese.capitals import in_capitals
from zhike.chinese.numbers import show_ratio
from zhike.kernel.errors import NotFound
from zhike.kernel.query.rows import every_field, expressions, fetch_json
from zhike.kernel.reach import Actor
from zhike.kernel.sight import readable

Told = dict[str, Any]
ALWAYS = ("company", "today", "code", "qr")


def told(model: Any, pk: int, actor: Actor) -> Told:
    """The fields this person may see, lines as lists of the same; money also in capitals (amount_capitals). Raises NotFound."""
    rows = model.objects.visible_to(actor).filter(pk=pk)
    found = orjson.loads(fetch_json(rows, expressions(model, every_field(model, actor), actor)))
    if not found:
        raise NotFound()
    kinds = readable(model, actor)
    fields = _fields({n: k for n, k in kinds.items() if k.kind != "lines"}, found[0])
    lines = {n: [_fields(k.target.kinds(), row) for row in found[0][n] or []] for n, k in kinds.items() if k.kind == "lines"}
    return fields | lines | {"company": _company(), "today": timezone.localdate().isoformat()}


def known_names(model: Any) -> set[str]:
    """Every name a template of this object may use."""
    kinds = model.kinds()
    return {*ALWAYS, *kinds, *(f"{n}_capitals" for n, k in kinds.items() if k.kind == "money")}


def _fields(kinds: dict[str, Any], row: dict[str, Any]) -> Told:
    shown = {n: as_written(k, row.get(n)) for n, k in kinds.items()}
    money = {n: row.get(n) for n, k in kinds.items() if k.kind == "money"}
    return shown | {f"{n}_capitals": in_capitals(Decimal(v)) if v is not None else "" for n, v in money.items()}


def as_written(kind: Any, value: Any) -> str:
    """4.5折, 1,234.50, 2026-11-22: the value as it stands on paper."""
    if value is None or value == "" or value == []:
        return ""
    if kind.kind == "money":
        return f"{Decimal(value):,.2f}"
    if kind.kind == "decimal":
        return f"{Decimal(value).normalize():,f}"
    return show_ratio(Decimal(value).normalize()) if kind.kind == "ratio" else str(kind.show(value))


def _company() -> str:
    """The name at the head of the paper: the top of the company tree."""
    top = apps.get_model("org.Department")._base_manager.filter(parent__isnull=True).order_by("pk")
    return top.values_list("name", flat=True).first() or ""
