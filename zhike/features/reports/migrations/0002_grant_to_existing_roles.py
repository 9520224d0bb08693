"""Roles made before there were reports may make their own, as those of a new installation may."""

from typing import Any

from django.db import migrations

OWN = {"reports": {"*": "self"}, "dashboards": {"*": "self"}, "report-subscriptions": {"*": "self"}}


def grant(apps: Any, schema_editor: Any) -> None:
    """Whoever keeps views of lists keeps reports; what somebody has decided about them already stands."""
    for role in apps.get_model("org", "Role").objects.all():
        if "saved-views" in role.grants and not set(OWN) & set(role.grants):
            role.grants = role.grants | OWN
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
