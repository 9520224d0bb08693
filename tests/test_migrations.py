"""升级不停机: a migration may make nobody wait who uses its table."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import SET_NULL, ForeignKey, Index

from tests.bench.locks import Probe
from zhike.kernel.indexing import AddIndexQuietly
from zhike.project.upgrading.references import index_references

LOADER = MigrationLoader(None, ignore_no_migrations=True)
OURS = {key: m for key, m in LOADER.disk_migrations.items() if m.__module__.startswith("zhike.")}
# New tables, indexes made beside the work of others, and what only changes the catalogue or what Python knows.
QUIET = {"CreateModel", "AddIndexQuietly", "AlterModelOptions", "AlterModelManagers", "DeleteModel", "RemoveIndex", "RemoveField"}
QUIET |= {"RemoveConstraint", "RenameIndex", "RunPython"}
CATALOGUE_ONLY = re.compile(r"DROP NOT NULL|(SET|DROP) DEFAULT|TYPE (varchar\(\d+\)|text)|COMMENT ON")
EXCUSED = {
    ("customers", "0003_tasks_repeat_and_remind", "task_to_remind"): "over columns added in the same step: no row meets it",
    ("customers", "0003_tasks_repeat_and_remind", "task_repeated_once"): "over a column added in the same step: all of it empty",
}

# What was reviewed before there were approvals, in no version anybody has: a few opinions and seats become requests and policies.
# An order learns which deal it came from: one statement, and nobody waits for more than the order at hand.
EXCUSED_CODE = {
    ("contracts", "0004_review_by_approvals"), ("customers", "0017_completeness_by_its_own_rule"),
    ("contracts", "0015_order_opportunity_known"),
}  # fmt: skip


def runs_code(migration: Any) -> bool:
    return any(isinstance(op, migrations.RunPython) for op in migration.operations)


def later() -> list[tuple[tuple[str, str], Any]]:
    """Every operation on a table that an earlier migration made, and that may be full by now."""
    found = []
    for key, migration in OURS.items():
        made = {op.name.lower() for op in migration.operations if isinstance(op, migrations.CreateModel)}
        if not key[1].endswith("_initial"):
            found += [(key, op) for op in migration.operations if str(getattr(op, "model_name", "")).lower() not in made]
    return found


def problem(key: tuple[str, str], op: Any) -> str:
    """Why an operation could make people wait; nothing when it cannot."""
    kind = type(op).__name__
    if kind == "AddField":
        return field_problem(op.field)
    if kind == "AlterField":
        loud = [sql for sql in statements(key, op) if not CATALOGUE_ONLY.search(sql)]
        return f"会锁住整张表：{loud}" if loud else ""
    return "" if kind in QUIET else f"{kind} 会锁住整张表"


def statements(key: tuple[str, str], wanted: Any) -> list[str]:
    """What PostgreSQL is told by one operation, where it stands."""
    state = LOADER.project_state(key, at_end=False)
    for op in OURS[key].operations[: OURS[key].operations.index(wanted)]:
        op.state_forwards(key[0], state)
    after = state.clone()
    wanted.state_forwards(key[0], after)
    with connection.schema_editor(collect_sql=True) as editor:
        wanted.database_forwards(key[0], editor, state, after)
    return [sql for sql in editor.collected_sql if not sql.startswith("--")]


def field_problem(field: Any) -> str:
    """A column is added in a moment when PostgreSQL need not look at the rows: empty, or with one value for all."""
    if field.many_to_many:
        return ""
    if field.unique:
        return "唯一的列要检查每一行：先加列，再建索引"
    if field.is_relation:  # its index is made afterwards, beside the work of others
        return "不为空的引用要检查每一行" if field.has_default() else ""
    if field.db_index:
        return "随列建的索引会锁住整张表：用 AddIndexQuietly"
    callable_default = callable(field.default) and field.default not in (dict, list, bool)
    return "每行不同的默认值要重写整张表" if field.has_default() and callable_default else ""


@pytest.mark.django_db
def test_no_migration_makes_people_wait() -> None:
    found = {
        (*key, getattr(getattr(op, "index", None) or getattr(op, "constraint", None), "name", getattr(op, "name", ""))): why
        for key, op in later()
        if (why := problem(key, op))
    }
    assert set(found) - set(EXCUSED) == set(), found
    assert set(EXCUSED) - set(found) == set()


def test_an_index_beside_the_work_is_made_outside_a_transaction() -> None:
    for key, migration in OURS.items():
        if any(isinstance(op, AddIndexQuietly) for op in migration.operations):
            assert migration.atomic is False, key
            assert {type(op).__name__ for op in migration.operations} == {"AddIndexQuietly"}, key  # so it can be run again


@pytest.mark.parametrize("key", sorted(key for key in OURS if runs_code(OURS[key]) and key not in EXCUSED_CODE))
def test_what_a_migration_runs_touches_roles_alone(key: tuple[str, str]) -> None:
    source = importlib.import_module(OURS[key].__module__)
    assert set(named(source)) <= {"org.Role", "Role"}, key


def named(source: Any) -> list[str]:
    """The objects a migration asks for by name."""
    asked = [node for node in ast.walk(ast.parse(inspect.getsource(source))) if isinstance(node, ast.Call)]
    models = [call for call in asked if getattr(call.func, "attr", "") == "get_model"]
    return [str(call.args[-1].value) for call in models if isinstance(call.args[-1], ast.Constant)]


@pytest.mark.parametrize("key", sorted(key for key in OURS if runs_code(OURS[key])))
def test_what_a_migration_runs_comes_before_what_it_changes(key: tuple[str, str]) -> None:
    """Changes are told to the database at the end (project/upgrading): what runs behind one would not find it."""
    kinds = [isinstance(op, migrations.RunPython) for op in OURS[key].operations]
    assert kinds == sorted(kinds, reverse=True)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_an_upgrade_that_thinks_or_waits_itself() -> None:
    """It thinks for a second and a half; the next one finds somebody's report in its way for as long."""
    with writing("org_role") as writer, connection.schema_editor() as editor:
        editor.execute("ALTER TABLE org_role ADD COLUMN probe integer")
        time.sleep(1.5)
    assert writer.longest < 1
    with psycopg.connect(here()) as report, writing("org_role") as writer:
        report.execute("SELECT FROM org_role")
        threading.Timer(1.5, report.rollback).start()
        with connection.schema_editor() as editor:
            editor.execute("ALTER TABLE org_role DROP COLUMN probe")  # so it was there
    assert writer.longest < 1


