"""先录先得: a customer or deal that somebody else has registered is registered by nobody a second time, under whatever spelling.

The guard looks past what the actor may see. It is asked when the new row lies in the database already; two who register at the
same moment are let in one by one, key by key, and the second finds the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.registration_rule import RegistrationRule
from zhike.apps.registration.flows.note_attempt import Attempt, note_attempt
from zhike.apps.registration.objects.registration_conflict import RegistrationConflict
from zhike.apps.registration.turns import take_turns
from zhike.apps.sales.choices import open_stages
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.added import current
from zhike.kernel.errors import Refused
from zhike.kernel.guards import Barred, Intent, guard
from zhike.org.objects.person import System

KNOWN_BY = frozenset(s.field for s in Customer.spec.duplicates)
# One probe of the index a key: asked for thousands of keys at once it would read every row for each.
HELD = """
SELECT DISTINCT k.key, c.id FROM unnest(%s::text[]) AS k(key)
CROSS JOIN LATERAL (SELECT id FROM customers_customer WHERE match_keys @> ARRAY[k.key] LIMIT 50) c
"""


@dataclass(frozen=True)
class Holding:
    """What another side holds.

    Arguments:
        reason: in what the two are alike.
        at: when it was registered, by the clock of the server.
    """

    customer: int
    deal: int | None
    owner: int | None
    department: int | None
    team: str
    reason: str
    at: datetime


@guard
def first_come(intent: Intent) -> None:
    """Raise Refused for what is held by somebody else, and Barred where many are brought at once.

    The attempt of a person is noted when all has been taken back; whoever brings a file is told row by row.
    """
    if isinstance(intent.actor, System) or current().hides(RegistrationConflict):
        return
    if intent.model is Customer:
        _refuse(intent, _new_customers(intent), partial(_customers_held, intent))
    elif intent.model is Opportunity and intent.verb == "add":
        _refuse(intent, intent.records if _in_force("both") else [], _deals_held)


def _in_force(least: str = "customer") -> bool:
    rule = RegistrationRule.in_force(timezone.localdate())
    return bool(rule and rule.first_come and least in ("customer", rule.registers))


def _new_customers(intent: Intent) -> list[Any]:
    """Those newly registered, and those whose name, phone or code has become another."""
    if intent.verb == "add":
        return [c for c in intent.records if c.first_come]
    if intent.verb != "change":
        return []
    changed = [c for c in intent.records if intent.changed[c.pk] & KNOWN_BY]
    return changed if changed and _in_force() else []


def _refuse(intent: Intent, records: list[Any], held: Any) -> None:
    found = held(records) if records else {}
    if not found:
        return
    if intent.verb == "add" and len(intent.records) > 1:
        raise Barred({pk: _words(holding) for pk, holding in found.items()})
    [first, *others] = [(r, found[r.pk]) for r in records if r.pk in found]
    record, holding = first
    words = _words(holding) if not others else f"{_words(holding)}；同样的还有 {len(others)} 条"
    attempt = Attempt(name=str(record)[:200], subject="opportunity" if holding.deal else "customer", holding=holding)
    problem = Refused(words, holder=holding.team)
    if holding.owner is not None:
        problem.aftermath = partial(note_attempt, attempt, intent.actor)
    raise problem


def _words(holding: Holding) -> str:
    if holding.owner is None:
        return "这个客户在公共池中，请从公共池领取，不能重新登记"
    at = timezone.localtime(holding.at).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    return f"{holding.team}已于 {at} 先报备（{holding.reason}），按先录先得不能再报备；有异议可申请仲裁"


def _customers_held(intent: Intent, records: list[Any]) -> dict[int, Holding]:
    """Customer about to be registered → whoever registered one like it first."""
    keys = {r.pk: _new_keys(intent, r) for r in records}
    every = sorted({k for own in keys.values() for k in own})
    take_turns(every)
    with connection.cursor() as cursor:
        cursor.execute(HELD, [every])
        pairs = [(key, pk) for key, pk in cursor.fetchall() if pk not in keys]
    standing = _customers({pk for _, pk in pairs}) if pairs else {}
    return {r.pk: h for r in records if (h := _first(r, keys[r.pk], pairs, standing))}


def _new_keys(intent: Intent, record: Any) -> set[str]:
    """What it can be told by from now on. In what it was alike before, it was let in: by an arbitration, or before the rule."""
    keys = set(record.match_keys or ())
    if intent.verb == "add":
        return keys
    before = intent.before.get(record.pk, {})
    had = {s.key_of(before[s.field]) for s in Customer.spec.duplicates if s.field in before}
    return {key for key in keys - had if _field(key) in intent.changed[record.pk]}


def _field(key: str) -> str:
    return key.split(":", 1)[0]


def _customers(ids: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    rows = Customer._base_manager.filter(pk__in=ids).annotate(
        at=Coalesce("registered_at", "created_at"), team=F("department__name")
    )
    return {row[0]: row for row in rows.values_list("pk", "owner_id", "department_id", "team", "at")}


def _first(record: Any, keys: set[str], pairs: list[tuple[str, int]], standing: dict[int, tuple[Any, ...]]) -> Holding | None:
    alike: dict[int, set[str]] = {}
    for key, pk in pairs:
        if key in keys and standing[pk][1] != record.owner_id:
            alike.setdefault(pk, set()).add(_field(key))
    if not alike:
        return None
    pk = min(alike, key=lambda known: (standing[known][4], known))
    _, owner, department, team, at = standing[pk]
    reason = "、".join(s.reason for s in Customer.spec.duplicates if s.field in alike[pk])
    return Holding(pk, None, owner, department, team or "其他部门", reason, at)


def _deals_held(records: list[Any]) -> dict[int, Holding]:
    """Deal about to be registered → an open one of the same customer with a product in common, by somebody else."""
    customers = {r.customer_id for r in records} - {None}
    take_turns(f"deal:{pk}" for pk in customers)
    rows = Opportunity._base_manager.filter(customer__in=customers, stage__in=list(open_stages())).exclude(
        pk__in=[r.pk for r in records]
    )
    rows = rows.annotate(at=Coalesce("registered_at", "created_at"), team=F("department__name")).order_by("at", "pk")
    standing = list(rows.prefetch_related("products"))
    sold = {deal.pk: {line.product_id for line in deal.products.all()} for deal in standing}
    return {r.pk: h for r in records if (h := _first_deal(r, standing, sold))}


def _first_deal(record: Any, standing: list[Any], sold: dict[int, set[int]]) -> Holding | None:
    wanted = {row["product"] for row in record.incoming.get("products", ())}
    for deal in standing:
        other = deal.customer_id == record.customer_id and deal.owner_id not in (record.owner_id, None)
        if other and (not wanted or not sold[deal.pk] or wanted & sold[deal.pk]):
            reason = "同一客户的同类产品" if wanted & sold[deal.pk] else "同一客户"
            return Holding(deal.customer_id, deal.pk, deal.owner_id, deal.department_id, deal.team or "其他部门", reason, deal.at)
    return None
