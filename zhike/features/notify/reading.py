"""What somebody has been told, as she may read it today: what has been closed to her since is not told again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Value
from django.utils import timezone

from zhike.features.notify.knowing import nameless, withheld
from zhike.features.notify.models import Notification
from zhike.kernel.errors import Invalid
from zhike.kernel.query.answerable import answerable
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.record import sees_all
from zhike.kernel.registry import every_object, objects

PAGE = 30


def unread(actor: Actor) -> int:
    """How many notifications wait."""
    return Notification.objects.filter(person_id=actor.pk, read_at__isnull=True).count()


def told(actor: Actor, after: int | None = None) -> dict[str, Any]:
    """The latest notifications, newest first; `after` is the id of the last one shown."""
    rows = Notification.objects.filter(person_id=actor.pk).order_by("-pk")
    found = list((rows.filter(pk__lt=after) if after else rows)[: PAGE + 1])
    following = found[PAGE - 1].pk if len(found) > PAGE else None
    return {"rows": list(_as_of_today(found[:PAGE], actor)), "next": following, "unread": unread(actor)}


def _as_of_today(notices: list[Notification], actor: Any) -> Iterator[dict[str, Any]]:
    """As the gate and the field rules let her read them; one query for the records of them all, and for what their names tell.

    Somebody outside, or within a mandate, is not even told that there is what she may not see.
    """
    known = [n for n in notices if n.about[0] in objects() or n.about[0] not in every_object()]  # not of what is switched off
    seen, withheld_names = _seen(known, actor), _withheld(known, actor)
    for notice in known:
        model = objects().get(notice.about[0])
        if model is None:  # about no object (审批、任务): within a mandate for everything only
            if not getattr(actor, "mandate", None) or not actor.mandate.collections:
                yield notice.as_json()
        elif not _knows(notice, model, seen, actor):
            if not (actor.outside or getattr(actor, "mandate", None)):
                yield notice.as_json() | {"text": withheld(model), "collection": "", "record": None}
        elif notice.places & withheld_names or not answerable(model, actor, names=notice.needs.get("fields", ())):
            yield notice.as_json() | {"text": nameless(model)}
        else:
            yield notice.as_json()


def _knows(notice: Notification, model: Any, seen: set[tuple[str, int]], actor: Any) -> bool:
    if notice.needs.get("all") and not sees_all(model, actor):
        return False
    if notice.about == ("people", actor.pk):  # of herself she reads, wherever it leads
        return True
    asked = notice.places if actor.outside else {notice.about}  # an alert may be of ours where its customer is not
    return all(_opens(place, seen, actor) for place in asked)


def _opens(place: tuple[str, int | None], seen: set[tuple[str, int]], actor: Any) -> bool:
    collection, pk = place
    if pk is not None:
        return (collection, pk) in seen or collection not in every_object()
    return collection not in objects() or actor.reach("view", objects()[collection]) is not Reach.NONE


def _seen(notices: list[Notification], actor: Actor) -> set[tuple[str, int]]:
    """The records they tell of that she may open now."""
    asked = _asked(notices)
    each = [
        objects()[c].objects.visible_to(actor).filter(pk__in=ids).order_by().values_list(Value(c), "pk")
        for c, ids in asked.items()
    ]
    return set(each[0].union(*each[1:], all=True)) if each else set()


def _asked(notices: list[Notification]) -> dict[str, set[int]]:
    """The records they tell of and lead to, by object."""
    asked: dict[str, set[int]] = defaultdict(set)
    for collection, pk in (place for notice in notices for place in notice.places):
        if pk is not None and collection in objects():
            asked[collection].add(pk)
    return asked


def _withheld(notices: list[Notification], actor: Actor) -> set[tuple[str, int]]:
    """Those of the records whose names tell what has been closed to her (预警: a figure)."""
    return {(c, pk) for c, ids in _asked(notices).items() for pk in objects()[c].withheld_from(actor, ids)}


def mark_read(actor: Actor, ids: Any, about: Any = None) -> None:
    """These have been read; all of them when `ids` is "all"; with `about`, those that lead to this place. Raises Invalid.

    Arguments:
        about: the collection and the number of what she has seen with her own eyes.
    """
    mine = Notification.objects.filter(person_id=actor.pk, read_at__isnull=True)
    if about is not None:
        if not isinstance(about, list) or [type(part) for part in about] != [str, int] or not 0 < about[1] < 2**63:
            raise Invalid.of({"about": "应为对象和编号"})
        mine = mine.filter(collection=about[0], record=about[1])
    elif ids != "all":
        if not isinstance(ids, list) or not all(isinstance(i, int) and 0 < i < 2**63 for i in ids):
            raise Invalid.of({"ids": "应为一组编号，或 all"})
        mine = mine.filter(pk__in=ids)
    mine.update(read_at=timezone.now())
