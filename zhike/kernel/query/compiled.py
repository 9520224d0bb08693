"""Compiled statements 编译一次: what is asked again and again is put into SQL once for each asker.

Compiling a list or a page of six related ones costs Django many times what PostgreSQL needs to answer it. As long as the
organisation stays as it is, the SQL depends on who asks; only a few values change from one time to the next, and something stands
for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from zhike.kernel.reach import Actor

ANY_RECORD = 8_999_999_999_999_999_999
"""An id that no record has; it stands for the one that will be asked about."""
ANY_QUERY = "'\ue000query\ue000'"
"""A tsquery of words nobody types; it stands for the one that will be searched."""
MOST, LONGEST = 1_000, 30_000
Statement = tuple[str, tuple[Any, ...]]
Compile = Callable[[], Statement]
_kept: dict[Hashable, Statement | None] = {}


def compiled(what: Hashable, actor: Actor, compile: Compile, *given: tuple[Any, Any]) -> Statement:
    """The statement by `compile`, or from an earlier time. Raises EmptyResultSet when it can find nothing.

    Arguments:
        what: tells this question from all others of the same asker; None for one that will hardly be asked again.
        compile: makes the statement, with a stand-in for each value that changes.
        given: stand-in and value, in pairs.
    """
    revision = getattr(actor, "revision", None)  # none when not loaded as of one state of the organisation
    standing = getattr(actor, "standing", None)  # what else decides for this actor: shares come and go without a revision
    statement = _tried(compile) if what is None or revision is None else _known((what, actor.pk, revision, standing), compile)
    if statement is None:
        raise EmptyResultSet
    sql, parameters = statement
    for stand_in, value in given:
        parameters = tuple(value if p == stand_in else p for p in parameters)
    return sql, parameters


def _known(key: Hashable, compile: Compile) -> Statement | None:
    """A statement that had to look something up to be made is not kept: it may be another one next time."""
    if key in _kept:
        return _kept[key]
    asked = _Asked()
    with connection.execute_wrapper(asked):
        statement = _tried(compile)
    if not asked.anything and (statement is None or len(statement[0]) <= LONGEST):
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = statement
    return statement


def _tried(compile: Compile) -> Statement | None:
    try:
        return compile()
    except EmptyResultSet:
        return None


class _Asked:
    """Notes whether the database was asked."""

    anything = False

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.anything = True
        return execute(*args)
