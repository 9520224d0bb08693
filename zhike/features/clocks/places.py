"""列表中的位置: the moment, what runs out and the id by which a page of what runs out goes on where the last one ended."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db.models import Q

from zhike.kernel.errors import Invalid


class Place(NamedTuple):
    """Where something stands: clocks (no source) come before the days of records that end at the same moment."""

    at: datetime
    source: str
    pk: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}|{self.source}|{self.pk}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """As an answer has told it. Raises Invalid."""
        if not text:
            return None
        try:
            at, source, pk = text.split("|")
            moment, number = datetime.fromisoformat(at), int(pk)
        except ValueError:
            raise Invalid.of({"after": "应为上一页给出的 next"}) from None
        if moment.tzinfo is None or abs(number) >= 2**63:
            raise Invalid.of({"after": "应为上一页给出的 next"})
        return cls(moment, source, number)

    def beyond(self, field: str, source: str, value: date | datetime | None = None) -> Q:
        """The rows of a source that come after it; `value` is its moment as that source keeps it."""
        at = self.at if value is None else value
        later = Q(**{f"{field}__gt": at})
        if source < self.source:
            return later
        return Q(**{f"{field}__gte": at}) if source > self.source else later | Q(**{field: at, "pk__gt": self.pk})
