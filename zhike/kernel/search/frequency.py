"""How frequent a word is, from what PostgreSQL has sampled of each search column; kept by the process, refreshed now and then.

Nothing is wrong when a figure is old or missing: it only decides on the way by which the same records are found.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.db import connection

from zhike.kernel.search import grams

RARE, RARE_SHARE = 10_000, 1 / 200
UNSEEN = 1 / 1_000  # a piece that was not even noted in a whole sample
KEPT_SECONDS = 600.0
_SAMPLED = """
    SELECT greatest(c.reltuples, 0), s.most_common_elems::text::text[], s.most_common_elem_freqs
    FROM pg_class c
    LEFT JOIN pg_stats s ON (s.schemaname, s.tablename, s.attname) = (c.relnamespace::regnamespace::text, c.relname, 'search')
    WHERE c.oid = %s::regclass
"""


@dataclass(frozen=True)
class Sample:
    """What was sampled of one object: how many rows, the share of each frequent piece, the share of any other at most."""

    taken_at: float
    rows: float
    shares: dict[str, float]
    other: float

    def share(self, piece: str) -> float:
        if len(piece) > 1 and piece in self.shares:
            return self.shares[piece]
        return self.other + sum(share for known, share in self.shares.items() if known.startswith(piece))


_samples: dict[Any, Sample] = {}


def rare(model: Any, words: str) -> bool:
    """Whether so few records hold the words that naming them all is the quickest way to begin."""
    sample = _samples.get(model)
    if sample is None or time.monotonic() - sample.taken_at > KEPT_SECONDS:
        sample = _samples[model] = _sample(model)
    expected = sample.rows * min((sample.share(piece) for piece in grams.lexemes(words)), default=0.0)
    return expected <= max(RARE, sample.rows * RARE_SHARE)


def _sample(model: Any) -> Sample:
    with connection.cursor() as cursor:
        cursor.execute(_SAMPLED, [f'"{model._meta.db_table}"'])
        rows, pieces, freqs = cursor.fetchone()
    # Behind the shares stand the smallest and the largest of them.
    shares = dict(zip(pieces or (), freqs or (), strict=False))
    return Sample(time.monotonic(), rows, shares, min(UNSEEN, *shares.values()) if shares else 0.0)
