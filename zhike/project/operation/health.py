"""存活与就绪: whether this process lives, and whether it can do its work: database, tables, queue."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DatabaseError, connection

ALIVE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 seconds'"


def readiness() -> tuple[bool, dict[str, Any]]:
    """Whether requests may be sent here, and what was found of each part."""
    found: dict[str, Any] = {"database": "ok", "migrations": "ok", "queue": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False, dict.fromkeys(found, "unreachable")
    missing, unknown = standing()
    if missing or unknown:
        found["migrations"] = "database newer than the program" if unknown else "zhike migrate has not run"
        return False, found
    with connection.cursor() as cursor:
        cursor.execute(ALIVE)
        (found["workers"],) = cursor.fetchone()
    return True, found


def standing() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Migrations the database lacks, and those it has that this program does not know: then it was a newer one's."""
    from django.db.migrations.recorder import MigrationRecorder

    applied = set(MigrationRecorder(connection).applied_migrations())
    required, known = _of_this_program()
    return set(required - applied), applied - known


def known() -> frozenset[tuple[str, str]]:
    """Every migration this program has ever had."""
    return _of_this_program()[1]


@cache
def _of_this_program() -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """What must be applied, and all there ever was, squashed ones included. Reading the files is slow, and they do not change."""
    from django.db.migrations.loader import MigrationLoader

    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {name for migration in disk.values() for name in migration.replaces}
    return frozenset(disk) - replaced, frozenset(disk) | replaced
