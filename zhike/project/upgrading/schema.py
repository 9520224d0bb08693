"""In one go 一气呵成: what a migration changes is worked out first and told to the database only then, all at once.

Between two changes Django draws up all objects anew, which takes it seconds over a whole migration, and whoever wants to write
into a table already changed would wait for the end of it. Nor does a change wait long for its turn: behind it everybody else
would wait too, for as long as somebody else's report takes. And what takes long, the index of a new reference, is left to
references.py.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.transaction import atomic
from psycopg.errors import LockNotAvailable

TURN = "500ms"
"""So long a change waits for its turn, and all who come after it wait with it."""
PAUSE, PATIENCE = 1.0, 600.0
"""Seconds to let the others pass before the next attempt; and after which it is given up."""


class InOneGo(DatabaseSchemaEditor):
    """What is no transaction (an index made beside the work of others) is told at once, and waits as long as it must."""

    deferred_sql: list[Any]

    def __init__(self, connection: Any, collect_sql: bool = False, atomic: bool = True) -> None:
        super().__init__(connection, collect_sql, atomic)
        self.waiting: list[str] | None = [] if self.atomic_migration and not collect_sql else None

    def execute(self, sql: Any, params: Any = ()) -> None:
        if self.waiting is None:
            super().execute(sql, params)
        else:
            self.waiting.append(str(sql) if params is None else self.connection.ops.compose_sql(str(sql), params))

    def add_field(self, model: Any, field: Any) -> None:
        """A column of a table that may be full: its index is left out; as long as it is empty PostgreSQL checks no row."""
        waiting = len(self.deferred_sql)
        super().add_field(model, field)
        if field.is_relation and not field.many_to_many:
            del self.deferred_sql[waiting:]

    def __exit__(self, problem: Any, *more: Any) -> None:
        if problem is None and self.waiting is not None:
            told, self.waiting = [*self.waiting, *map(str, self.deferred_sql)], None
            self.deferred_sql.clear()
            try:
                self._tell(told)
            except BaseException:
                super().__exit__(*sys.exc_info())
                raise
        super().__exit__(problem, *more)

    def _tell(self, told: list[str]) -> None:
        """All of it, again and again until nobody is in the way. Raises OperationalError when somebody always is."""
        until = time.monotonic() + PATIENCE
        while told:
            try:
                with atomic(self.connection.alias):
                    self.execute(f"SET LOCAL lock_timeout = '{TURN}'", None)
                    for sql in told:
                        self.execute(sql, None)
                return
            except OperationalError as problem:
                if not isinstance(problem.__cause__, LockNotAvailable) or time.monotonic() > until:
                    raise
            time.sleep(PAUSE)
