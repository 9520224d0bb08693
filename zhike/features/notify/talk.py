"""Following a record and talking about it. All of it under the gate: who cannot open the record hears and says nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from zhike.features.notify.knowing import who_sees
from zhike.features.notify.models import Comment, Follow
from zhike.features.notify.tell import tell
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.kinds.text import storable
from zhike.kernel.reach import Actor
from zhike.kernel.writes.context import author
from zhike.org.objects.person import Person

LONGEST, MOST_MENTIONED = 2000, 20


def opened(model: Any, pk: int, actor: Actor) -> Any:
    """The record, if the actor may open it. Raises NotFound."""
    found = model.objects.visible_to(actor).only("pk", model.spec.title, "owner").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def follow(model: Any, pk: int, actor: Actor, wanted: bool) -> None:
    """Begin or end to be told of changes. Raises NotFound."""
    opened(model, pk, actor)
    key = {"person_id": actor.pk, "collection": model.spec.collection, "record": pk}
    if wanted:
        Follow.objects.bulk_create([Follow(**key)], ignore_conflicts=True)
    else:
        Follow.objects.filter(**key).delete()


def followers(record: Any) -> set[int]:
    """Who follows this record; whether she may still open it is asked when she is told."""
    return set(Follow.objects.filter(collection=record.spec.collection, record=record.pk).values_list("person_id", flat=True))


def conversation(model: Any, pk: int, actor: Actor) -> dict[str, Any]:
    """Everything said about a record, oldest first, and whether the actor follows it. Raises NotFound."""
    opened(model, pk, actor)
    about = {"collection": model.spec.collection, "record": pk}
    comments = Comment.objects.filter(**about).select_related("author").order_by("pk")
    following = Follow.objects.filter(**about, person_id=actor.pk).exists()
    return {"rows": [c.as_json() for c in comments], "following": following}


@transaction.atomic
def comment(model: Any, pk: int, data: dict[str, Any], actor: Actor) -> Comment:
    """Say something; owner, followers and those mentioned are told, as far as they may open the record.

    Raises NotFound, Invalid for an empty or too long text, and for somebody mentioned who may not open the record.
    """
    record = opened(model, pk, actor)
    text, mentioned = _text(data), _mentioned(data, record, actor)
    made = Comment.objects.create(
        author_id=author(actor), collection=model.spec.collection, record=pk, text=text, mentions=[p.pk for p in mentioned]
    )
    tell((p.pk for p in mentioned), f"{made.author.name} 在“{record}”中提到了您：{text}", record=record, actor=actor)
    others = (followers(record) | {record.owner_id}) - {p.pk for p in mentioned}
    tell(others, f"{made.author.name} 评论了“{record}”：{text}", record=record, actor=actor)
    return made


def _text(data: dict[str, Any]) -> str:
    try:
        text = storable(data.get("text") or "").strip()
    except ValueError as error:
        raise Invalid.of({"text": str(error)}, {"text": "评论"}) from None
    if not text or len(text) > LONGEST or set(data) - {"text", "mentions"}:
        raise Invalid.of({"text": f"请写 1 到 {LONGEST} 个字"}, {"text": "评论"})
    return text


def _mentioned(data: dict[str, Any], record: Any, actor: Actor) -> list[Any]:
    """The colleagues meant; each must be able to open the record herself."""
    ids = data.get("mentions") or []
    if not isinstance(ids, list) or len(ids) > MOST_MENTIONED or not all(type(i) is int and 0 < i < 2**63 for i in ids):
        raise Invalid.of({"mentions": f"应为一组人员编号，最多 {MOST_MENTIONED} 个"})
    people = list(Person.objects.acting().filter(pk__in=ids, is_active=True))
    blind = [person.name for person, sees in zip(people, who_sees(record, people), strict=True) if not sees]
    if blind or len(people) != len(set(ids)):
        raise Invalid.of({"mentions": f"{'、'.join(blind) or '有人'}看不到这条记录"}, {"mentions": "提到的人"})
    return people
