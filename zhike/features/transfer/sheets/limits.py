"""How large a file may be (上限), so that no upload can take the server down."""

import csv
from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """上限: the defaults hold for people; tests use small ones to reach them quickly."""

    bytes: int = 512 * MIB
    rows: int = 1_000_000
    columns: int = 500
    cell: int = csv.field_size_limit()
    line: int = 4 * MIB
    unpacked: int = 2048 * MIB
    entries: int = 10_000
    # A real sheet packs 10 to 30 times; zeros pack about 1,000 times. Small entries may pack better than real ones.
    ratio: int = 250
    ratio_matters_from: int = 32 * MIB
    memory: int = 4096 * MIB
    seconds: int = 600


LIMITS = Limits()
