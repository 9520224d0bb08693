"""数据表: an empty database gets at once what every other one has come to step by step."""

from __future__ import annotations

import psycopg

from zhike.testing.databases import MAKE, copied, created, program

COLUMNS = """SELECT table_name, column_name, udt_name, is_nullable, column_default, character_maximum_length, numeric_precision,
        numeric_scale, is_identity, collation_name
    FROM information_schema.columns WHERE table_schema = 'public'"""
CONSTRAINTS = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0"
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
TRIGGERS = "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
FUNCTIONS = """SELECT proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'"""
TABLES = "SELECT relname, relkind, reloptions FROM pg_class WHERE relnamespace = 'public'::regnamespace"
STATISTICS = """SELECT attrelid::regclass::text, attname, attstattarget FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped"""
STEPS = "SELECT app, name FROM django_migrations"
KINDS = "SELECT app_label, model FROM django_content_type"


def found(address: str, question: str) -> set[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        return {tuple(map(str, row)) for row in connection.execute(question)}


def test_tables_made_at_once_are_those_made_step_by_step() -> None:
    at_once, by_steps = copied(), created("by_steps", "template1")
    program(by_steps, "-m", "zhike.testing.steps")
    program(by_steps, "-c", MAKE)  # what `zhike migrate` does beyond
    for question in (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS, FUNCTIONS, TABLES, STATISTICS, STEPS, KINDS):
        made, grown = found(at_once, question), found(by_steps, question)
        assert made ^ grown == set()
        assert made
