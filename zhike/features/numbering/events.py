"""A new pattern is in force with the next record."""

from zhike.features.numbering.objects.number_pattern import NumberPattern
from zhike.kernel.added import forget
from zhike.kernel.events import Changed, ChangedMany, on


@on(Changed)
def decided(event: Changed) -> None:
    if isinstance(event.record, NumberPattern):
        forget()


@on(ChangedMany)
def decided_many(event: ChangedMany) -> None:
    if event.model is NumberPattern:
        forget()
