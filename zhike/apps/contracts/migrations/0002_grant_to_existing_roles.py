"""Roles made before there were quotes and contracts may do with them what those of a new installation may."""

import json
from typing import Any

from django.db import migrations

GRANTS = json.loads(
    """
{
 "salesperson": {
  "quotes": {"*": "self", "delete": "none", "approve": "none", "send_back": "none", "grant_exception": "none"},
  "price-books": {"view": "all"},
  "contracts": {"*": "self", "delete": "none", "agree": "none", "disagree": "none", "fulfil": "none", "terminate": "none"},
  "contract-opinions": {"view": "self"},
  "orders": {"*": "self", "delete": "none", "confirm": "none", "send_back": "none", "execute": "none", "complete": "none"},
  "execution-orders": {"view": "self"},
  "milestones": {"view": "self", "change": "self", "reach": "self"},
  "receivables": {"view": "self", "dun": "self", "export": "self"},
  "invoices": {"view": "self", "add": "self", "export": "self"},
  "receipts": {"view": "self", "export": "self"},
  "document-templates": {"view": "all"},
  "sales-targets": {"view": "self"}
 },
 "manager": {
  "parameters": {"view": "all"},
  "price-authorities": {"view": "all"},
  "quotes": {"*": "subtree"},
  "price-books": {"view": "all"},
  "contracts": {"*": "subtree"},
  "contract-opinions": {"view": "subtree"},
  "orders": {"*": "subtree", "confirm": "none"},
  "execution-orders": {"view": "subtree"},
  "milestones": {"*": "subtree"},
  "receivables": {"view": "subtree", "dun": "subtree", "export": "subtree"},
  "invoices": {"view": "subtree", "add": "subtree", "export": "subtree"},
  "receipts": {"view": "subtree", "export": "subtree"},
  "review-seats": {"view": "all"},
  "document-templates": {"view": "all"},
  "sales-targets": {"*": "subtree"}
 },
 "assistant": {
  "quotes": {"view": "department", "add": "department", "change": "department", "submit": "department",
   "withdraw": "department", "export": "department"},
  "price-books": {"view": "all"},
  "contracts": {"view": "department", "add": "department", "change": "department", "submit": "department",
   "export": "department"},
  "contract-opinions": {"view": "department"},
  "orders": {"view": "department", "add": "department", "change": "department", "submit": "department"},
  "receivables": {"view": "department", "dun": "department"},
  "invoices": {"view": "department", "add": "department"},
  "receipts": {"view": "department"},
  "document-templates": {"view": "all"},
  "sales-targets": {"view": "department"}
 },
 "sales-management": {
  "parameters": {"*": "all"},
  "price-authorities": {"*": "all"},
  "quotes": {"*": "all"},
  "price-books": {"*": "all"},
  "contracts": {"*": "all"},
  "contract-opinions": {"view": "all", "export": "all"},
  "orders": {"view": "all", "export": "all"},
  "execution-orders": {"view": "all"},
  "milestones": {"view": "all"},
  "receivables": {"*": "all"},
  "invoices": {"view": "all", "export": "all"},
  "receipts": {"view": "all", "export": "all"},
  "review-seats": {"*": "all"},
  "document-templates": {"*": "all"},
  "sales-targets": {"*": "all"}
 },
 "executive": {
  "parameters": {"view": "all"},
  "price-authorities": {"view": "all"},
  "quotes": {"view": "all", "export": "all", "approve": "all", "send_back": "all", "grant_exception": "all"},
  "price-books": {"view": "all"},
  "contracts": {"view": "all", "export": "all", "agree": "all", "disagree": "all"},
  "contract-opinions": {"view": "all", "export": "all"},
  "orders": {"view": "all", "export": "all"},
  "execution-orders": {"view": "all"},
  "milestones": {"view": "all"},
  "receivables": {"view": "all", "export": "all"},
  "invoices": {"view": "all", "export": "all"},
  "receipts": {"view": "all", "export": "all"},
  "review-seats": {"view": "all"},
  "document-templates": {"view": "all"},
  "sales-targets": {"view": "all", "export": "all"}
 },
 "business-manager": {
  "parameters": {"view": "all"},
  "price-authorities": {"view": "all"},
  "quotes": {"view": "all", "export": "all"},
  "price-books": {"view": "all"},
  "contracts": {"view": "all", "change": "all", "sign": "all", "fulfil": "all", "export": "all"},
  "contract-opinions": {"view": "all"},
  "orders": {"*": "all"},
  "execution-orders": {"*": "all"},
  "milestones": {"*": "all"},
  "receivables": {"*": "all"},
  "invoices": {"*": "all"},
  "receipts": {"*": "all"},
  "review-seats": {"view": "all"},
  "document-templates": {"view": "all"},
  "sales-targets": {"view": "all", "add": "all", "change": "self", "count": "all"}
 },
 "presales": {
  "quotes": {"view": "all"},
  "price-books": {"view": "all"},
  "contracts": {"view": "all"}
 },
 "maintainer": {
  "price-books": {"*": "all"}
 }
}
"""
)


def grant(apps: Any, schema_editor: Any) -> None:
    """What somebody has decided about a collection already stands."""
    for role in apps.get_model("org", "Role").objects.filter(code__in=GRANTS):
        missing = {c: verbs for c, verbs in GRANTS[role.code].items() if c not in role.grants}
        if missing and "quotes" not in role.grants:
            role.grants = role.grants | missing
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial"), ("org", "0002_extra_fields")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