def here() -> str:
    return psycopg.conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])


@contextmanager
def writing(table: str) -> Iterator[Probe]:
    """Somebody wants to write into a table all the time."""
    probe = Probe(here(), table)
    probe.start()
    yield probe
    probe.over.set()
    probe.join()


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_cut_off_is_made_anew_and_one_that_stands_is_kept() -> None:
    """`CREATE INDEX CONCURRENTLY` that is killed leaves one nobody uses; a second run would stumble over it."""
    state = LOADER.project_state()
    made = AddIndexQuietly("role", Index(fields=["description"], name="probe_of_role"))
    after = state.clone()
    made.state_forwards("org", after)
    try:
        for standing in ("none", "cut off", "whole"):
            if standing == "cut off":
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'probe_of_role'::regclass")
            with connection.schema_editor(atomic=False) as editor:
                made.database_forwards("org", editor, state, after)
            assert valid("probe_of_role") is True, standing
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS probe_of_role")


@pytest.mark.django_db(transaction=True)
def test_a_reference_added_to_a_table_gets_its_index_while_others_write() -> None:
    """Somebody's deed keeps the index waiting for a second and a half; who comes behind it does not wait with it."""
    state = LOADER.project_state()
    added = migrations.AddField("role", "probe", ForeignKey("org.department", SET_NULL, null=True, related_name="+"))
    after = state.clone()
    added.state_forwards("org", after)
    models = [after.apps.get_model("org.Role")]
    with connection.schema_editor() as editor:
        added.database_forwards("org", editor, state, after)
    try:
        with psycopg.connect(here()) as deed, writing("org_role") as writer:
            deed.execute("LOCK TABLE org_role IN ROW EXCLUSIVE MODE")
            threading.Timer(1.5, deed.rollback).start()
            began = time.monotonic()
            [made] = index_references(models)
            assert time.monotonic() - began > 1  # so it waited
        assert (writer.longest < 1, valid(made)) == (True, True)
        assert index_references(models) == []
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::regclass", [made])
        assert (index_references(models), valid(made)) == ([made], True)  # cut off, and made anew
    finally:
        with connection.schema_editor() as editor:
            added.database_backwards("org", editor, after, state)


def valid(index: str) -> bool | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [index])
        row = cursor.fetchone()
    return row[0] if row else None
