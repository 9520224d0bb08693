"""历史分区: what is old enough lies in the table of its year, and everybody who reads the history reads on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from zhike.features.audit.aging import age_entries
from zhike.features.insight.noting import forget, store
from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_user
from zhike.testing.team import added

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Api:
    return Api(make_user("clerk", Reach.ALL))


def changed(clerk: Api, customer: int, *names: str) -> None:
    for name in names:
        assert clerk.patch(f"customers/{customer}", {"name": name}).status_code == 200


def aged(days: int) -> None:
    """As if all that stands in the audit of the present had happened so much earlier."""
    run("UPDATE ONLY audit_entry SET at = at - make_interval(days => %s)", days)


def run(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def told(clerk: Api, customer: int) -> list[tuple[str, Any]]:
    rows = clerk.get(f"customers/{customer}/history").json()["rows"]
    return [(row["at"], [(c["old"], c["new"]) for c in row["changes"] if c["field"] == "name"]) for row in rows]


@pytest.mark.covers("T-61")
def test_old_entries_lie_in_the_table_of_their_year_and_the_history_tells_them_as_before(clerk: Api) -> None:
    customer = added(clerk, "customers", name="甲公司")["id"]
    changed(clerk, customer, "乙公司")
    aged(3 * 365)
    old, year = run("SELECT count(*) FROM audit_entry")[0][0], timezone.localdate() - timedelta(days=3 * 365)
    changed(clerk, customer, "丙公司")
    before = told(clerk, customer)
    assert [names for _, names in before] == [[("乙公司", "丙公司")], [("甲公司", "乙公司")], [(None, "甲公司")]]

    assert age_entries() == old
    assert run(f"SELECT count(*) FROM audit_entry_y{year.year}") == [(old,)]
    assert run("SELECT count(*) FROM ONLY audit_entry WHERE at < now() - interval '1 day'") == [(0,)]
    assert told(clerk, customer) == before
    assert age_entries() == 0


@pytest.mark.covers("T-61")
def test_who_saw_and_exported_a_record_years_ago_is_told_from_the_tables_of_those_years(
    clerk: Api, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_FOLDER = tmp_path
    forget()
    customer = added(clerk, "customers", name="甲公司")["id"]
    clerk.get(f"customers/{customer}")
    run_now(clerk.post("customers/export", {"fields": ["name"]}).json()["id"])
    store()
    for log in ("insight_viewed", "insight_exported"):
        run(f"UPDATE {log} SET at = at - make_interval(years => 3)")
    before = clerk.get(f"customers/{customer}/seen").json()["rows"]
    assert [row["how"] for row in before] == ["export", "view"]
    year = timezone.localdate().year - 3

    assert age_entries() == 2
    assert run("SELECT count(*) FROM ONLY insight_viewed") == run("SELECT count(*) FROM ONLY insight_exported") == [(0,)]
    assert run(f"SELECT count(*) FROM insight_viewed_y{year}") == run(f"SELECT count(*) FROM insight_exported_y{year}") == [(1,)]
    assert clerk.get(f"customers/{customer}/seen").json()["rows"] == before


def test_what_is_young_stays_and_the_age_is_the_administrators(clerk: Api) -> None:
    added(clerk, "customers", name="甲公司")
    aged(200)
    assert age_entries() == 0
    added(clerk, "parameters", key="audit_months", value="3")
    assert age_entries() > 0


def test_a_table_of_a_year_has_every_index_of_the_present_also_those_made_later(clerk: Api) -> None:
    added(clerk, "customers", name="甲公司")
    aged(3 * 365)
    age_entries()
    run("CREATE INDEX probe_of_audit ON audit_entry (verb)")
    added(clerk, "customers", name="乙公司")
    aged(3 * 365)
    age_entries()
    [(name,)] = run("SELECT relname FROM pg_class WHERE relname LIKE 'audit\\_entry\\_y%%' AND relkind = 'r'")
    tails = {table: {row[0].split(" USING ")[1] for row in run(INDEXES, table)} for table in ("audit_entry", name)}
    assert tails[name] == tails["audit_entry"] and "btree (verb)" in tails[name]


INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename = %s"
