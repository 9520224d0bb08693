"""Roles made before there was a review: who may only write her own customers reviews none, an assistant those she may change."""

from typing import Any

from django.db import migrations

REVIEWING = ("accept", "send_back")


def grant(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("org", "Role").objects.all():
        customers = role.grants.get("customers")
        if not customers or set(REVIEWING) & set(customers):
            continue
        reach = "none" if customers.get("*") == "self" else "" if "*" in customers else customers.get("change", "")
        if reach in ("none", "department", "subtree", "all"):
            role.grants = role.grants | {"customers": customers | dict.fromkeys(REVIEWING, reach)}
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_registration_review"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
