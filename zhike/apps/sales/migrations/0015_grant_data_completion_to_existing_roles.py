"""Roles made before customers that have bought were completed: salespeople see to their own lists, others as far as they lead."""

from typing import Any

from django.db import migrations

GRANTS: dict[str, Any] = {
    "salesperson": {"*": "self", "delete": "none", "import": "none"},
    "channel-sales": {"*": "self", "delete": "none", "import": "none"},
    "manager": {"*": "subtree"},
    "assistant": {"view": "department", "change": "department", "assign": "department"},
    "sales-management": {"*": "all"},
    "executive": {"view": "all", "export": "all"},
}


def grant(apps: Any, schema_editor: Any) -> None:
    """What somebody has decided about a collection already stands."""
    for role in apps.get_model("org", "Role").objects.filter(code__in=GRANTS):
        if "data-completions" not in role.grants:
            role.grants = role.grants | {"data-completions": GRANTS[role.code]}
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("sales", "0014_data_completion"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
