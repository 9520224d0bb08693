"""Roles made before there was registration: whoever has customers may appeal, those of wider reach decide within it."""

from typing import Any

from django.db import migrations

WIDE = ("subtree", "all")
DECIDING = ("view", "change", "decide", "drop", "export")


def grant(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("org", "Role").objects.all():
        customers = role.grants.get("customers")
        if not customers or "registration-conflicts" in role.grants:
            continue
        every = customers.get("*", "none")
        if every == "none":
            continue
        own = dict.fromkeys(("view", "change", "appeal", "withdraw"), "self")
        wide = every in WIDE
        given = {"registration-conflicts": dict.fromkeys(("view", "export"), every) if wide else own}
        given["revenue-shares"] = dict.fromkeys(("view", "export") if wide else ("view",), every)
        role.grants = role.grants | given | ({"arbitrations": dict.fromkeys(DECIDING, every)} if wide else {})
        role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("registration", "0001_initial"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
