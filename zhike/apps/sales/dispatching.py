"""分单: who gets a lead. Plain reckoning with exact fractions; no records, no time.

score = weight × priority × merit ÷ (1 + leads in hand); the highest has it, of equals whoever has waited longest.
merit = (taken + 1) ÷ (answered + 1) × (1 + converted ÷ (taken + 1)): who is new begins with 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction


@dataclass
class Tally:
    """What somebody has in hand, and how she has done of late.

    Arguments:
        answered: offers answered, by whatever; taken: those accepted; converted: those that became an opportunity.
        last: when she was given one for the last time.
        given: how many she has been given in the distribution at hand, later ones count as waiting less.
        scores: under each rule, as long as she is given nothing: of thousands of leads only one in hand changes at a time.
    """

    in_hand: int = 0
    answered: int = 0
    taken: int = 0
    converted: int = 0
    last: datetime | None = None
    given: int = 0
    scores: dict[int, Fraction] = field(default_factory=dict)

    @property
    def merit(self) -> Fraction:
        return Fraction(self.taken + 1, self.answered + 1) * (1 + Fraction(self.converted, self.taken + 1))

    def give(self) -> None:
        """One more in hand."""
        self.in_hand += 1
        self.given += 1
        self.scores.clear()


@dataclass(frozen=True)
class Seat:
    """Somebody who takes leads under a rule."""

    person: int
    weight: Fraction = Fraction(1)
    ceiling: int | None = None
    priority: Fraction = Fraction(1)


@dataclass(frozen=True)
class Rule:
    """One rule.

    Arguments:
        regions: codes of divisions; a lead within any of them fits. Empty, any lead does; the same for the others.
    """

    pk: int
    seats: tuple[Seat, ...]
    regions: tuple[str, ...] = ()
    industries: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    by_load: bool = True
    by_merit: bool = True

    def fits(self, region: str, industry: str, source: str) -> bool:
        return (
            (not self.regions or any(region.startswith(code) for code in self.regions))
            and (not self.industries or industry in self.industries)
            and (not self.sources or source in self.sources)
        )

    def score(self, seat: Seat, tally: Tally) -> Fraction:
        if self.pk not in tally.scores:
            merit = tally.merit if self.by_merit else Fraction(1)
            tally.scores[self.pk] = seat.weight * seat.priority * merit / ((1 + tally.in_hand) if self.by_load else 1)
        return tally.scores[self.pk]


@dataclass(frozen=True)
class Choice:
    """Whom a rule has found, and why."""

    rule: Rule
    seat: Seat
    score: Fraction
    why: str


def choose(rules: Iterable[Rule], tallies: dict[int, Tally], passed: Collection[int]) -> Choice | None:
    """The first rule with somebody free decides; `passed` have had the lead already. Whoever is found has one more in hand."""
    for rule in rules:
        free = [s for s in rule.seats if s.person not in passed and _has_room(s, tallies.setdefault(s.person, Tally()))]
        if free:
            seat = max(free, key=lambda s: (rule.score(s, tallies[s.person]), _waited(tallies[s.person]), -s.person))
            found = Choice(rule, seat, rule.score(seat, tallies[seat.person]), _why(rule, seat, free, tallies))
            tallies[seat.person].give()
            return found
    return None


def _has_room(seat: Seat, tally: Tally) -> bool:
    return seat.ceiling is None or tally.in_hand < seat.ceiling


def _waited(tally: Tally) -> tuple[int, float]:
    return -tally.given, -tally.last.timestamp() if tally.last else 0.0


def _why(rule: Rule, seat: Seat, free: list[Seat], tallies: dict[int, Tally]) -> str:
    """为何是她, as one would say it: among whom she came first, and by what."""
    scores = [rule.score(each, tallies[each.person]) for each in free]
    score = rule.score(seat, tallies[seat.person])
    return f"{_standing(score, scores)}：{'，'.join(_merits(rule, seat, tallies[seat.person]))}（得分 {float(score):.2f}）"


def _standing(score: Fraction, scores: list[Fraction]) -> str:
    if len(scores) == 1:
        return "只有这一位可以接单"
    equal = scores.count(score) - 1
    return f"{len(scores)} 位可以接单的人中" + (f"与另外 {equal} 位得分相同，等得最久" if equal else "得分最高")


def _merits(rule: Rule, seat: Seat, tally: Tally) -> list[str]:
    """What raised or lowered her score; what is as with everybody else is left out."""
    said = [f"手上有 {tally.in_hand} 条未处理的线索" if tally.in_hand else "手上没有未处理的线索"] if rule.by_load else []
    said += [f"近来接单与转化 {float(tally.merit):.2f}（新人为 1）"] if rule.by_merit else []
    said += [f"优先资格 ×{float(seat.priority):g}"] if seat.priority != 1 else []
    return [*said, *([f"权重 ×{float(seat.weight):g}"] if seat.weight != 1 else [])] or ["轮流接单"]
