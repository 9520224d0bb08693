"""Roles made before there were web forms: whoever keeps all leads, or the marketing people, keeps these too."""

from typing import Any

from django.db import migrations

GRANTS = {
    "sales-management": {"web-forms": {"*": "all"}, "chat-channels": {"view": "all"}},
    "marketing": {"web-forms": {"*": "all"}},
    "business-manager": {"web-forms": {"view": "all"}},
}


def grant(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("org", "Role").objects.filter(code__in=GRANTS):
        if "web-forms" not in role.grants:
            role.grants = role.grants | GRANTS[role.code]
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("inbound", "0001_initial"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
