"""Start-up checks 启动检查: a wrong declaration stops the process with a number, before any user meets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, register

from zhike.kernel.kinds import Completeness, Lines, Ref, Refs, State
from zhike.kernel.registry import every_object


@register()
def check_objects(**_: Any) -> list[CheckMessage]:
    """Every declared object is whole."""
    return [*_collections(), *(e for model in every_object().values() for check in CHECKS for e in check(model))]


def _collections() -> Iterator[CheckMessage]:
    from zhike.kernel.record import Record

    named = Counter(m.spec.collection for m in apps.get_models() if issubclass(m, Record))
    for collection, times in named.items():
        if times > 1:
            yield Error(f"{times} objects share the collection {collection!r}", id="zhike.E001")


def _fields(model: Any) -> Iterator[CheckMessage]:
    spec = model.spec
    places = {"title": (spec.title,), "subtitle": spec.subtitle, "columns": spec.columns, "filters": spec.filters,
              "quick": spec.quick, "order": tuple(n.lstrip("-") for n in spec.order.split(",")),
              "sections": tuple(n for names in spec.sections.values() for n in names),
              "prints": tuple(n.split(".")[0] for n in spec.prints),
              "closed": tuple(spec.closed),
              "duplicates": tuple(s.field for s in spec.duplicates), "one_of": spec.one_of,
              "calendar": (spec.calendar,) if spec.calendar else (),
              "last_days": tuple(n for last in spec.last_days for n in (last.day, last.person, last.of) if n)}  # fmt: skip
    for place, names in places.items():
        for name in set(names) - set(model.declared()):
            yield Error(f"Spec.{place} names an unknown field {name!r}", obj=model, id="zhike.E002")


def _follows(model: Any) -> Iterator[CheckMessage]:
    for name in model.spec.follows:
        head, _, part = name.partition(".")
        kind = model.declared().get(head)
        kind = kind.target.declared().get(part) if isinstance(kind, Lines) else kind
        if not isinstance(kind, Ref):
            yield Error(f"Spec.follows names no reference: {name!r}", obj=model, id="zhike.E009")


def _collaborating(model: Any) -> Iterator[CheckMessage]:
    name = model.spec.collaborators
    kind = model.declared().get(name)
    if name and not (isinstance(kind, Refs) and kind.target is get_user_model()):
        yield Error(f"Spec.collaborators names no field of several people: {name!r}", obj=model, id="zhike.E014")


def _hints(model: Any) -> Iterator[CheckMessage]:
    described = (model, *(lines.target for lines in model.kinds().values() if isinstance(lines, Lines)))
    for source in described:
        for kind in (k for k in source.kinds().values() if not isinstance(k, Lines)):
            for name in {*kind.when, *kind.product_of, kind.explained or kind.name} - set(source.kinds()):
                yield Error(f"{kind.name} depends on an unknown field {name!r}", obj=model, id="zhike.E008")
            reference, _, taken = kind.taken_from.partition(".")
            if reference and taken not in getattr(source.kinds().get(reference), "target", source).kinds():
                yield Error(f"{kind.name} is taken from an unknown field {kind.taken_from!r}", obj=model, id="zhike.E008")


def _counting(model: Any) -> Iterator[CheckMessage]:
    """What counts for how complete a record is, is there."""
    scores = [kind for kind in model.declared().values() if isinstance(kind, Completeness)]
    if len(scores) > 1:
        yield Error("a record has one completeness", obj=model, id="zhike.E013")
    for name in {n for score in scores for n in score.of} - set(model.declared()):
        yield Error(f"an unknown field {name!r} counts for how complete it is", obj=model, id="zhike.E013")


def _depending(model: Any) -> Iterator[CheckMessage]:
    """A dependent choice names a choice of the record itself, and its options the values of that one."""
    declared = model.declared()
    for kind in (k for k in declared.values() if getattr(k, "depends", "")):
        known = getattr(declared.get(kind.depends), "declared", None)
        if known is None:
            yield Error(f"{kind.name} depends on {kind.depends!r}, which is no choice", obj=model, id="zhike.E009")
            continue
        for value in {v for o in kind.declared.values() for v in o.when} - set(known):
            yield Error(f"an option of {kind.name} goes with an unknown {kind.depends} {value!r}", obj=model, id="zhike.E009")


def _states(model: Any) -> Iterator[CheckMessage]:
    for action in model.actions().values():
        named = {*(action.sources or ()), *action.targets}
        kind = model.declared().get(action.state)
        known = set(kind.options) if isinstance(kind, State) else set()
        for state in named - known:
            yield Error(f"action {action.name!r} names an unknown state {state!r}", obj=model, id="zhike.E003")


def _secrets(model: Any) -> Iterator[CheckMessage]:
    for action in model.actions().values():
        if action.secrets and action.bulk:  # the job of a great many would keep them
            yield Error(f"action {action.name!r} asks for a secret and must not be taken in bulk", obj=model, id="zhike.E010")


def _arising(model: Any) -> Iterator[CheckMessage]:
    for name, kind in model.declared().items() if model.spec.arises else ():
        if kind.required and kind.editable:
            yield Error(f"{name} of what the program records cannot be asked of people", obj=model, id="zhike.E011")


def _entrusted(model: Any) -> Iterator[CheckMessage]:
    if model.spec.entrusted and not model.spec.arises:
        yield Error("Spec.entrusted says something only of what arises", obj=model, id="zhike.E012")


def _board(model: Any) -> Iterator[CheckMessage]:
    board = model.spec.board
    if board and not hasattr(model.declared().get(board), "options"):
        yield Error(f"Spec.board {board!r} is no choice or state", obj=model, id="zhike.E004")


def _related(model: Any) -> Iterator[CheckMessage]:
    for related in model.spec.related:
        head, _, part = related.field.partition(".")
        kind = apps.get_model(related.to).declared().get(head)
        kind = kind.target.declared().get(part) if isinstance(kind, Lines) else kind
        if not isinstance(kind, Ref | Refs) or kind.target is not model:
            yield Error(f"{related.to}.{related.field} does not point here", obj=model, id="zhike.E005")


def _tick(model: Any) -> Iterator[CheckMessage]:
    if model.spec.tick and model.spec.tick not in model.actions():
        yield Error(f"Spec.tick {model.spec.tick!r} is no action", obj=model, id="zhike.E007")


def _verbs(model: Any) -> Iterator[CheckMessage]:
    from zhike.kernel.record import BASE_VERBS

    for name in set(model.actions()) & {
        *BASE_VERBS,
        "bulk",
        "history",
        "page",
        "aggregate",
        "options",
        "duplicates",
        "comments",
        "document",
        "follow",
        "reveal",
        "shares",
        "why",
        "seen",
    }:
        yield Error(f"action {name!r} takes the name of a built-in verb", obj=model, id="zhike.E006")


CHECKS = (
    _fields,
    _follows,
    _collaborating,
    _hints,
    _counting,
    _depending,
    _states,
    _secrets,
    _arising,
    _entrusted,
    _board,
    _related,
    _tick,
    _verbs,
)
