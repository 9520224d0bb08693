"""The triggers that write the audit: one statement however many rows, and no way around them, raw SQL included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from zhike.kernel.kinds import Lines, Refs
from zhike.kernel.registry import every_object

# Columns that say nothing to people, or must not be kept twice.
SILENT = ("id", "extra", "search", "match_keys", "version", "updated_at", "updated_by_id", "password")

FUNCTIONS = """
CREATE OR REPLACE FUNCTION zhike_audit_actor() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('zhike.actor', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION zhike_audit_said(what text, otherwise text) RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT coalesce(nullif(current_setting('zhike.' || what, true), ''), otherwise) $$;

-- Each field added without code stands beside the columns, as a change of its own.
CREATE OR REPLACE FUNCTION zhike_audit_flat(doc jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN doc -> 'extra' <> '{}' THEN doc || (doc -> 'extra') ELSE doc END $$;

-- What is filled in only now was empty before.
CREATE OR REPLACE FUNCTION zhike_audit_empty(extra jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
    $$ SELECT jsonb_object_agg(key, NULL) FROM jsonb_object_keys(extra) key $$;

-- Arguments of the trigger: collection, part, the column that names the record, the silent columns.
-- OFFSET 0 keeps a row from being turned into JSON again for each of its columns.
CREATE OR REPLACE FUNCTION zhike_audit_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_entry (at, actor_id, through, verb, collection, record, part, old, new)
    SELECT clock_timestamp(), zhike_audit_actor(), zhike_audit_said('through', 'sql'), zhike_audit_said('verb', 'add'),
           TG_ARGV[0], (doc ->> TG_ARGV[2])::bigint, TG_ARGV[1], NULL,
           jsonb_strip_nulls(zhike_audit_flat(doc) - CASE WHEN TG_ARGV[1] = '' THEN TG_ARGV[3]::text[]
                                                          ELSE array_remove(TG_ARGV[3]::text[], 'id') END)
    FROM (SELECT to_jsonb(r) AS doc FROM new_rows r OFFSET 0) d;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION zhike_audit_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_entry (at, actor_id, through, verb, collection, record, part, old, new)
    SELECT clock_timestamp(), zhike_audit_actor(), zhike_audit_said('through', 'sql'), zhike_audit_said('verb', 'delete'),
           TG_ARGV[0], (doc ->> TG_ARGV[2])::bigint, TG_ARGV[1],
           zhike_audit_flat(doc) - '{extra,search,match_keys,password}'::text[], NULL
    FROM (SELECT to_jsonb(r) AS doc FROM old_rows r OFFSET 0) d;
    RETURN NULL;
END $$;
-- The plan is kept for the connection: made for one row it would compare each old row with every new one when thousands come.
CREATE OR REPLACE FUNCTION zhike_audit_change() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off AS $$
BEGIN
    INSERT INTO audit_entry (at, actor_id, through, verb, collection, record, part, old, new)
    SELECT clock_timestamp(), zhike_audit_actor(), zhike_audit_said('through', 'sql'), zhike_audit_said('verb', 'change'),
           TG_ARGV[0], d.record, TG_ARGV[1], d.named || d.old, d.named || d.new
    FROM (
        -- A line is named by its id, since its record has several.
        SELECT CASE WHEN TG_ARGV[1] = '' THEN '{}' ELSE jsonb_build_object('id', o.id) END AS named,
               (o.doc ->> TG_ARGV[2])::bigint AS record, difference.old, difference.new
        FROM (SELECT d.id, zhike_audit_flat(d.doc) AS doc
              FROM (SELECT r.id, to_jsonb(r) AS doc FROM old_rows r OFFSET 0) d OFFSET 0) o
        JOIN (SELECT d.id, zhike_audit_flat(d.doc) AS doc
              FROM (SELECT r.id, to_jsonb(r) AS doc FROM new_rows r OFFSET 0) d OFFSET 0) n USING (id),
        LATERAL (
            SELECT jsonb_object_agg(key, value) AS old, jsonb_object_agg(key, n.doc -> key) AS new
            FROM jsonb_each(CASE WHEN n.doc -> 'extra' <> '{}' THEN zhike_audit_empty(n.doc -> 'extra') || o.doc ELSE o.doc END)
            WHERE value IS DISTINCT FROM n.doc -> key AND key <> ALL (TG_ARGV[3]::text[])
        ) difference
    ) d
    WHERE d.new IS NOT NULL;
    RETURN NULL;
END $$;
"""
STANDING = """
SELECT c.relname, t.tgname, encode(t.tgargs, 'escape') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND t.tgname LIKE 'zhike_audit_%'
"""
WRITTEN = {
    "add": ("INSERT", "NEW TABLE AS new_rows"),
    "change": ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    "delete": ("DELETE", "OLD TABLE AS old_rows"),
}


def install(**_: Any) -> None:
    """Put the triggers on every object, its links and its lines; one that stands as it should is left alone.

    To replace it would wait for every import that is writing, and make everybody else wait behind it.
    """
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute(STANDING)
        standing = set(cursor.fetchall())
        for table, *said in audited():
            told = [*said, "{" + ",".join(SILENT) + "}"]
            kept = "".join(f"{word}\\000" for word in told)
            for verb, (event, transition) in WRITTEN.items() if table in tables else ():
                if (table, f"zhike_audit_{verb}", kept) not in standing:
                    cursor.execute(
                        f'CREATE OR REPLACE TRIGGER zhike_audit_{verb} AFTER {event} ON "{table}" REFERENCING {transition} '
                        f"FOR EACH STATEMENT EXECUTE FUNCTION zhike_audit_{verb}(%s, %s, %s, %s)",
                        told,
                    )


def audited() -> Iterator[tuple[str, str, str, str]]:
    """Table, collection, field and the column that names the record."""
    for model in every_object().values():
        yield model._meta.db_table, model.spec.collection, "", "id"
        for name, kind in model.declared().items():
            if isinstance(kind, Refs):
                yield kind.remote_field.through._meta.db_table, model.spec.collection, name, kind.m2m_column_name()
            elif isinstance(kind, Lines):
                parent = kind.target._meta.get_field(kind.parent).column
                yield kind.target._meta.db_table, model.spec.collection, name, parent
