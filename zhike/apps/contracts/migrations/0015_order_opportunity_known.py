from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def from_the_contract(apps: Any, editor: Any) -> None:
    contracts = apps.get_model("contracts", "Contract").objects.filter(pk=OuterRef("contract"))
    apps.get_model("contracts", "Order").objects.update(opportunity=Subquery(contracts.values("opportunity")[:1]))


class Migration(migrations.Migration):
    dependencies = [("contracts", "0014_what_an_order_agrees")]
    operations = [migrations.RunPython(from_the_contract, migrations.RunPython.noop)]
