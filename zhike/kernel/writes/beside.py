"""协作人: who works on a record beside its owner is chosen by whoever has it, and is out when somebody else has it, or nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from zhike.kernel.reach import Actor
from zhike.kernel.writes.context import announce


def nobody(record: Any) -> dict[str, list[int]]:
    """The links a record is saved with when it goes to somebody else and her collaborators do not stay."""
    name = record.spec.collaborators
    return {name: []} if name else {}


def take_out(
    model: Any, *, actor: Actor, records: Iterable[int] | None = None, person: int | None = None
) -> dict[int, list[int]]:
    """End what people have of records as their collaborators, as a rule of the house; says of which record it was who.

    Arguments:
        records: of these alone; person: of her alone.
    """
    kind = model.declared()[model.spec.collaborators]
    near, far = f"{kind.m2m_field_name()}_id", f"{kind.m2m_reverse_field_name()}_id"
    links, stood = kind.remote_field.through._default_manager.all(), defaultdict(list)
    links = links if records is None else links.filter(**{f"{near}__in": list(records)})
    links = links if person is None else links.filter(**{far: person})
    with transaction.atomic(savepoint=False):  # nobody goes on when this fails
        announce(actor, "mirror")
        for at, to in links.order_by("pk").values_list(near, far):
            stood[at].append(to)
        links.delete()
    return dict(stood)
