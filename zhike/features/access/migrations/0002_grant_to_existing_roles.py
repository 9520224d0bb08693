"""Roles made before permissions could be asked for: everybody may ask, and heads see what their people asked for."""

from typing import Any

from django.db import migrations

OWN = {"access-packages": {"view": "all"}, "access-requests": {"*": "self", "delete": "none", "transfer": "none"}}
OF_HEADS = {"access-requests": {"*": "self", "view": "subtree", "end": "subtree", "delete": "none", "transfer": "none"}}


def grant(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("org", "Role").objects.all():
        if "saved-views" in role.grants and "access-requests" not in role.grants:
            role.grants = role.grants | OWN | (OF_HEADS if role.code == "manager" else {})
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("access", "0001_packages_and_requests"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
