"""工商登记核对: what a registry service of the installation's choice says about a company, beside what we have (V-16).

The service is an address that is asked by POST with {"name", "credit_code"} and answers {"found", "name", "credit_code"}; any
provider can be put behind it. Without an address nothing is asked, and whoever asks is told so.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.chinese.names import registered_form
from zhike.features.channels.reaching import NotSent, send
from zhike.features.jobs.run import Run, job, start
from zhike.features.notify.tell import tell
from zhike.kernel.declare import Refused
from zhike.kernel.events import Changed, on
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.person import System

KIND = "check_registry"
ASKER = System("registry")


@on(Changed)
def look_it_up(event: Changed) -> None:
    """A customer was entered, or given another name or code: where a service is configured it is asked."""
    if not isinstance(event.record, Customer) or event.verb == "delete" or not settings.REGISTRY["url"]:
        return
    if any(event.before.get(name) != event.after.get(name) for name in ("name", "credit_code")):
        ask_about(event.record)


def ask_about(customer: Any) -> None:
    """Have it looked up. Raises Refused where there is no service to ask."""
    if not settings.REGISTRY["url"]:
        raise Refused("没有配置工商登记查询服务，请管理员设置 ZHIKE_REGISTRY_URL")
    start(KIND, f"核对工商登记“{customer}”", {"customer": customer.pk}, actor=ASKER)


@job(KIND)
def check_registry(run: Run, customer: int) -> dict[str, Any]:
    """Ask, compare, keep what came of it; the owner hears of a difference and of a service that did not answer."""
    found = Customer._base_manager.filter(pk=customer).first()
    if found is None:
        return {"outcome": "gone"}
    try:
        said = asked(found.name, found.credit_code)
    except NotSent as problem:
        tell([found.owner_id], f"没有能核对客户“{found}”的工商登记：{problem.reason}", record=found, actor=ASKER)
        return {"outcome": "failed", "reason": problem.reason}
    outcome, name = compared(found, said), str(said.get("name") or "")[:200]
    kept = {"registry": outcome, "registry_name": name, "registry_at": timezone.now()}
    mirror(Customer._base_manager.filter(pk=customer), kept, actor=ASKER)
    if outcome != "same":
        tell([found.owner_id], _difference(found, outcome, name), record=found, quoting=("registry",), actor=ASKER)
    return {"outcome": outcome}


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
