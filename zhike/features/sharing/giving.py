"""Giving and taking back shares. Whoever may change a record by her roles may share it; having it shared is not enough."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.notify.tell import tell, tell_each
from zhike.features.sharing.beside import beside
from zhike.kernel.errors import Forbidden, Invalid, NotFound
from zhike.kernel.kinds.references import identifier
from zhike.kernel.query.relative import start_of
from zhike.kernel.reach import Actor
from zhike.kernel.record import scope_of
from zhike.kernel.writes.context import author
from zhike.org.held_roles import working_in
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person
from zhike.org.scopes import everyone
from zhike.org.shares import Share

KEYS = {"person", "department", "change", "until"}
LABELS = {"person": "人员", "department": "部门", "change": "可修改", "until": "截止日期"}
GIVEN, TAKEN = "share", "unshare"
MOST = 200


def shareable(model: Any) -> bool:
    """Whether sharing says anything: what everybody sees anyway needs none."""
    return model.spec.scope is not everyone


def shares(model: Any, pk: int, actor: Actor) -> dict[str, Any]:
    """To whom a record one may see is shared, and whether one may share it. Raises NotFound."""
    if not model.objects.visible_to(actor).filter(pk=pk).exists():
        raise NotFound()
    found = Share.objects.filter(_living(), collection=model.spec.collection, record=pk)
    rows = found.select_related("person", "department", "given_by").order_by("pk")
    return {
        "rows": [_shown(share) for share in rows],
        "beside": beside(model, pk, actor),
        "may_share": _may_share(model, pk, actor),
    }


@transaction.atomic
def share(model: Any, pk: int, data: dict[str, Any], actor: Actor) -> Share:
    """Open a record to somebody or to a department. Raises NotFound, Forbidden, Invalid."""
    record = _shared_by(model, pk, actor)
    to, about = _recipient(data), {"collection": model.spec.collection, "record": pk}
    if Share.objects.filter(_living(), **about).count() >= MOST:
        raise Invalid.of({"person": f"一条记录最多共享给 {MOST} 处"}, LABELS)
    _refuse_to_herself(to, actor)
    change, until = data.get("change", False), _until(data.get("until"))
    if not isinstance(change, bool):
        raise Invalid.of({"change": "应为 true 或 false"}, LABELS)
    given = {"may_change": change, "until": until, "given_by_id": actor.pk, "given_at": timezone.now()}
    made, _ = Share.objects.update_or_create(**about, **{"person": None, "department": None, **to}, defaults=given)
    _note(GIVEN, [made], actor)
    told = [made.person_id] if made.person_id else _members(made.department_id)
    tell(told, _words(record, actor), record=record, actor=actor)
    return made


@transaction.atomic
def share_each(model: Any, pairs: Iterable[tuple[int, int]], *, change: bool, actor: Actor) -> None:
    """Open each record to the person beside it, in a fixed number of statements.

    Whoever it is shared with already keeps what she has.

    Arguments:
        pairs: the id of a record the actor may share, the id of a person.
    """
    wanted, collection = set(pairs), model.spec.collection
    records, people = ({pair[n] for pair in wanted} for n in (0, 1))
    standing = Share.objects.filter(_living(), collection=collection, record__in=records, person__in=people)
    fresh = sorted(wanted - set(standing.values_list("record", "person")))
    if not fresh:
        return
    given = {"may_change": change, "until": None, "given_by_id": actor.pk, "given_at": timezone.now()}
    named, shown = Person._base_manager.in_bulk(people), model._base_manager.in_bulk(records)
    made = [Share(collection=collection, record=record, person=named[person], **given) for record, person in fresh]
    once = ["collection", "record", "person", "department"]
    Share.objects.bulk_create(made, update_conflicts=True, unique_fields=once, update_fields=list(given))  # one that has run out
    _note(GIVEN, made, actor)
    tell_each(((person, _words(shown[record], actor), shown[record]) for record, person in fresh), actor=actor)


@transaction.atomic
def take_back(model: Any, pk: int, share_id: int, actor: Actor) -> None:
    """End a share. Raises NotFound, Forbidden."""
    _shared_by(model, pk, actor)
    found = Share.objects.filter(pk=share_id, collection=model.spec.collection, record=pk).first()
    if found is None:
        raise NotFound("没有这项共享")
    _note(TAKEN, [found], actor)
    found.delete()


@transaction.atomic
def take_back_each(model: Any, which: Q, actor: Actor) -> None:
    """End these shares of records the actor may share."""
    found = list(Share.objects.filter(which, collection=model.spec.collection).select_related("person", "department"))
    _note(TAKEN, found, actor)
    Share.objects.filter(pk__in=[one.pk for one in found]).delete()


def _shared_by(model: Any, pk: int, actor: Actor) -> Any:
    """The record, if the actor may share it."""
    record = model.objects.visible_to(actor).only("pk", model.spec.title).filter(pk=pk).first()
    if record is None:
        raise NotFound()
    if not shareable(model) or not _may_share(model, pk, actor):
        raise Forbidden(f"您不能共享这条{model.spec.label}")
    return record


def _may_share(model: Any, pk: int, actor: Actor) -> bool:
    own = scope_of(model, actor, actor.reach("change", model))
    return shareable(model) and bool(model._base_manager.filter(own, pk=pk).exists())


def _recipient(data: dict[str, Any]) -> dict[str, Any]:
    """Exactly one of person and department. Raises Invalid."""
    if unknown := set(data) - KEYS:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    given = [name for name in ("person", "department") if data.get(name) is not None]
    if len(given) != 1:
        raise Invalid.of({"person": "请选择一个人或一个部门"}, LABELS)
    [name] = given
    try:
        pk = identifier(data[name])
    except ValueError as error:
        raise Invalid.of({name: str(error)}, LABELS) from None
    known = Person.objects.filter(pk=pk, is_active=True) if name == "person" else Department.objects.filter(pk=pk)
    found = known.first()
    if found is None or (name == "person" and found.gone):
        raise Invalid.of({name: "没有这个人，或已停用" if name == "person" else "没有这个部门"}, LABELS)
    return {name: found}


def _refuse_to_herself(to: dict[str, Any], actor: Actor) -> None:
    """Who acts for another keeps nothing of it when that is over. Raises Forbidden."""
    delegate = getattr(actor, "delegate", None)
    if delegate and (to.get("person") == delegate or getattr(to.get("department"), "pk", None) in delegate.workplaces):
        raise Forbidden("代理期间不能把记录共享给自己，请由本人办理")


def _until(raw: Any) -> Any:
    """The moment a share ends: the end of the day that is named."""
    if raw in (None, ""):
        return None
    try:
        last = date.fromisoformat(raw)
    except (ValueError, TypeError):
        raise Invalid.of({"until": "日期应如 2026-12-31"}, LABELS) from None
    if not timezone.localdate() <= last <= date(2200, 12, 31):
        raise Invalid.of({"until": "截止日期不能早于今天"}, LABELS)
    return start_of(last + timedelta(1))


def _living() -> Q:
    return Q(until=None) | Q(until__gt=timezone.now())


def _members(department: int) -> list[int]:
    return list(Person._base_manager.filter(working_in(department), is_active=True).values_list("pk", flat=True))


def _named(actor: Actor) -> str:
    return getattr(actor, "name", "系统")


def _words(record: Any, actor: Actor) -> str:
    return f"{_named(actor)}把{record.spec.label}“{record}”共享给了您"


def _note(verb: str, shares: Iterable[Share], actor: Actor) -> None:
    """Sharing stands in the history of the record, with whom it is shared."""
    by = {"at": timezone.now(), "actor_id": author(actor), "through": actor.through, "verb": verb, "part": "", "old": {}}
    Entry.objects.bulk_create(
        Entry(
            **by, collection=one.collection, record=one.record,
            new={"to": str(one.person or one.department), "change": one.may_change},
        )
        for one in shares
    )  # fmt: skip


def _shown(one: Share) -> dict[str, Any]:
    to = one.person or one.department
    last = timezone.localtime(one.until - timedelta(seconds=1)).date().isoformat() if one.until else None
    return {
        "id": one.pk, "to": {"collection": type(to).spec.collection, "id": to.pk, "label": str(to)}, "change": one.may_change,
        "until": last, "by": {"id": one.given_by_id, "label": one.given_by.name} if one.given_by_id else None,
        "at": one.given_at.isoformat(),
    }  # fmt: skip
