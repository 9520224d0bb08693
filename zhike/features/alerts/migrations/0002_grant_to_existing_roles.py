"""Roles made before there were alerts may handle their own, as those of a new installation may."""

from typing import Any

from django.db import migrations

OWN = {"alerts": {"*": "self", "add": "none", "delete": "none"}}


def grant(apps: Any, schema_editor: Any) -> None:
    """Whoever keeps views of lists handles alerts; what somebody has decided about them already stands."""
    for role in apps.get_model("org", "Role").objects.all():
        if "saved-views" in role.grants and not set(OWN) & set(role.grants):
            role.grants = role.grants | OWN
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_alerts"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
