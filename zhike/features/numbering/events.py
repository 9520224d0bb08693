"""A new pattern is in force with the next record."""

from zhike.features.numbering.objects.number_pattern import NumberPattern
from zhike.kernel.added import forget
from zhike.kernel.events import Written, on_written


@on_written
def decided(event: Written) -> None:
    if event.model is NumberPattern:
        forget()
