"""筛选语言: random trees over random rows give exactly what a slow and obvious evaluation in Python gives."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.obvious import MODEL_OPS, Row, holds, unit_of
from zhike.apps.customers.objects.customer import INDUSTRIES, LEVELS, Customer
from zhike.kernel.kinds import Refs
from zhike.kernel.reach import Reach
from zhike.kernel.registry import objects
from zhike.kernel.writes import create_many
from zhike.testing.kit import Api, make, make_user

pytestmark = pytest.mark.django_db
NAMES = ["甲", "乙公司", "Ab c", "aB", "100%", "a_b", "石油石油", ""]
MONEY = [None, Decimal("0.00"), Decimal("-1.50"), Decimal("0.10"), Decimal("99999999999999.99")]
WHOLE = [None, 0, 1, 7, 100]
TODAY = timezone.localdate
TAGS = ["重点", "老客户", "x"]


def rows(actor: Any) -> list[Row]:
    """Sixty customers whose values repeat, tie and lack."""
    made = [
            {
                "name": NAMES[n % 7], "short_name": NAMES[(n * 3) % 8], "annual_revenue": MONEY[n % 5], "employees": WHOLE[n % 4],
                "level": [*LEVELS, ""][n % 5], "industry": [*INDUSTRIES, ""][n % 3], "tags": TAGS[: n % 4],
                "last_contact_at": None if n % 5 == 0 else timezone.now() + timedelta(days=n * 7 - 200),
                "address": None if n % 4 == 0 else {"code": ["110101", "440300", ""][n % 3], "detail": NAMES[n % 6] or "路"},
                "owner": actor.pk if n % 2 else None,
            }
        for n in range(60)
    ]  # fmt: skip
    created = create_many(Customer, made, actor=actor)
    for record, row in zip(created, made, strict=True):
        row["id"] = record.pk
    return made


@pytest.fixture(scope="module")
def director(founding: bool) -> Api:
    assert founding
    return Api(make_user("director", Reach.ALL))


@pytest.fixture
def api(db: Any, director: Api) -> Api:
    return director.again()


def leaf(field: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "op": op} | ({} if op in ("empty", "filled") else {"value": value})


JUNK = [None, True, -1, 10**30, 1.5, "", "\0", "x" * 5000, {}, {"days": {}}, [], [{}], [None, None], [[], {}], ["a", 1]]
DAYS = st.integers(-220, 260).map(lambda n: (TODAY() + timedelta(days=n)).isoformat()) | st.builds(
    lambda n: {"days": n}, st.integers(-220, 260)
)
PERIODS = st.sampled_from(
    [
        "today", "yesterday", "tomorrow", "this_week", "last_week", "next_week", "this_month", "last_month", "next_month",
        "this_quarter", "last_quarter", "this_year", "last_year", "last_7_days", "last_30_days", "last_90_days", "next_7_days",
        "next_30_days", "last_month_to_date", "last_quarter_to_date", "last_year_to_date",
    ]
)  # fmt: skip
OPERANDS: dict[str, Any] = {
    "text": st.sampled_from([n for n in NAMES if n] + ["A", "油", "%", "_", "b C", "没有"]),
    "number": st.sampled_from(["0", "0.1", "-1.5", "1", "7", "99999999999999.99", "50"]),
    "whole": st.sampled_from([0, 1, 7, 50, 100]),
    "level": st.sampled_from(list(LEVELS)),
    "tag": st.sampled_from(TAGS),
    "day": DAYS,
}
FIELDS = {"name": "text", "short_name": "text", "annual_revenue": "number", "employees": "whole", "level": "level", "tags": "tag",
          "last_contact_at": "day"}  # fmt: skip


@st.composite
def leaves(draw: Any) -> dict[str, Any]:
    field, family = draw(st.sampled_from(sorted(FIELDS.items())))
    op = draw(st.sampled_from(MODEL_OPS[family]))
    one = OPERANDS[family]
    if op in ("in", "not_in", "has_any", "has_all", "has_none"):
        return leaf(field, op, draw(st.lists(one, max_size=3)))
    if op == "between":
        return leaf(field, op, [draw(one), draw(one)])
    return leaf(field, op, draw(PERIODS) if op == "during" else draw(one))


TREES = st.recursive(
    leaves(),
    lambda inner: (
        st.builds(lambda k, b: {k: b}, st.sampled_from(["and", "or"]), st.lists(inner, max_size=3))
        | st.builds(lambda b: {"not": b}, inner)
    ),
    max_leaves=6,
)


def test_random_trees_find_exactly_what_the_obvious_evaluation_finds(api: Api) -> None:
    kept = rows(api.person)

    @settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(tree=TREES)
    def check(tree: dict[str, Any]) -> None:
        answer = api.get("customers", filter=tree, fields="id", limit=200, order="id", total=1)
        assert answer.status_code == 200, answer.content.decode()
        wanted = [row["id"] for row in kept if holds(tree, row)]
        assert [r["id"] for r in answer.json()["rows"]] == wanted, tree
        assert answer.json()["total"] == {"count": len(wanted), "exact": True}

    check()


def test_random_junk_is_refused_and_never_an_error(api: Api) -> None:
    rows(api.person)
    names = st.sampled_from([*Customer.kinds(), "id", "owner.name", "parent.owner", "x", "", "a.b.c.d.e", "companies.customer"])
    ops = st.sampled_from([*sorted({op for k in Customer.kinds().values() for op in k.ops}), "within", "like", ""])
    scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
    values = st.recursive(
        scalars, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=4), v, max_size=2), max_leaves=4
    )
    junk = st.builds(lambda f, o, v: {"field": f, "op": o, "value": v}, names, ops, values)

    @settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        tree=junk
        | st.builds(lambda k, v: {k: v}, st.sampled_from(["and", "or", "not"]), values | st.lists(junk, max_size=3))
        | values
    )
    def check(tree: Any) -> None:
        answer = api.get("customers", filter=tree if isinstance(tree, dict) else json.dumps(tree))
        assert answer.status_code in (200, 400, 422), (tree, answer.content.decode()[:200])

    check()


def test_every_operator_of_every_kind_refuses_values_it_cannot_compare_with(api: Api) -> None:
    each = {
        (type(kind), op): (model.spec.collection, name)
        for model in objects().values()
        for name, kind in model.kinds().items()
        for op in kind.ops
    }
    for (_, op), (collection, name) in each.items():
        for value in JUNK:
            answer = api.get(collection, filter={"field": name, "op": op, "value": value}, fields="id")
            assert answer.status_code in (200, 400, 422), (collection, name, op, value, answer.content.decode()[:200])


@pytest.mark.parametrize("model", [pytest.param(m, id=c) for c, m in objects().items()])
def test_every_operator_of_every_field_answers_and_divides_the_rows(model: Any, api: Api) -> None:
    """Each leaf and its `not` together find every record, and no record meets both."""
    for _ in range(3):
        make(model, actor=api.person)
    everything = model._base_manager.count()
    for name, kind in model.kinds().items():
        leaves = [leaf(name, op, operand(kind, op, api.person)) for op in kind.ops]
        either = {"and": [{"or": [one, {"not": one}]} for one in leaves]}
        both = {"or": [{"and": [one, {"not": one}]} for one in leaves]}
        assert [found(api, model, tree) for tree in (either, both)] == [everything, 0], name


def found(api: Api, model: Any, tree: dict[str, Any]) -> int:
    answer = api.get(model.spec.collection, filter=tree, limit=200, fields="id")
    assert answer.status_code == 200, (tree, answer.content.decode())
    return len({row["id"] for row in answer.json()["rows"]})


def operand(kind: Any, op: str, actor: Any) -> Any:
    """Something the operator can compare with."""
    from zhike.testing.kit import SAMPLES

    if op == "during":
        return "this_month"
    if op == "within":
        return "11" if kind.kind == "address" else actor.department_id or 1
    if kind.kind in ("ref", "person", "refs"):
        one: Any = actor.pk
    elif getattr(kind, "options", None):
        one = next(value for value in kind.options if value)
    else:
        one = {"number": "K", "address": "路", "tags": "重点"}.get(kind.kind, SAMPLES.get(kind.kind))
        one = max(one, kind.least) if kind.kind == "integer" else one
    if op == "between":
        return [one, one]
    return [one] if op in ("in", "not_in", "has_any", "has_all", "has_none") and not isinstance(kind, Refs | list) else one


@pytest.mark.parametrize(
    ("today", "name", "first", "last"),
    [
        (date(2026, 11, 23), "last_month_to_date", date(2026, 10, 1), date(2026, 10, 23)),
        (date(2026, 3, 31), "last_month_to_date", date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 11, 23), "last_quarter_to_date", date(2026, 7, 1), date(2026, 8, 23)),
        (date(2026, 3, 1), "last_year_to_date", date(2025, 1, 1), date(2025, 3, 1)),
    ],
)
def test_what_has_just_begun_is_compared_with_as_many_days_of_the_last(today: date, name: str, first: date, last: date) -> None:
    from zhike.kernel.query.relative import period

    assert period(name, today) == (first, last)
    with pytest.raises(ValueError, match="不认识的时间段"):
        period(name.replace("last", "next"), today)


def test_relative_days_follow_the_calendar_of_the_company() -> None:
    from zhike.kernel.query.relative import period

    @settings(max_examples=400)
    @given(
        today=st.dates(date(1950, 1, 1), date(2150, 12, 31)),
        shift=st.sampled_from([-1, 0, 1]),
        unit=st.sampled_from(["week", "month", "quarter", "year"]),
    )
    def check(today: date, shift: int, unit: str) -> None:
        word = {-1: "last", 0: "this", 1: "next"}[shift]
        first, last = period(f"{word}_{unit}", today)
        assert unit_of(first, unit) == unit_of(last, unit)
        assert unit_of(first - timedelta(1), unit) != unit_of(first, unit) != unit_of(last + timedelta(1), unit)
        between = {-1: first - timedelta(0), 0: today, 1: first}[shift]
        assert first <= between <= last
        neighbour = {-1: last + timedelta(1), 0: today, 1: first - timedelta(1)}[shift]
        assert unit_of(neighbour, unit) == unit_of(today, unit)

    check()
