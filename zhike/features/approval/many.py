"""Much at once 批量审批: a policy with a number lets a person delete, change or hand over so many records a day.

For more somebody must agree. What she did today counts, so that it cannot be cut up. Records that may not be touched alone at all
are the matter of `guarding`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from zhike.features.approval.definition import SIZED
from zhike.features.approval.exports import applying_of, meeting
from zhike.features.approval.guarding import Plan, agreement, route
from zhike.features.approval.models import APPROVED, Request
from zhike.features.approval.policies import Policy, in_force
from zhike.features.transfer.models import DONE, Import
from zhike.features.undo.models import Changeset
from zhike.kernel.errors import Refused
from zhike.kernel.guards import Held, Intent
from zhike.kernel.query.relative import start_of
from zhike.org.objects.person import System

MOST, NAMED = 10_000, 10


def ask_for_many(rows: Any, verb: str, actor: Any, fields: Collection[str] | None = None) -> None:
    """Raise Held when a policy lets nobody do this to so many alone; the first that holds decides. Raises Refused.

    Arguments:
        fields: what would be changed; None where it is the records as a whole.
    """
    for policy in _sized(rows.model, verb, actor, fields):
        met = meeting(rows, policy.definition.condition)
        count = met.count()
        if _beyond(policy, rows.model, verb, count, actor):
            steps = applying_of(met, policy)
            if steps and not _is_agreed(policy):
                raise _held(policy, steps, rows.model, verb, actor, count, _names(met, count))


def ask_for_a_file(model: Any, count: int, actor: Any, fields: Collection[str]) -> None:
    """The same for an import that may update so many records; which they are is not known yet. Raises Held."""
    for policy in _sized(model, "change", actor, fields):
        steps = list(range(len(policy.definition.steps)))
        if _beyond(policy, model, "change", count, actor) and not _is_agreed(policy):
            raise _held(policy, steps, model, "change", actor, count, "")


def _sized(model: Any, verb: str, actor: Any, fields: Collection[str] | None) -> list[Policy]:
    """The policies with a number that hold for this."""
    if isinstance(actor, System) or verb not in SIZED:
        return []
    found = in_force(actor.organisation and actor.revision).get((model.spec.collection, verb), ())
    today = timezone.localdate()
    return [p for p in found if p.definition.above and p.begun(today) and _protects(p, fields)]


def _protects(policy: Policy, fields: Collection[str] | None) -> bool:
    protected = policy.definition.fields
    return not protected or fields is None or bool(protected.intersection(fields))


def _is_agreed(policy: Policy) -> bool:
    request = agreement()
    return request is not None and request.policy == policy.pk


def _beyond(policy: Policy, model: Any, verb: str, count: int, actor: Any) -> bool:
    return bool(count) and count + done_today(model, verb, actor) > policy.definition.above


def done_today(model: Any, verb: str, actor: Any) -> int:
    """To how many records somebody has done this since midnight without being asked; what was taken back does not count."""
    since, about = start_of(timezone.localdate()), {"collection": model.spec.collection, "verb": verb}
    done = Changeset.objects.filter(**about, actor_id=actor.pk, at__gte=since, undone_at=None).aggregate(n=Sum("count"))["n"] or 0
    asked = Request.objects.filter(**about, requester_id=actor.pk, finished_at__gte=since, state=APPROVED)
    agreed = list(asked.values_list("options", "data"))
    done = max(0, done - sum(options.get("many", 1) for options, _ in agreed))
    return done + (
        _by_file(about["collection"], since, actor, {data.get("import") for _, data in agreed}) if verb == "change" else 0
    )


def _by_file(collection: str, since: Any, actor: Any, agreed: set[Any]) -> int:
    """How many records her imports have updated, of those that nobody was asked about."""
    ran = Import.objects.filter(collection=collection, owner_id=actor.pk, state=DONE, finished_at__gte=since)
    return sum(result.get("updated", 0) for pk, result in ran.values_list("pk", "result") if pk not in agreed)


def _names(met: Any, count: int) -> str:
    """What the first of them are called."""
    titles = [str(title) for title in met.order_by("pk").values_list(met.model.spec.title, flat=True)[:NAMED]]
    return "、".join(titles) + ("…" if count > NAMED else "")


def _title(verb: str, label: str, count: str) -> str:
    if verb == "delete":
        return f"批量删除{label} {count} 条"
    return f"批量修改{label} {count} 条" if verb == "change" else f"批量转交{label} {count} 条"


def _held(policy: Policy, steps: list[int], model: Any, verb: str, actor: Any, count: int, names: str) -> Held:
    if count > MOST:
        raise Refused(f"需要先审批（{policy.name}），一次最多申请 {MOST:,} 条，请分批提交")
    told = [{"field": "rows", "label": "条数", "old": "", "new": f"{count:,}"}]
    told += [{"field": model.spec.title, "label": "记录", "old": "", "new": names}] if names else []
    plan = Plan(
        policy=policy, applied=steps, route=route([(n, policy.definition.steps[n]) for n in steps], model(), actor),
        title=_title(verb, model.spec.label, f"{count:,}"), changes=told, base={}, department=actor.department_id,
    )  # fmt: skip
    intent = Intent(actor=actor, model=model, verb=verb, records=[], changed={})
    return Held(f"需要先审批（{policy.name}）", records=frozenset(), intent=intent, plan=plan)
