"""查重: which records of the whole base may be the same, found by PostgreSQL in blocks and never by comparing all with all.

A block is what likely twins share: a key an object declares (名称、电话、信用代码), the beginning or the end of the name's
key, or the address. Within a block of moderate size every two are weighed.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from zhike.kernel.kinds import Address, Email, Phone

MOST_IN_BLOCK, MOST_PAIRS = 30, 200_000
LEAST_SCORE, LEAST_ALIKE = 40, 0.6
TITLE, CONTACT, CODE, PLACE, ALIKE = 50, 35, 60, 20, 45
"""How many points of 100 an equal name key, phone or mail, any other declared key, address, or a wholly similar name gives."""

SAME_KEY = """
WITH k AS (SELECT id, unnest(match_keys) AS key FROM {table} WHERE match_keys IS NOT NULL),
     b AS (SELECT key FROM k GROUP BY key HAVING count(*) BETWEEN 2 AND %(most)s)
INSERT INTO found SELECT x.id, y.id, split_part(x.key, ':', 1), 1.0
FROM b JOIN k x USING (key) JOIN k y USING (key) WHERE x.id < y.id LIMIT %(pairs)s
"""
SIMILAR_NAME = """
WITH n AS MATERIALIZED (
    SELECT r.id, substr(u.key, %(cut)s) AS key,
           ARRAY(SELECT DISTINCT substr(u.key, %(cut)s + i, 2) FROM generate_series(0, length(u.key) - %(cut)s - 1) i) AS grams
    FROM {table} r, unnest(r.match_keys) AS u(key) WHERE u.key LIKE %(title)s AND length(u.key) > %(cut)s + 2
), k AS (
    SELECT id, key, grams, 'a' || left(key, 3) AS block FROM n UNION ALL SELECT id, key, grams, 'z' || right(key, 3) FROM n
), b AS (SELECT block FROM k GROUP BY block HAVING count(*) BETWEEN 2 AND %(most)s),
p AS (
    SELECT DISTINCT x.id AS one, y.id AS other, 2.0 * (SELECT count(*) FROM unnest(x.grams) g WHERE g = ANY (y.grams))
           / (cardinality(x.grams) + cardinality(y.grams)) AS alike
    FROM b JOIN k x USING (block) JOIN k y USING (block) WHERE x.id < y.id AND x.key <> y.key LIMIT %(pairs)s
)
INSERT INTO found SELECT one, other, '~', alike FROM p WHERE alike >= %(alike)s
"""
SAME_PLACE = """
WITH k AS (
    SELECT id, ({column} ->> 'code') || regexp_replace({column} ->> 'detail', '\\s', '', 'g') AS key FROM {table}
    WHERE length({column} ->> 'detail') >= 5
), b AS (SELECT key FROM k GROUP BY key HAVING count(*) BETWEEN 2 AND %(most)s)
INSERT INTO found SELECT x.id, y.id, %(name)s, 1.0
FROM b JOIN k x USING (key) JOIN k y USING (key) WHERE x.id < y.id LIMIT %(pairs)s
"""
WEIGHED = """
SELECT one, other, least(100, round(sum(points)))::int AS score,
       json_agg(json_build_object('ground', ground, 'alike', round(alike * 100)::int) ORDER BY points DESC)
FROM (
    SELECT one, other, ground, max(alike) AS alike, max(alike) * coalesce((%(weights)s::jsonb ->> ground)::numeric, 0) AS points
    FROM found GROUP BY one, other, ground
) g GROUP BY one, other HAVING round(sum(points)) >= %(least)s ORDER BY score DESC LIMIT %(pairs)s
"""


def candidates(model: Any) -> list[tuple[int, int, int, list[dict[str, Any]]]]:
    """Pairs with their score and the grounds for it, the likeliest first."""
    table, title = f'"{model._meta.db_table}"', model.spec.title
    facts = {
        "most": MOST_IN_BLOCK, "pairs": MOST_PAIRS, "title": f"{title}:%", "cut": len(title) + 2, "alike": LEAST_ALIKE,
        "least": LEAST_SCORE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.found")  # of another object looked through in the same transaction
        cursor.execute("CREATE TEMP TABLE found (one bigint, other bigint, ground text, alike numeric) ON COMMIT DROP")
        cursor.execute(SAME_KEY.format(table=table), facts)
        cursor.execute(SIMILAR_NAME.format(table=table), facts)
        for kind in _addresses(model):
            cursor.execute(SAME_PLACE.format(table=table, column=f'"{kind.column}"'), {**facts, "name": kind.name})
        cursor.execute(WEIGHED, {**facts, "weights": _json(weights(model))})
        return [(one, other, score, _read(grounds)) for one, other, score, grounds in cursor.fetchall()]


def weights(model: Any) -> dict[str, int]:
    """Points for each ground: a declared key by what its field is, "~" for a similar name."""
    declared = {same.field: _points(model, model.kinds()[same.field]) for same in model.spec.duplicates}
    return {**declared, **{kind.name: PLACE for kind in _addresses(model)}, "~": ALIKE}


def _points(model: Any, kind: Any) -> int:
    if kind.name == model.spec.title:
        return TITLE
    return CONTACT if isinstance(kind, Phone | Email) else CODE


def _addresses(model: Any) -> list[Any]:
    return [k for k in model.declared().values() if isinstance(k, Address) and isinstance(k, models.JSONField)]


def _json(value: Any) -> str:
    import orjson

    return orjson.dumps(value).decode()


def _read(value: Any) -> list[dict[str, Any]]:
    import orjson

    found: list[dict[str, Any]] = orjson.loads(value) if isinstance(value, str) else value
    return found
