"""演示公司的阶段历程: through which stages each deal went before it came to stand where it stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from zhike.packs.company.cast import Cast, Row

STAGES = ("prospecting", "engaging", "proposal", "negotiating")
RATES = {"prospecting": 10, "engaging": 30, "proposal": 50, "negotiating": 75, "won": 100}
COMMITTED = {"negotiating": ("commit", "commit", "best"), "proposal": ("best", "best", "open")}


def commitment(cast: Cast, stage: str) -> str:
    """What the owner stands for; who is near the signature promises more."""
    return cast.dice.choice(COMMITTED.get(stage, ("open",)))


def stays(cast: Cast) -> list[Row]:
    """The stages that are behind each deal."""
    return [stay for deal in cast.deals for stay in _behind(cast, deal)]


def _behind(cast: Cast, deal: Row) -> list[Row]:
    """From the birth of the deal to where it stands or ended, each stage with its share of the time."""
    ended = deal["stage"] if deal["stage"] in ("won", "lost") else ""
    came = len(STAGES) if ended == "won" else cast.dice.randint(1, 4) if ended else STAGES.index(deal["stage"])
    moments = _moments(cast, deal["created_at"], max(deal["stage_since"], deal["created_at"]), came)
    return [_stay(cast, deal, place, moments, came, ended) for place in range(came)]


def _moments(cast: Cast, begun: datetime, over: datetime, count: int) -> list[datetime]:
    between = sorted(cast.dice.random() for _ in range(max(count - 1, 0)))
    return [begun, *(begun + (over - begun) * share for share in between), over]


def _stay(cast: Cast, deal: Row, place: int, moments: list[datetime], came: int, ended: str) -> Row:
    last = place == came - 1
    amount = sum(line["quantity"] * line["price"] for line in deal["products"])
    left, came_to = STAGES[place], ended if last and ended else STAGES[min(place + 1, len(STAGES) - 1)]
    gained = 0 if came_to == "lost" else RATES[came_to] - RATES[left]
    told: dict[str, Any] = {
        "opportunity": cast.id_of(deal), "stage": STAGES[place], "entered_at": moments[place], "left_at": moments[place + 1],
        "outcome": ended if last and ended else "forward", "ended": ended, "amount": amount,
        "advanced": round(amount * gained / 100, 2),
        "expected_on": _expected(cast, deal, ended), "commitment": commitment(cast, STAGES[place]),
    }  # fmt: skip
    return {n: deal[n] for n in ("owner", "department", "created_by")} | told | {"created_at": moments[place]}


def _expected(cast: Cast, deal: Row, ended: str) -> Any:
    """What was expected then: of those that were won most in the right month."""
    slip = cast.dice.choice((0, 0, 0, 0, -20, 25)) if ended else 0
    return deal["expected_on"] + timedelta(days=slip)
