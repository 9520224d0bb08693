"""Roles made before there was a pool may use it as those of a new installation may: whoever adds customers may claim them."""

from typing import Any

from django.db import migrations

WIDE = ("subtree", "all")


def grant(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("org", "Role").objects.all():
        customers = role.grants.get("customers")
        if customers and "pool-entries" not in role.grants:
            every = customers.get("*", "none")
            entries = {"view": "all"} | ({"claim": "all"} if every != "none" else {}) | ({"undo": every} if every in WIDE else {})
            role.grants = role.grants | {"pool-entries": entries, "tracking-limits": {"view": "all"}}
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("customers", "0005_tracking_and_public_pool"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
