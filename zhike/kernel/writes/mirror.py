"""Read-only fields that only repeat what other records say (最近联系, 赢过几次), brought up to date by event handlers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zhike.kernel.reach import Actor
from zhike.kernel.writes.context import announce


def mirror(rows: Any, values: Mapping[str, Any], *, actor: Actor) -> int:
    """Set fields that nobody can type, and say how many rows there were.

    No gate: the cause was permitted. No new version: whoever has the record open has typed nothing that this could undo.

    Arguments:
        values: field name → value or SQL expression; only read-only fields that are neither a state nor searched.
    """
    kinds = rows.model.kinds()
    if wrong := [n for n in values if kinds[n].editable or kinds[n].search or kinds[n].kind == "state"]:
        raise TypeError(f"{rows.model.__name__}: {', '.join(wrong)} can be typed or searched and is no mirror")
    with transaction.atomic():
        announce(actor, "mirror")
        return int(rows.update(**values))
