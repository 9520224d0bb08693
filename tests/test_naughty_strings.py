"""难缠的文字: every string of the Big List of Naughty Strings goes in, comes back, is filtered by, and breaks nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make, make_user

pytestmark = pytest.mark.django_db
STRINGS: list[str] = json.loads((Path(__file__).parent / "data" / "blns" / "blns.json").read_text())
LONGEST_NAME = 200
FIELDS = ("phone", "website", "credit_code", "employees", "annual_revenue", "level", "address", "tags", "parent")


def test_every_naughty_string_is_kept_as_it_was_typed_found_and_filtered_by() -> None:
    api = Api(make_user("naughty", Reach.ALL))
    kept = 0
    for text in STRINGS:
        name = " ".join(text.split())
        made = api.post("customers?duplicates=allow", {"name": text, "notes": text, "short_name": "x"})
        if not name or len(name) > LONGEST_NAME or "\x00" in text:
            assert made.status_code == 422, text
            assert "name" in made.json()["fields"]
            continue
        assert made.status_code == 201, (text, made.content.decode())
        record = made.json()
        kept += 1
        assert (record["name"], record["notes"]) == (name, text.strip())
        same = [{"field": "name", "op": op, "value": text} for op in ("eq", "contains", "starts")]
        found = api.get("customers", filter={"and": [*same, {"field": "id", "op": "eq", "value": record["id"]}]}, fields="name")
        assert [r["name"] for r in found.json()["rows"]] == [name], text
    assert kept == Customer.objects.count() > 450


def test_every_naughty_string_may_be_searched_for_anywhere() -> None:
    api = Api(make_user("naughty", Reach.ALL))
    make(Customer, {"name": "中国石油天然气股份有限公司"}, actor=api.person)
    for text in STRINGS:
        answer = api.get("search", q=text)
        assert answer.status_code == (200 if len(text) <= 200 and "\x00" not in text else 422), text


def test_naughty_strings_as_values_of_other_kinds_are_read_or_refused_by_name() -> None:
    api = Api(make_user("naughty", Reach.ALL))
    record = make(Customer, actor=api.person)
    for text in STRINGS:
        answer = api.patch(f"customers/{record.pk}", dict.fromkeys(FIELDS, text))
        assert answer.status_code == 422 or not text.strip(), (text, answer.content.decode())
        assert set(answer.json().get("fields", {})) <= set(FIELDS), text
