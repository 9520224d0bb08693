"""Roles made before leads were dispatched: whoever reaches only her own takes and gives back, the others see who got what."""

from typing import Any

from django.db import migrations

RULES = ("dispatch-rules", "dispatch-rights")
OFFICES = ("sales-management", "business-manager")


def grant(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("org", "Role").objects.all():
        leads = role.grants.get("leads")
        if not leads or "lead-dispatches" in role.grants:
            continue
        every = leads.get("*", "none")
        given = {"lead-dispatches": {"view": leads.get("view", every)}}
        if every == "self":
            given["leads"] = {"dispatch": "none", "assign": "none"} | leads
        if every == "all":
            given |= {name: {"*": "all"} if role.code in OFFICES else {"view": "all"} for name in RULES}
        role.grants = role.grants | given
        role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("sales", "0005_lead_dispatch"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
