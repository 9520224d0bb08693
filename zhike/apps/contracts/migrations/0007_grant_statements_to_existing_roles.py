"""Roles made before there were returns, dunning, statements, forecasts and expenses may do with them what those of today may."""

import json
from typing import Any

from django.db import migrations

GRANTS = json.loads(
    """
{
 "salesperson": {
  "order-returns": {"view": "self", "add": "self", "change": "self"},
  "dunnings": {"*": "self", "delete": "none"},
  "dunning-steps": {"view": "all"},
  "expense-claims": {"*": "self", "pay": "none", "transfer": "none"},
  "stage-stays": {"view": "self"},
  "forecasts": {"view": "self"},
  "monthly-figures": {"view": "self"}
 },
 "manager": {
  "order-returns": {"view": "subtree", "add": "subtree", "change": "subtree", "export": "subtree"},
  "dunnings": {"*": "subtree"},
  "dunning-steps": {"view": "all"},
  "expense-claims": {"*": "subtree", "pay": "none"},
  "stage-stays": {"view": "subtree", "export": "subtree"},
  "forecasts": {"view": "subtree", "export": "subtree"},
  "monthly-figures": {"view": "subtree", "export": "subtree"}
 },
 "assistant": {
  "order-returns": {"view": "department", "add": "department", "change": "department"},
  "dunnings": {"view": "department", "add": "department"},
  "dunning-steps": {"view": "all"},
  "expense-claims": {"*": "self", "pay": "none", "transfer": "none"},
  "stage-stays": {"view": "department"},
  "forecasts": {"view": "department"},
  "monthly-figures": {"view": "department"}
 },
 "sales-management": {
  "order-returns": {"view": "all", "export": "all"},
  "dunnings": {"*": "all"},
  "dunning-steps": {"*": "all"},
  "expense-claims": {"*": "self", "view": "all", "export": "all", "pay": "all"},
  "receivable-statements": {"*": "all", "delete": "none"},
  "stage-stays": {"view": "all", "export": "all"},
  "forecasts": {"view": "all", "export": "all"},
  "monthly-figures": {"view": "all", "export": "all"}
 },
 "executive": {
  "order-returns": {"view": "all", "export": "all"},
  "dunnings": {"view": "all", "export": "all"},
  "dunning-steps": {"view": "all"},
  "expense-claims": {"view": "all", "export": "all"},
  "receivable-statements": {"view": "all", "export": "all"},
  "stage-stays": {"view": "all", "export": "all"},
  "forecasts": {"view": "all", "export": "all"},
  "monthly-figures": {"view": "all", "export": "all"}
 },
 "business-manager": {
  "order-returns": {"*": "all"},
  "dunnings": {"*": "all"},
  "dunning-steps": {"view": "all"},
  "expense-claims": {"*": "self", "view": "all", "pay": "all", "export": "all"},
  "receivable-statements": {"view": "all", "export": "all"},
  "stage-stays": {"view": "all", "export": "all"},
  "forecasts": {"view": "all", "export": "all"},
  "monthly-figures": {"view": "all", "export": "all"}
 }
}
"""
)


def grant(apps: Any, schema_editor: Any) -> None:
    """What somebody has decided about a collection already stands."""
    for role in apps.get_model("org", "Role").objects.filter(code__in=GRANTS):
        missing = {c: verbs for c, verbs in GRANTS[role.code].items() if c not in role.grants}
        if missing:
            role.grants = role.grants | missing
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("contracts", "0006_statements_and_monthly_figures"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
