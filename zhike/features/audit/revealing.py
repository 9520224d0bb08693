"""Revealing 查看掩码内容: the whole value of a masked field, told to whoever asks for it and written down that she did."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.kinds import Kind
from zhike.kernel.reach import Actor
from zhike.kernel.sight import UNKNOWN, Sight, readable, sight
from zhike.kernel.writes.context import author

REVEAL = "reveal"


@transaction.atomic
def reveal(model: Any, pk: int, field: Any, actor: Actor) -> Any:
    """The value of one masked field. Raises NotFound, and Invalid for a field that is hidden or not masked at all."""
    kind = readable(model, actor).get(field) if isinstance(field, str) else None
    if not isinstance(kind, Kind):
        raise Invalid.of({str(field)[:60]: UNKNOWN})
    if sight(model, kind.name, actor) is not Sight.MASKED:
        raise Invalid.of({kind.name: "这个字段没有掩码"}, {kind.name: kind.label})
    found = model.objects.visible_to(actor).filter(pk=pk).values_list(kind.value_path).first()
    if found is None:
        raise NotFound()
    column = kind.get_attname_column()[1] or kind.name
    Entry.objects.create(
        at=timezone.now(), actor_id=author(actor), through=actor.through, verb=REVEAL, collection=model.spec.collection,
        record=pk, part="", old={column: None}, new={column: None},
    )  # fmt: skip
    return kind.plain(found[0])
