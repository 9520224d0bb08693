"""What follows from a definition: a used one cannot be deleted, and what search knows of its values is brought up to date."""

from __future__ import annotations

from typing import Any

from zhike.features.fields import counting
from zhike.features.fields.objects.choice_option import ChoiceOption
from zhike.features.fields.objects.extra_field import ExtraField
from zhike.features.fields.refreshing import REFRESH
from zhike.features.fields.sorts import COUNTING, SEARCHABLE
from zhike.features.fields.usage import used
from zhike.features.jobs.run import start
from zhike.kernel.added import forget
from zhike.kernel.errors import InUse
from zhike.kernel.events import Changed, ChangedMany, Written, on, on_written


@on(Changed)
def defined(event: Changed) -> None:
    """One definition was added, changed or removed."""
    if isinstance(event.record, ExtraField):
        forget()
        if event.verb == "delete":
            remove(event.record)
        elif counted(event.record):
            counting.begin(event.record, event.actor)
        if event.verb != "delete" and event.before and turned(event.before, event.after):
            refresh(event.record, event.actor)


@on(ChangedMany)
def defined_many(event: ChangedMany) -> None:
    """Several at once; whether they were searched before is not told, so all are looked at."""
    if event.model is ExtraField:
        forget()
        for record in event.records:
            if event.verb == "delete":
                remove(record)
            elif counted(record):
                counting.begin(record, event.actor)
            if event.verb not in ("add", "delete"):
                refresh(record, event.actor)


def counted(field: Any) -> bool:
    """Whether it numbers records now."""
    return bool(field.kind == COUNTING and field.state == "active")


def remove(field: Any) -> None:
    """Refuse where records are filled in; else nothing of the definition is left."""
    if used(field.collection, field.name):
        raise InUse(f"已有记录填写了“{field.label}”，不能删除；可以停用它")
    counting.end(field)


def turned(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether search must learn or forget its values."""

    def searched(field: dict[str, Any]) -> bool:
        return bool(field["searchable"] and field["state"] == "active")

    return searched(before) != searched(after)


def refresh(field: Any, actor: Any) -> None:
    if field.kind in SEARCHABLE and used(field.collection, field.name):
        label = f"更新“{field.label}”的搜索"
        start(REFRESH, label, {"collection": field.collection, "name": field.name}, actor=actor)


@on_written
def laid_over(event: Written) -> None:
    """Options were added, changed or removed."""
    if event.model is ChoiceOption:
        forget()
        for record in event.records if event.verb == "delete" else ():
            refuse_chosen(record)


def refuse_chosen(option: Any) -> None:
    """An added option that records have chosen must stay; a declared one is again as declared."""
    if option.original is None and any(m.using(option.value).exists() for m in option.whole_set().members):
        raise InUse(f"已有记录选用了“{option.label}”，不能删除；可以停用它")
