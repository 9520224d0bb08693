"""演示公司没顾上的客户: who has not been called for long, who has gone to the public pool, and who came back from it."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random

from zhike.packs.company import words
from zhike.packs.company.cast import Cast, Row

Story = Generator[tuple[str, list[Row]], list[int], None]
POOLED, QUIET, FRESH, CLAIMED = "pooled", "quiet", "fresh", "claimed"
MANY = {POOLED: 13, QUIET: 22, FRESH: 8, CLAIMED: 7}
SHOWN = (POOLED, QUIET, QUIET, QUIET, FRESH, CLAIMED)
OVERLOADED, BEYOND = "yangfan", 8
"""How many of all, of those whom she has whom the demo shows, and of a colleague who has too many to look after."""
PATIENT = ("a", "b")
"""Levels whose customers are kept for 90 days; the others go after 60."""
SILENT_FOR = {POOLED: (96, 125), QUIET: (31, 88), FRESH: (0, 1)}
LATE_REASONS = ("客户节后才提供工商资料", "")


def set_aside(cast: Cast, rows: list[Row]) -> None:
    """Which customers nobody does business with at the moment, chosen with dice of its own."""
    lots = Random(20260303)
    free = rows[:-10]
    hers, busy = (_of(cast, who, free)[-many:] for who, many in (("wangsales", len(SHOWN)), (OVERLOADED, BEYOND)))
    what = [what for what, many in MANY.items() for _ in range(many)]
    others = lots.sample([row for row in free if row not in (*hers, *busy)], len(what))
    for row, why in zip([*hers, *busy, *others], [*SHOWN, *[QUIET] * BEYOND, *what], strict=True):
        cast.aside[id(row)] = why
        if why in SILENT_FOR:
            cast.silent[id(row)] = lots.randint(*SILENT_FOR[why])
        _prepare(cast, row, why, lots)


def _of(cast: Cast, who: str, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["owner"] == cast.people[who][0]]


def _prepare(cast: Cast, row: Row, what: str, lots: Random) -> None:
    if what == QUIET and cast.silent[id(row)] > 58:
        row["level"] = lots.choice(PATIENT)
    if what == QUIET and row["owner"] == cast.people["wangsales"][0]:
        row["lifecycle"] = "prospect"
    if what == FRESH:
        entered = cast.now - timedelta(days=lots.randint(1, 6), hours=lots.randint(1, 7))
        row |= dict.fromkeys(("created_at", "updated_at", "registered_at"), entered)
        row |= {"registration": "pending", "first_contact_on": entered.date(), "lifecycle": "lead"}
        row["late_reason"] = lots.choice(LATE_REASONS)
    if what == CLAIMED:
        since = (cast.now - timedelta(days=lots.randint(25, 150))).replace(
            hour=lots.randint(1, 9), minute=lots.choice((5, 20, 45))
        )
        row |= {"held_since": since, "created_at": min(row["created_at"], since - timedelta(120))}
        row["registered_at"] = row["created_at"]


def limits(cast: Cast) -> list[Row]:
    """跟踪时限 that have been in force for a year: the better a customer, the longer it may be kept."""
    kept = {"first_after": 30, "last_after": 60, "unit": "day", "starts_on": (cast.now - timedelta(365)).date()}
    office = cast.of("xusm")
    better = [{"name": f"{level.upper()} 级客户", "level": level, "release_after": 90} for level in PATIENT]
    return [office | kept | row for row in ({"name": "通用（试行）", "release_after": 60}, *better)]


def pool_history(cast: Cast) -> list[Row]:
    """公共客户 of earlier months: released by one colleague and claimed by another; one release was taken back."""
    rows = [row for row in cast.customer_rows if cast.aside.get(id(row)) == CLAIMED]
    told = [_claimed(cast, row, "claimed") for row in rows]
    told[-1] |= {"state": "undone", "claimed_by": None, "last_owner": rows[-1]["owner"], "note": "客户正在招标，主管撤销释放"}
    return told


def _claimed(cast: Cast, row: Row, state: str) -> Row:
    settled: datetime = row["held_since"]
    city = next(c for c in words.CITIES if row["name"].startswith(c))
    before = next((p for p in map(cast.people.get, words.CITIES[city][2]) if p and p[0] != row["owner"]), None)
    released = (settled - timedelta(days=9)).replace(hour=16, minute=30, second=0, microsecond=0)
    return cast.like(row, released) | {
        "customer": cast.id_of(row), "name": row["name"], "industry": row["industry"], "level": row["level"],
        "last_owner": before[0] if before else None, "released_at": released, "days": 61 if row["level"] not in
        PATIENT else 91, "state": state, "claimed_by": row["owner"], "settled_at": settled,
    }  # fmt: skip
