"""Compiled statements 编译一次: what is asked again and again is put into SQL once for all who stand alike.

Compiling a list or a page of six related ones costs Django many times what PostgreSQL needs to answer it. As long as the
organisation stays as it is, the SQL depends on where somebody stands: her roles, her department, what was shared with her. Only a
few values change from one time to the next, her own number among them, and something stands for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression
from psycopg.sql import Literal

from zhike.kernel.reach import Actor

ANY_RECORD = 8_999_999_999_999_999_999
"""An id that no record has; it stands for the one that will be asked about."""
ANY_PERSON = 8_999_999_999_999_999_998
"""An id that nobody has; it stands for whoever will ask."""
ANY_QUERY = "'\ue000query\ue000'"
"""A tsquery of words nobody types; it stands for the one that will be searched."""
MOST, LONGEST = 4_000, 30_000
PLACEHOLDER = re.compile("(%%|%s)")
Statement = tuple[str, tuple[Any, ...]]


class Given(Expression):
    """A value to compare with that is told only when the statement is asked; until then it is its own parameter."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> Statement:
        return "%s", (self,)


Compile = Callable[[Any], Statement]
PERSONAL: Statement = ("", ())
"""Kept in place of a statement that must be made for each person by herself."""
_kept: dict[Hashable, Statement | None] = {}


def compiled(what: Hashable, actor: Actor, compile: Compile, *given: tuple[Any, Any]) -> Statement:
    """The statement by `compile`, or from an earlier time. Raises EmptyResultSet when it can find nothing.

    Arguments:
        what: tells this question from all others of the same standpoint; None for one that will hardly be asked again.
        compile: makes the statement for an actor, with a stand-in for each value that changes.
        given: stand-in and value, in pairs.
    """
    standpoint = getattr(actor, "standpoint", None)  # none when not loaded as of one state of the organisation
    known = what is not None and standpoint is not None
    changing = [stand_in for stand_in, _ in given]
    statement = _known((what, standpoint), actor, compile, changing) if known else _tried(compile, actor)
    if statement is None:
        raise EmptyResultSet
    sql, parameters = statement
    for stand_in, value in (*given, (ANY_PERSON, actor.pk)) if known else given:
        parameters = tuple(value if p == stand_in else p for p in parameters)
    return sql, parameters


def _known(key: Hashable, actor: Any, compile: Compile, changing: list[Any]) -> Statement | None:
    """What serves everybody who stands alike; where that cannot be, what serves her."""
    if key not in _kept:
        statement, lasts = _made(compile, actor.seen_as(ANY_PERSON))
        _keep(key, _settled(statement, [*changing, ANY_PERSON]) if lasts else PERSONAL)
    own = (key, actor.pk)
    found = _kept.get(key, PERSONAL)
    if found is PERSONAL:
        found = _kept.get(own, PERSONAL)
    if found is not PERSONAL:
        return found
    statement, lasts = _made(compile, actor)
    if lasts:
        statement = _settled(statement, changing)
        _keep(own, statement)
    return statement


def _made(compile: Compile, actor: Any) -> tuple[Statement | None, bool]:
    """The statement, and whether it may be kept: one that had to look something up may be another one next time."""
    asked = _Asked()
    with connection.execute_wrapper(asked):
        statement = _tried(compile, actor)
    return statement, not asked.anything and (statement is None or _lasting(*statement))


def _lasting(sql: str, parameters: tuple[Any, ...]) -> bool:
    """Whether it is of bearable length, and the stand-in for a person stands nowhere but where she can be put in its place."""
    hidden = str(ANY_PERSON)
    told = (repr(getattr(p, "obj", p)) for p in parameters if p != ANY_PERSON)
    return len(sql) <= LONGEST and hidden not in sql and not any(hidden in text for text in told)


def _settled(statement: Statement | None, changing: list[Any]) -> Statement | None:
    """The statement with the numbers that stay written into it, so that only a few values are put in each time.

    What is text stays outside: somebody may have typed it, and the log shows statements but not what is asked for.
    """
    if statement is None:
        return None
    sql, parameters = statement
    values, left, text = iter(parameters), [], []
    for piece in PLACEHOLDER.split(sql):
        value = next(values) if piece == "%s" else None
        if piece != "%s":
            text.append(piece)
        elif any(value == stand_in for stand_in in changing) or not _numbers(value):
            text.append(piece)
            left.append(value)
        else:
            text.append(Literal(value).as_string(connection.connection).replace("%", "%%"))
    return "".join(text), tuple(left)


def _numbers(value: Any) -> bool:
    return all(isinstance(one, int) for one in (value if isinstance(value, list) else [value]))


def _keep(key: Hashable, statement: Statement | None) -> None:
    if len(_kept) >= MOST:
        for oldest in list(_kept)[: MOST // 4]:
            _kept.pop(oldest, None)
    _kept[key] = statement


def _tried(compile: Compile, actor: Any) -> Statement | None:
    try:
        return compile(actor)
    except EmptyResultSet:
        return None


class _Asked:
    """Notes whether the database was asked."""

    anything = False

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.anything = True
        return execute(*args)
