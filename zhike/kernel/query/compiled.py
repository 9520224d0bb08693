"""Compiled statements 编译一次: what is asked of record after record is put into SQL once for each asker.

Compiling a page of six related lists costs Django many times what PostgreSQL needs to answer it. The SQL depends on who asks, as
long as the organisation stays as it is; only the id of the record changes from one page to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from zhike.kernel.reach import Actor

ANY_RECORD = 8_999_999_999_999_999_999
"""An id that no record has; it stands for the one that will be asked about."""
MOST = 2_000
Statement = tuple[str, tuple[Any, ...]]
_kept: dict[Hashable, Statement] = {}


def compiled(what: Hashable, pk: int, actor: Actor, compile: Callable[[int], Statement]) -> Statement:
    """The statement about one record, by `compile` or from an earlier time.

    Arguments:
        what: tells this question from all others of the same asker.
        compile: makes the statement for an id.
    """
    revision = getattr(actor, "revision", None)
    if revision is None:  # not loaded as of one state of the organisation
        return compile(pk)
    key = (what, actor.pk, revision)
    if key not in _kept:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = compile(ANY_RECORD)
    sql, parameters = _kept[key]
    return sql, tuple(pk if p == ANY_RECORD else p for p in parameters)
