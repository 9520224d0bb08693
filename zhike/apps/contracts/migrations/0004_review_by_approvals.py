"""Contracts are reviewed by the approvals every object has: seats become policies, opinions the log of finished requests."""

import json
from itertools import groupby
from typing import Any

from django.db import migrations, models
from django.utils import timezone

NAMES = {"small": "小额合同", "countersign": "合同审查会签"}
DEEDS = {"agree": "approve", "disagree": "disagree"}
GONE = ("contract-opinions", "review-seats")


def carry_over(apps: Any, schema_editor: Any) -> None:
    contracts = apps.get_model("contracts", "Contract")
    _seats_to_policies(apps)
    for contract in contracts.objects.filter(round__gt=0).select_related("submitted_by").iterator():
        _opinions_to_requests(apps, contract)
    contracts.objects.filter(state="reviewing").update(state="draft")
    _forget_grants(apps)


def _seats_to_policies(apps: Any) -> None:
    """Each route one policy, each step of it one step; the seats of a step had all to agree."""
    policies, now = apps.get_model("approval", "ApprovalPolicy").objects, timezone.now()
    seats = apps.get_model("contracts", "ReviewSeat").objects.filter(active=True).order_by("-route", "step", "pk")
    for place, (route, rows) in enumerate(groupby(seats.prefetch_related("posts"), lambda seat: seat.route), 1):
        steps = [_step(route, list(of_step)) for _, of_step in groupby(rows, lambda seat: seat.step)]
        taken = [step for step in steps if step["who"]]
        if not taken or policies.filter(name=NAMES[route]).exists():
            continue
        definition = {"condition": {"field": "route", "op": "eq", "value": route}, "steps": taken}
        policies.create(
            name=NAMES[route], collection="contracts", verb="submit", position=place, is_active=True, created_at=now,
            updated_at=now, definition=json.dumps(definition, ensure_ascii=False),
        )  # fmt: skip


def _step(route: str, seats: list[Any]) -> dict[str, Any]:
    who = [{"by": "post", "post": post.pk} for seat in seats for post in seat.posts.all()]
    name = "、".join(seat.name for seat in seats)[:40]
    return {"name": name, "who": who, "rule": "all" if len(seats) > 1 else "any", "firm": route == "small"}


def _opinions_to_requests(apps: Any, contract: Any) -> None:
    """One finished request a round, with what everybody said."""
    said = apps.get_model("contracts", "ContractOpinion").objects.filter(contract=contract.pk).select_related("owner")
    for round, rows in groupby(said.order_by("round", "decided_at", "pk"), lambda opinion: opinion.round):
        log = [_line(opinion) for opinion in rows]
        refused = log[-1]["deed"] == "disagree"
        through = not refused and round == contract.round and contract.state != "reviewing"
        apps.get_model("approval", "Request").objects.create(
            policy=0, policy_name=NAMES.get(contract.route, "合同审查"), policy_version=1, collection="contracts",
            record=contract.pk, title=contract.name[:200], verb="submit", key=f"contracts:{contract.pk}:submit", applied=[],
            requester_id=contract.submitted_by_id or contract.owner_id, department_id=contract.department_id, log=log,
            state="disagreed" if refused else "approved" if through else "withdrawn", finished_at=log[-1]["at"],
        )  # fmt: skip


def _line(opinion: Any) -> dict[str, Any]:
    who = {"id": opinion.owner_id, "label": opinion.owner.name if opinion.owner else ""}
    told = {"at": opinion.decided_at.isoformat(), "actor": who, "deed": DEEDS[opinion.decision], "step": opinion.seat}
    return told | {"opinion": opinion.opinion, "files": []}


def _forget_grants(apps: Any) -> None:
    for role in apps.get_model("org", "Role").objects.all():
        kept = {c: verbs for c, verbs in role.grants.items() if c not in GONE}
        if kept != role.grants:
            role.grants = kept
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_target"), ("approval", "0001_initial"), ("org", "0002_extra_fields")]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField("contract", "round"),
        migrations.RemoveField("contract", "submitted_at"),
        migrations.RemoveField("contract", "submitted_by"),
        migrations.RemoveField("contract", "waiting_for"),
        migrations.AddField("contract", "needed", models.CharField(blank=True, editable=False, max_length=200)),
        migrations.DeleteModel("ContractOpinion"),
        migrations.DeleteModel("ReviewSeat"),
    ]
