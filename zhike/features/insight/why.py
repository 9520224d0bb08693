"""Why can she see this? 为什么能看到: what lets somebody meet a record, verb by verb, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from zhike.features.insight.seen import permit_insight
from zhike.features.sharing.beside import collaborates
from zhike.kernel.errors import NotFound
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.record import READING, allowed
from zhike.kernel.record import shared as shared_rows
from zhike.kernel.sight import rules
from zhike.org.field_rules import LABELS
from zhike.org.granting import VERBS
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person
from zhike.org.objects.role import REACHES, Role
from zhike.org.scopes import everyone
from zhike.org.shares import with_her
from zhike.words.catalogue import say, word


def why(model: Any, pk: int, person_id: int, actor: Actor) -> dict[str, Any]:
    """What lets a person do what with a record, and which fields are closed to her. Raises Forbidden, NotFound."""
    permit_insight(actor)
    record = model.objects.visible_to(actor).defer("search", "match_keys").filter(pk=pk).first()
    person = Person.objects.acting().filter(pk=person_id).first()
    if record is None or person is None:
        raise NotFound()
    verbs = {**VERBS, **{name: action.label for name, action in model.actions().items()}}
    told = [_verb(record, person, verb, label) for verb, label in verbs.items() if verb not in ("add", "import")]
    labels = {name: kind.label for name, kind in model.kinds().items()}
    closed = [{"field": labels.get(n, n), "rule": word(LABELS[s.name.lower()])} for n, s in rules(model, person).items()]
    return {"person": {"id": person.pk, "label": str(person)}, "gone": person.gone, "verbs": told, "fields": closed}


def _verb(record: Any, person: Any, verb: str, label: str) -> dict[str, Any]:
    model = type(record)
    may = model._base_manager.filter(allowed(model, person, verb), pk=record.pk).exists()
    return {"verb": verb, "label": word(label), "may": may, "reasons": list(_reasons(record, person, verb)) if may else []}


def _reasons(record: Any, person: Any, verb: str) -> Iterator[str]:
    """Every way by which this person reaches the record with this verb."""
    model = type(record)
    for name, reach in _roles(person, verb, model):
        if (how := _within(record, person, reach)) is not None:
            yield say(f"角色“{name}”给了{_named(reach)}的权限：{how}")
    if verb in READING and model.spec.readable and _holds(record, model.spec.readable(person, person.reach(verb, model))):
        yield word("它随一条看得到的记录可见")
    if verb in (*READING, "change"):
        yield from _shares(record, person, change=verb == "change")
        if collaborates(record, person):
            yield say(f"她是它的{record.kinds()[record.spec.collaborators].label}")
        if not person.shared(model, verb) and _holds(record, shared_rows(model, person, verb) or Q(pk__in=[])):
            yield word("它随一条共享的记录可见")


def _roles(person: Any, verb: str, model: Any) -> Iterator[tuple[str, Reach]]:
    """Those of her own department first, then those of further posts as they reach from there."""
    roles = {role.pk: role for role in Role._base_manager.filter(pk__in=person.role_ids).order_by("name")}
    own = [(role, role.reach(verb, model.spec.collection)) for pk, role in roles.items() if pk in person.own_roles]
    posted = [(roles[pk], roles[pk].reach(verb, model.spec.collection).seen_from(at)) for pk, at, _ in person.posts]
    yield from ((role.name, reach) for role, reach in (*own, *posted) if reach is not Reach.NONE)


def _named(reach: Reach) -> str:
    """The reach in words; departments by their names."""
    if not reach.named:
        return word(REACHES[reach.key])
    names = Department._base_manager.filter(pk__in=reach.named).order_by("name").values_list("name", flat=True)
    return say(f"指定部门（{'、'.join(names)}）")


def _within(record: Any, person: Any, reach: Reach) -> str | None:
    """How a record lies within a reach; None when it does not."""
    if reach is Reach.ALL:
        return word("全部记录")
    if not _holds(record, type(record).spec.scope(person, reach)):
        return None
    if type(record).spec.scope is everyone:
        return word("对所有人公开的资料")
    if record.owner_id == person.pk:
        return word("她是负责人")
    return say(f"记录属于部门“{record.department or ''}”")


def _holds(record: Any, rule: Q) -> bool:
    return bool(type(record)._base_manager.filter(rule, pk=record.pk).exists())


def _shares(record: Any, person: Any, *, change: bool) -> Iterator[str]:
    found = with_her(person).filter(collection=record.spec.collection, record=record.pk)
    for share in found.filter(may_change=True) if change else found:
        giver = str(share.given_by or "")
        yield say(f"{giver}把它共享给了她的部门") if share.department_id else say(f"{giver}把它共享给了她")
