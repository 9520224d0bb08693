"""One after the other: of two who register the same at the same moment, the second finds what the first has written."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

# Whoever puts a key into the index waits for another transaction that has put it there until that one ends. The rows
# themselves are gone with the transaction. An advisory lock a key would do the same for one customer, but not for the
# hundred thousand of an import: those find no room in the memory for locks.
TAKE = "INSERT INTO registration_turn (key) SELECT k FROM unnest(%s::text[]) AS k ORDER BY 1 ON CONFLICT DO NOTHING"
GIVE_BACK = "DELETE FROM registration_turn WHERE key = ANY(%s)"


def take_turns(keys: Iterable[str]) -> None:
    """Wait until nobody else is about to register one of these keys; others wait for the end of this transaction."""
    wanted = list(keys)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [wanted])
        cursor.execute(GIVE_BACK, [wanted])
