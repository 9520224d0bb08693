"""改回 (K-90): what a record, or some fields of it, held before a change that its history tells of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from zhike.features.audit.models import Entry
from zhike.kernel import sight
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.reach import Actor


def before(model: Any, pk: int, entry: int, names: Iterable[str] | None, actor: Actor) -> dict[str, Any]:
    """The values from before this entry, as somebody would fill them in; lines and links of the record are not among them.

    Arguments:
        names: the fields; None for all that were changed by it or since and that the actor may read whole and fill in.

    Raises:
        NotFound: the record has no such entry; Invalid: a field is none of those.
    """
    entries = Entry.objects.filter(collection=model.spec.collection, record=pk, part="", pk__gte=entry, old__isnull=False)
    found = list(entries.order_by("pk").values_list("pk", Cast("old", TextField()), Cast("new", TextField())))
    if not found or found[0][0] != entry:
        raise NotFound()
    held: dict[str, Any] = {}
    for _, old, new in found:
        held = {**_changed(old, new), **held}
    return _chosen(_fillable(model, held, actor), names)


def _changed(old: str, new: str | None) -> dict[str, Any]:
    """What it took away, to the cent however large; that somebody looked at a masked value (查看掩码内容) took nothing."""
    came: dict[str, Any] = json.loads(new or "{}", parse_float=str)
    return {name: value for name, value in json.loads(old, parse_float=str).items() if name not in came or came[name] != value}


def _fillable(model: Any, held: dict[str, Any], actor: Actor) -> dict[str, Any]:
    kinds: Iterable[Any] = sight.askable(model, actor).values()
    columns = {k.get_attname_column()[1]: k.name for k in kinds if k.in_row and k.editable}
    fillable = {name: held[column] for column, name in columns.items() if column in held}
    closed = sight.refused(model, fillable, actor)
    return {name: value for name, value in fillable.items() if name not in closed}


def _chosen(fillable: dict[str, Any], names: Iterable[str] | None) -> dict[str, Any]:
    wanted = list(fillable if names is None else names)
    if wrong := [name for name in wanted if name not in fillable]:
        raise Invalid.of(dict.fromkeys(wrong, "没有可以改回的值"))
    return {name: fillable[name] for name in wanted}
