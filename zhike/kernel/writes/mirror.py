"""Read-only fields that only repeat what other records say (最近联系, 赢过几次), brought up to date by event handlers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from zhike.kernel.reach import Actor
from zhike.kernel.writes import bulk
from zhike.kernel.writes.context import announce


def mirror(rows: Any, values: Mapping[str, Any], *, actor: Actor) -> int:
    """Set fields that nobody can type, and say how many rows there were.

    No gate: the cause was permitted. No new version: whoever has the record open has typed nothing that this could undo.

    Arguments:
        values: field name → value or SQL expression; only read-only fields that are neither a state nor searched.
    """
    _refuse_others(rows.model, values)
    with transaction.atomic(savepoint=False):  # nobody goes on when this fails
        announce(actor, "mirror")
        return int(rows.update(**values))


def mirror_each(records: list[Any], names: Sequence[str], *, actor: Actor) -> None:
    """The same for records with values of their own, as they stand in memory: one statement however many there are."""
    if not records:
        return
    model = type(records[0])
    _refuse_others(model, names)
    with transaction.atomic(savepoint=False):  # nobody goes on when this fails
        announce(actor, "mirror")
        bulk.update(model, records, names)


def mirror_lines(lines: list[Any], names: Sequence[str], *, actor: Actor) -> None:
    """What lines repeat of other records (已补充), as it stands in memory; their records derive the same when they are saved."""
    if lines:
        with transaction.atomic(savepoint=False):  # nobody goes on when this fails
            announce(actor, "mirror")
            bulk.update(type(lines[0]), lines, names)


def _refuse_others(model: Any, names: Iterable[str]) -> None:
    kinds = model.kinds()
    if wrong := [n for n in names if kinds[n].editable or kinds[n].search or kinds[n].kind == "state"]:
        raise TypeError(f"{model.__name__}: {', '.join(wrong)} can be typed or searched and is no mirror")
