"""Delegations as their two sides see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhike.features.notify.tell import tell
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.kinds.references import identifier
from zhike.kernel.registry import objects
from zhike.org.acting import DEPTHS, WORK, Delegation
from zhike.org.objects.person import Person
from zhike.words.catalogue import word

KEYS = {"delegate", "starts_on", "ends_on", "depth", "collections"}
LABELS = {"delegate": "代理人", "starts_on": "开始日期", "ends_on": "结束日期", "depth": "范围", "collections": "对象"}
MOST = 20


def delegations(actor: Any) -> dict[str, Any]:
    """What she gave and what she was given, as long as it is not over."""
    person = actor.delegate or actor
    living = Delegation.objects.filter(Q(principal=person.pk) | Q(delegate=person.pk), ends_on__gte=timezone.localdate())
    found = list(living.select_related("principal", "delegate").order_by("ends_on", "pk"))
    return {
        "given": [_shown(one) for one in found if one.principal_id == person.pk],
        "received": [_shown(one) for one in found if one.delegate_id == person.pk],
        "acting": actor.mandate.pk if actor.delegate else None,
    }


@transaction.atomic
def delegate(data: dict[str, Any], actor: Any) -> Delegation:
    """Let a colleague act for oneself. Raises Invalid."""
    if unknown := set(data) - KEYS:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    starts, ends = (_day(data, name) for name in ("starts_on", "ends_on"))
    if ends < max(starts, timezone.localdate()):
        raise Invalid.of({"ends_on": "不能早于开始日期或今天"}, LABELS)
    if Delegation.objects.filter(principal_id=actor.pk, ends_on__gte=timezone.localdate()).count() >= MOST:
        raise Invalid.of({"delegate": f"同时最多授权 {MOST} 项"}, LABELS)
    to = _colleague(data.get("delegate"), actor)
    scope = {"depth": _depth(data.get("depth", WORK)), "collections": _collections(data.get("collections") or [])}
    made = Delegation.objects.create(principal_id=actor.pk, delegate=to, starts_on=starts, ends_on=ends, **scope)
    tell([to.pk], f"{actor.name}授权您从 {starts} 到 {ends} 以其身份工作", actor=actor)
    return made


def take_back(pk: int, actor: Any) -> None:
    """End a delegation one gave; in the delegate's sessions it is over with the next request. Raises NotFound."""
    deleted, _ = Delegation.objects.filter(pk=pk, principal_id=actor.pk).delete()
    if not deleted:
        raise NotFound("没有这项授权，或已过期")


def _day(data: dict[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(data.get(name) or "")
    except (ValueError, TypeError):
        raise Invalid.of({name: "日期应如 2026-12-31"}, LABELS) from None


def _colleague(raw: Any, actor: Any) -> Any:
    try:
        found = Person.objects.filter(pk=identifier(raw)).first()
    except ValueError as error:
        raise Invalid.of({"delegate": str(error)}, LABELS) from None
    if found is None or found.gone or found.pk == actor.pk:
        raise Invalid.of({"delegate": "应为另一位启用的同事"}, LABELS)
    return found


def _depth(raw: Any) -> str:
    if raw not in list(DEPTHS):
        raise Invalid.of({"depth": f"应为 {'、'.join(DEPTHS)} 之一"}, LABELS)
    return str(raw)


def _collections(raw: Any) -> list[str]:
    if not isinstance(raw, list) or any(not isinstance(name, str) or name not in objects() for name in raw):
        raise Invalid.of({"collections": "没有这样的对象"}, LABELS)
    return list(dict.fromkeys(raw))


def _shown(one: Delegation) -> dict[str, Any]:
    names = [word(objects()[c].spec.label) if c in objects() else c for c in one.collections]
    return {
        "id": one.pk, "principal": {"id": one.principal_id, "label": one.principal.name},
        "delegate": {"id": one.delegate_id, "label": one.delegate.name}, "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(), "depth": one.depth, "objects": names,
        "now": one.starts_on <= timezone.localdate() <= one.ends_on,
    }  # fmt: skip
