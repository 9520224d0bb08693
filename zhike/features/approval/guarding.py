"""The guard 把关: asks the policies about every change, and holds back what somebody must agree to first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from zhike.features.approval.changes import changes, kept
from zhike.features.approval.definition import Definition, Step, read
from zhike.features.approval.models import Request
from zhike.features.approval.people import Chain, is_chosen, people_of
from zhike.features.approval.policies import Policy, in_force
from zhike.kernel.errors import Refused
from zhike.kernel.guards import Held, Intent, guard
from zhike.kernel.query import filters
from zhike.org.objects.person import System

CHANGE = "change"
_agreed: ContextVar[Request | None] = ContextVar("agreed", default=None)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a held-back deed will come to be agreed upon.

    Arguments:
        applied: the numbers of the steps whose condition holds.
        route: these steps with those who take them, as a request keeps it.
    """

    policy: Policy
    applied: list[int]
    route: list[dict[str, Any]]
    title: str
    changes: list[dict[str, Any]]
    base: dict[str, Any]
    department: int | None


@contextmanager
def agreed(request: Request) -> Iterator[None]:
    """Everybody has agreed to this request: what is done inside is what was asked for."""
    before = _agreed.set(request)
    try:
        yield
    finally:
        _agreed.reset(before)


def agreement() -> Request | None:
    """The request everybody has agreed to and which is being carried out."""
    return _agreed.get()


@guard
def hold(intent: Intent) -> None:
    """Raise Held for records that a policy lets nobody touch alone. What the rules of the house do themselves needs no asking."""
    if isinstance(intent.actor, System):
        return
    person: Any = intent.actor
    named = (intent.model.spec.collection, intent.verb)
    policies = in_force(person.organisation and person.revision).get(named, ())
    held: dict[int, Policy] = {}
    for policy in policies:
        if policy.begun(timezone.localdate()) and not policy.definition.above:  # that of many: `many`
            held = dict.fromkeys(_met(policy.definition, intent) - set(held), policy) | held
    if len(intent.records) == 1 and held:
        _hold_one(next(iter(held.values())), intent)
    elif held:
        first = next(iter(held.values()))
        raise Held(f"需要先审批（{first.name}），请打开这条记录办理", records=frozenset(held), intent=intent, plan=None)


def _met(definition: Definition, intent: Intent) -> set[int]:
    """Which of the records meet the policy, as they would be."""
    protected = definition.fields if intent.verb == CHANGE else frozenset()
    ids = [r.pk for r in intent.records if not protected or protected & intent.changed[r.pk]]
    return holding(intent.model, ids, definition.condition)


def holding(model: Any, ids: list[int], tree: Any) -> set[int]:
    """Of these records those for which a condition holds; asked of all there is, not of what the requester sees."""
    if not ids or not tree:
        return set(ids)
    rows = model._base_manager.filter(filters.condition(model, tree, System("approval")), pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _hold_one(policy: Policy, intent: Intent) -> None:
    """Raise Held with the whole plan, unless this is what everybody has agreed to already. Raises Refused."""
    record, request = intent.records[0], _agreed.get()
    if request is not None and request.policy == policy.pk:
        if applying(read(request.definition), record) != request.applied:
            raise Refused("审批期间记录有变化，要走的步骤与已同意的不同，请重新提交")
        return
    applied = applying(policy.definition, record)
    if not applied:
        return
    message = f"需要先审批（{policy.name}）"
    raise Held(message, records=frozenset([record.pk]), intent=intent, plan=_planned(policy, applied, intent))


def applying(definition: Definition, record: Any) -> list[int]:
    """The steps to be taken for this record."""
    model, steps = type(record), definition.steps
    return [n for n, step in enumerate(steps) if not step.when or holding(model, [record.pk], step.when)]


def _planned(policy: Policy, applied: list[int], intent: Intent) -> Plan:
    record = intent.records[0]
    before, names = intent.before.get(record.pk, {}), intent.changed[record.pk]
    own = [n for n in names if n in record.kinds() and record.kinds()[n].in_row and n in before]
    steps = [(n, policy.definition.steps[n]) for n in applied]
    return Plan(
        policy=policy, applied=applied, route=route(steps, record, intent.actor), title=str(record)[:200],
        changes=[] if intent.verb == "delete" else changes(record, names, before),
        base={n: kept(record.kinds()[n], before[n]) for n in own} | _beside(intent), department=record.department_id,
    )  # fmt: skip


def _beside(intent: Intent) -> dict[str, Any]:
    """Lines and links have no old value in the row: where they change, the record as a whole must stand still."""
    [record] = intent.records
    before, kinds = intent.before.get(record.pk, {}), record.kinds()
    outside = any(not kinds[n].in_row for n in intent.changed[record.pk] if n in kinds)
    return {"version": before["version"]} if intent.verb == CHANGE and outside and "version" in before else {}


def route(steps: list[tuple[int, Step]], record: Any, requester: Any) -> list[dict[str, Any]]:
    """The steps with those who take them. Raises Refused when a step has nobody."""
    chain = Chain(record.department_id or requester.department_id)
    return [_on_route(number, step, people_of(step, record, requester, chain)) for number, step in steps]


def _on_route(number: int, step: Step, people: list[int]) -> dict[str, Any]:
    choose = is_chosen(step) and not people
    if not people and not choose:
        raise Refused(f"“{step.name}”这一步找不到审批人，请联系管理员调整审批规则")
    limit = vars(step.limit) if step.limit else None
    taken = {"key": number, "name": step.name, "rule": step.rule, "people": people, "choose": choose, "limit": limit}
    return taken | ({"firm": True} if step.firm else {})
