"""Roles made before unattended leads became cases: salespeople read their own, heads and sales management decide."""

from typing import Any

from django.db import migrations

GRANTS: dict[str, Any] = {
    "salesperson": {"view": "self", "change": "self"},
    "manager": {"*": "subtree", "add": "none", "delete": "none"},
    "assistant": {"view": "department"},
    "sales-management": {"*": "all"},
    "executive": {"view": "all", "export": "all"},
    "business-manager": {"view": "all", "export": "all"},
}


def grant(apps: Any, schema_editor: Any) -> None:
    """What somebody has decided about a collection already stands."""
    for role in apps.get_model("org", "Role").objects.filter(code__in=GRANTS):
        if "lead-neglects" not in role.grants:
            role.grants = role.grants | {"lead-neglects": GRANTS[role.code]}
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("sales", "0009_lead_neglect"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
