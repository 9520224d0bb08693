"""The guard 把关: what is not complete enough is not submitted (V-17)."""

from __future__ import annotations

from typing import Any

from zhike.features.approval.objects.deeds import EVERYWHERE
from zhike.kernel import sight
from zhike.kernel.guards import Barred, Intent, guard
from zhike.kernel.kinds.completeness import Completeness, score_of
from zhike.org.objects.person import System


@guard
def refuse_incomplete(intent: Intent) -> None:
    """Raise Barred for records below the least percentage.

    Not what a program brings along or makes of another record: people complete it, and the next thing they do with it is asked.
    """
    score = score_of(intent.model)
    if score is None or intent.verb not in score.wanted.verbs or isinstance(intent.actor, System):
        return
    if intent.verb == "add" and intent.actor.through.startswith("import:"):
        return
    lacking = [record for record in intent.records if not record.unfinished and _percent(score, record) < score.wanted.least]
    if lacking:
        raise Barred({record.pk: _why(score, record, intent) for record in lacking})


def _percent(score: Completeness, record: Any) -> int:
    return getattr(record, score.attname) or 0


def _why(score: Completeness, record: Any, intent: Intent) -> str:
    """What is missing, as far as she who wants it may know of it."""
    seen = sight.readable(intent.model, intent.actor)
    names = "、".join(seen[name].label for name in score.missing(record) if name in seen)
    actions = intent.model.actions()
    deed = actions[intent.verb].label if intent.verb in actions else EVERYWHERE[intent.verb]
    told = f"完整度 {_percent(score, record)}%，低于 {score.wanted.least}%，不能“{deed}”"
    return f"{told}；还缺：{names}" if names else told
