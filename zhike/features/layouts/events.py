"""What a layout demands of whoever fills in a record 条件必填: asked of the record as it was saved, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhike.features.layouts.arranging import conditions, heads, layouts_for
from zhike.kernel import sight
from zhike.kernel.errors import Invalid
from zhike.kernel.events import Changed, ChangedMany, on
from zhike.kernel.query import filters

# Nobody fills in a form here, or what is filled in comes from elsewhere and may be unfinished.
SPARED = frozenset({"delete", "transfer", "import", "undo", "restore", "mirror"})
NOW = "在当前情况下必填"


@on(Changed)
def one_filled_in(event: Changed) -> None:
    """Somebody added a record, changed it or acted upon it."""
    if event.verb in SPARED:
        return
    model, added = type(event.record), event.verb == "add"
    touched = None if added else changed_names(event.before, event.after) | set(event.record.incoming)
    wrong = {name: NOW for name, lacking in demanded(model, event.actor, touched) if lacking.filter(pk=event.record.pk).exists()}
    refuse(model, wrong)


@on(ChangedMany)
def many_filled_in(event: ChangedMany) -> None:
    """Many at once; records that come from a file are spared."""
    if event.verb in SPARED or event.verb == "add":
        return
    found = demanded(event.model, event.actor, set(event.fields))
    counted = {name: lacking.filter(pk__in=event.ids).count() for name, lacking in found}
    refuse(event.model, {name: f"其中 {count} 条{NOW}" for name, count in counted.items() if count})


def demanded(model: Any, actor: Any, touched: set[str] | None) -> Iterator[tuple[str, Any]]:
    """Each rule that concerns what was touched (all of them for None), with the records that do not keep it.

    An older record is not held up by a rule made since, until somebody touches what the rule is about; and nobody is asked for
    what she may not fill in, or about what she may not see.
    """
    contents = layouts_for(model, actor)
    for name, tree in conditions(contents).items() if contents else ():
        kind = model.kinds().get(name)
        if (
            kind is None
            or sight.sight(model, name, actor) in sight.WHY_NOT
            or not (touched is None or touched & columns(model, {name, *heads(tree)}))
        ):
            continue
        try:
            yield name, model._base_manager.filter(filters.condition(model, tree, actor), kind.emptiness(kind.path))
        except Invalid:  # about a field that is not there, or not for her
            continue


def columns(model: Any, names: set[str]) -> set[str]:
    """The names of fields and of what they are stored in; all those added without code share one column."""
    kinds = model.kinds()
    return names | {kinds[name].stored_in for name in names if name in kinds and kinds[name].in_row}


def changed_names(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Fields that stand otherwise now, those added without code included."""
    names = {name for name, value in after.items() if before.get(name) != value}
    old, new = before.get("extra") or {}, after.get("extra") or {}
    return (names - {"extra"}) | {name for name in {**old, **new} if old.get(name) != new.get(name)}


def refuse(model: Any, wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid.of(wrong, {name: kind.label for name, kind in model.kinds().items()})
