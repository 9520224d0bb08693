"""Who writes, through what, doing which verb: told to the database, whose audit triggers write it down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor


def announce(actor: Actor, verb: str) -> None:
    """Mark what follows in this transaction as `actor` doing `verb`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('zhike.actor', %s, true), set_config('zhike.through', %s, true), "
            "set_config('zhike.verb', %s, true)",
            [str(author(actor) or ""), actor.through, verb],
        )


def author(actor: Actor) -> int | None:
    """The id of whoever really does it: of one who acts for somebody else, her own."""
    delegate = getattr(actor, "delegate", None)
    found: int | None = actor.pk if delegate is None else delegate.pk
    return found
