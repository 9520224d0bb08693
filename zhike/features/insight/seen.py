"""Who opened, exported, revealed or shared a record 谁看过: for those who look after permissions, and for auditors (V-84)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from zhike.features.audit.models import Entry
from zhike.features.audit.revealing import REVEAL
from zhike.features.insight.models import Exported, Viewed
from zhike.features.insight.noting import PAPER, store
from zhike.features.sharing.giving import GIVEN
from zhike.kernel.errors import Forbidden, NotFound
from zhike.kernel.query.relative import end_of, start_of
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects
from zhike.kernel.writes.one import permit
from zhike.org.objects.person import Person
from zhike.org.objects.role import Role
from zhike.words.catalogue import word

MOST = 200


AUDITED = "alarms"


def permit_insight(actor: Actor) -> None:
    """Only whoever may change permissions is told why somebody sees what. Raises Forbidden."""
    permit(Role, "grant", actor)


def may_explain(actor: Actor) -> bool:
    return actor.reach("grant", Role) is not Reach.NONE


def may_look(actor: Actor) -> bool:
    """Whether she is told who saw what: an auditor (whoever may read all alarms) need not rule over permissions for that."""
    audited = objects().get(AUDITED)
    return may_explain(actor) or (audited is not None and actor.reach("view", audited) is Reach.ALL)


def seen(model: Any, pk: int, actor: Actor, first: date | None = None, last: date | None = None) -> dict[str, Any]:
    """The latest who met the record, newest first; of the days from `first` to `last`. Raises Forbidden, NotFound."""
    if not may_look(actor):
        raise Forbidden("只有管理权限的人和审计人员能看谁看过")
    if not model.objects.visible_to(actor).filter(pk=pk).exists():
        raise NotFound()
    store()
    about, then = {"collection": model.spec.collection, "record": pk}, _between(first, last)
    views = Viewed.objects.filter(then, **about).order_by("-pk")[:MOST].values_list("at", "person_id", "through")
    found = [_row("view", "查看", *view) for view in views]
    found += [_taken(at, who, job) for at, who, job in _exports(model, pk, then)]
    found += [_given(entry) for entry in Entry.objects.filter(then, verb=GIVEN, **about).order_by("-pk")[:MOST]]
    revealed = Entry.objects.filter(then, verb=REVEAL, **about).order_by("-pk")[:MOST]
    labels = {k.get_attname_column()[1]: k.label for k in model.kinds().values() if k.in_row}
    for entry in revealed:
        what = "、".join(labels.get(column, column) for column in entry.new or {})
        found.append({**_row(REVEAL, "显示掩码内容", entry.at, entry.actor_id, entry.through), "what": what})
    found.sort(key=lambda row: row["at"], reverse=True)
    return {"rows": _named(found[:MOST])}


def _between(first: date | None, last: date | None) -> Q:
    since = Q(at__gte=start_of(first)) if first else Q()
    return since & Q(at__lt=end_of(last)) if last else since


def _given(entry: Entry) -> dict[str, Any]:
    """To whom it was shared."""
    return {**_row(GIVEN, "共享", entry.at, entry.actor_id, entry.through), "what": (entry.new or {}).get("to", "")}


def _exports(model: Any, pk: int, then: Q) -> Any:
    runs = Exported.objects.filter(then, collection=model.spec.collection, first__lte=pk, last__gte=pk, ids__contains=[pk])
    return runs.order_by("-pk")[:MOST].values_list("at", "person_id", "job")


def _taken(at: Any, person: int, job: int) -> dict[str, Any]:
    if job == PAPER:
        return {**_row("export", "导出", at, person, ""), "what": word("文件")}
    return _row("export", "导出", at, person, f"job:{job}")


def _row(how: str, label: str, at: Any, person: int | None, through: str) -> dict[str, Any]:
    return {"how": how, "label": label, "at": at.isoformat(), "person": person, "through": through, "what": ""}


def _named(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = dict(Person._base_manager.filter(pk__in={r["person"] for r in rows}).values_list("pk", "name"))
    return [{**r, "person": {"id": r["person"], "label": names.get(r["person"], "")}} for r in rows]
