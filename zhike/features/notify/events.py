"""What happens by itself: who is given a record, whose record changes, whose job is over, is told."""

from __future__ import annotations

from collections import Counter
from typing import Any

from zhike.features.jobs.run import JobEnded
from zhike.features.notify.mentions import tell_mentioned
from zhike.features.notify.talk import followers
from zhike.features.notify.tell import tell
from zhike.kernel.events import Changed, ChangedMany, on
from zhike.kernel.kinds import LongText


@on(Changed)
def tell_of_one(event: Changed) -> None:
    """A record came into somebody's hands, or one that is followed moved."""
    record = event.record
    if event.after.get("owner") != event.before.get("owner"):
        tell([event.after.get("owner")], _how_it_came(event), record=record, actor=event.actor)
    elif event.after and event.before and (people := followers(record)):
        tell(people, _what_happened(event), record=record, actor=event.actor)


@on(Changed)
def tell_of_mention(event: Changed) -> None:
    """Somebody is named with an @ in what was written: she is told, if she may open the record, and once."""
    for name, kind in type(event.record).kinds().items():
        if isinstance(kind, LongText) and "@" in (text := event.after.get(name) or ""):
            tell_mentioned(event.record, name, text, event.before.get(name) or "", event.actor)


@on(ChangedMany)
def tell_of_many(event: ChangedMany) -> None:
    """A whole batch came into somebody's hands: one word, not a thousand."""
    if event.verb != "transfer":
        return
    model: Any = event.model
    owners = Counter(model._base_manager.filter(pk__in=event.ids).values_list("owner_id", flat=True))
    for owner, count in owners.items():
        tell([owner], f"{_who(event.actor)}把 {count} 条{model.spec.label}交给了您", record=model, actor=event.actor)


@on(JobEnded)
def tell_of_job(event: JobEnded) -> None:
    """Long work came to its end."""
    label = event.job.label
    ends = {"done": f"已完成：{label}", "failed": f"没有成功：{label}", "cancelled": f"已取消：{label}"}
    tell([event.job.owner_id], ends[event.job.state], record=event.job, actor=event.actor)


def _how_it_came(event: Changed) -> str:
    """What a colleague handed over is to be worked on; what she wrote down for its owner (收款) is to be known."""
    record, who = event.record, _who(event.actor)
    if event.verb == "add" and not record.spec.assignable:
        return f"{who}登记了{record.spec.label}“{record}”，记在您名下"
    return f"{who}把{record.spec.label}“{record}”交给了您"


def _who(actor: Any) -> str:
    return getattr(actor, "name", "系统")


def _what_happened(event: Changed) -> str:
    record, who = event.record, _who(event.actor)
    action = type(record).actions().get(event.verb)
    if action:
        return f"{who}对以下记录执行了“{action.label}”：{record.spec.label}“{record}”"
    return f"{who}修改了{record.spec.label}“{record}”"
