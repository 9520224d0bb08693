"""工商登记核对: what a registry service of the installation's choice says about a company, beside what we have (V-16).

The service is an address that is asked by POST with {"name", "credit_code"} and answers {"found", "name", "credit_code"}; any
provider can be put behind it. Without an address nothing is asked, and whoever asks is told so.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.chinese.names import registered_form
from zhike.features.channels.reaching import NotSent, send
from zhike.features.jobs.run import Run, job, start
from zhike.features.notify.tell import tell, tell_each
from zhike.kernel.events import Changed, ChangedMany, Written, on, on_written
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.person import System

KIND = "check_registry"
ASKER = System("registry")
COMPARED = {"name", "credit_code"}
AT_ONCE = 50


@on(Changed)
def look_it_up(event: Changed) -> None:
    """A customer was entered, or given another name or code: where a service is configured it is asked."""
    told = any(event.before.get(name) != event.after.get(name) for name in COMPARED) and event.verb != "delete"
    if isinstance(event.record, Customer) and told and settings.REGISTRY["url"]:
        ask_about([event.record])


@on(ChangedMany)
def look_them_up(event: ChangedMany) -> None:
    """Many were, as by an import."""
    told = event.verb == "add" or (event.verb == "change" and COMPARED & set(event.fields))
    if event.model is Customer and told and settings.REGISTRY["url"]:
        ask_about(event.records)


@on_written
def look_again(event: Written) -> None:
    """Somebody wants to know how the registry has them now."""
    if event.model is Customer and event.verb == "check_registry":
        ask_about(event.records)


def ask_about(customers: Sequence[Any]) -> None:
    """Have them looked up."""
    label = f"核对工商登记“{customers[0]}”" if len(customers) == 1 else f"核对 {len(customers)} 个客户的工商登记"
    start(KIND, label, {"customers": [customer.pk for customer in customers]}, actor=ASKER)


@job(KIND)
def check_registry(run: Run, customers: list[int]) -> dict[str, int]:
    """Ask about some and leave the others to a job of their own, so that no transaction lasts and other work gets its turn.

    A service that does not answer is asked no further; whose customer it was hears of it.
    """
    found, wrong = Counter[str](), defaultdict[int | None, list[tuple[Any, str]]](list)
    for customer in Customer._base_manager.filter(pk__in=customers[:AT_ONCE]).order_by("pk"):
        try:
            outcome, name = _look_up(customer)
        except NotSent as problem:
            words = f"没有能核对客户“{customer}”的工商登记：{problem.reason}"
            tell([customer.owner_id], words, record=customer, actor=ASKER)
            return {**found, "failed": 1}
        found[outcome] += 1
        if outcome != "same":
            wrong[customer.owner_id].append((customer, _difference(customer, outcome, name)))
        run.progress(found.total(), len(customers))
    tell_each((_told(owner, theirs) for owner, theirs in wrong.items() if owner), quoting=("registry",), actor=ASKER)
    if rest := customers[AT_ONCE:]:
        start(KIND, f"核对 {len(rest)} 个客户的工商登记", {"customers": rest}, actor=ASKER)
    return dict(found)


def _look_up(customer: Any) -> tuple[str, str]:
    """Ask, compare, keep what came of it. Raises NotSent."""
    said = asked(customer.name, customer.credit_code)
    outcome, name = compared(customer, said), str(said.get("name") or "")[:200]
    kept = {"registry": outcome, "registry_name": name, "registry_at": timezone.now()}
    mirror(Customer._base_manager.filter(pk=customer.pk), kept, actor=ASKER)
    return outcome, name


def _told(owner: int, wrong: list[tuple[Any, str]]) -> tuple[int, str, Any]:
    """What an owner hears: the one difference, or of how many."""
    if len(wrong) == 1:
        [(customer, words)] = wrong
        return owner, words, customer
    return owner, f"您有 {len(wrong)} 个客户与工商登记不一致，请核对", Customer


def _difference(customer: Any, outcome: str, name: str) -> str:
    if outcome == "none":
        return f"工商登记中没有查到客户“{customer}”"
    if outcome == "name":
        return f"客户“{customer}”与工商登记的名称不符，登记的是“{name}”"
    return f"客户“{customer}”的统一社会信用代码与工商登记不符"


def asked(name: str, code: str) -> dict[str, Any]:
    """What the service answers. Raises NotSent for one that cannot be reached, refuses or answers something else."""
    body = json.dumps({"name": name, "credit_code": code}, ensure_ascii=False).encode()
    key = {"Authorization": f"Bearer {settings.REGISTRY['key']}"} if settings.REGISTRY["key"] else {}
    raw = send(settings.REGISTRY["url"], body, {"Content-Type": "application/json; charset=utf-8"} | key)
    try:
        said = json.loads(raw)
    except ValueError:
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("found"), bool):
        raise NotSent("对方的回答看不懂", final=True)
    return said


def compared(customer: Any, said: dict[str, Any]) -> str:
    """Whether name and code are those of the registry; a code we do not have is not compared."""
    if not said["found"]:
        return "none"
    if registered_form(customer.name) != registered_form(str(said.get("name") or "")):
        return "name"
    code = str(said.get("credit_code") or "").upper()
    return "code" if customer.credit_code and customer.credit_code != code else "same"
