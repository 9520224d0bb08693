"""Whether somebody may reach a record to write it: asked before, when it is held, and again when it stands as she left it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from zhike.kernel.errors import NotFound
from zhike.kernel.query.compiled import ANY_RECORD, Statement, compiled
from zhike.kernel.reach import Actor
from zhike.kernel.record import DERIVED


def lock(model: Any, pk: int, verb: str, actor: Actor) -> Any:
    """The record, held until the transaction ends, if the actor may do this to it. Raises NotFound."""

    def compile(who: Actor) -> Statement:
        rows = model.objects.visible_to(who, verb).defer(*DERIVED).select_for_update(of=("self",))
        found: Statement = rows.filter(pk=ANY_RECORD).query.sql_with_params()
        return found

    try:
        statement = compiled(("lock", model, verb), actor, compile, (ANY_RECORD, pk))
    except EmptyResultSet:
        raise NotFound() from None
    found = next(iter(model._base_manager.raw(*statement)), None)
    if found is None:
        raise NotFound()
    return found


def reaches(model: Any, pk: int, verb: str, actor: Actor) -> bool:
    """Whether the record, as it stands now in the database, is one the actor may do this to."""

    def compile(who: Actor) -> Statement:
        found: Statement = model.objects.visible_to(who, verb).filter(pk=ANY_RECORD).values("pk").query.sql_with_params()
        return found

    try:
        statement = compiled(("reaches", model, verb), actor, compile, (ANY_RECORD, pk))
    except EmptyResultSet:
        return False
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchone() is not None
