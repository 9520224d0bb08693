"""Roles made before what is handed to customers was kept: salespeople keep their own, presales what she hands over herself."""

from typing import Any

from django.db import migrations

GRANTS: dict[str, Any] = {
    "salesperson": {"*": "self", "delete": "none"},
    "manager": {"*": "subtree"},
    "assistant": {"view": "department", "add": "department", "change": "department", "export": "department"},
    "sales-management": {"*": "all"},
    "executive": {"view": "all", "export": "all"},
    "presales": {"view": "all", "add": "all", "change": "self"},
    "channel-sales": {"*": "self", "delete": "none"},
}


def grant(apps: Any, schema_editor: Any) -> None:
    """What somebody has decided about a collection already stands."""
    for role in apps.get_model("org", "Role").objects.filter(code__in=GRANTS):
        if "delivered-documents" not in role.grants:
            role.grants = role.grants | {"delivered-documents": GRANTS[role.code]}
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("sales", "0016_delivered_document"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
