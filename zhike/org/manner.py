"""Manner 门的性质: who may stand at an address beside those whom roles and scopes let in. Each address says it of itself."""

from enum import Enum


class Manner(Enum):
    """What is asked at a door beyond what the gate asks of records."""

    COMMON = "common"
    """Whatever roles, delegation and token let one do."""
    NEUTRAL = "neutral"
    """Shows records only through the gate: also for a token that is kept to some collections."""
    OWN = "own"
    """Whoever acts for another may look, and the person alone changes it (taste, notices, agreeing)."""
    PRIVATE = "private"
    """The person's alone, to look at as well (导入)."""
    KEYS = "keys"
    """Ways in that are looked after by oneself: nobody acts here for another, and no program."""
    ENTRY = "entry"
    """The same, open before the second step and before a password of one's own: it is where these are set up."""
    ACTING = "acting"
    """Beginning and ending to act for somebody: by whoever sits there."""

    @property
    def signing_in(self) -> bool:
        """Whether it stands open before all has been proven."""
        return self in (Manner.ENTRY, Manner.ACTING)

    @property
    def for_programs(self) -> bool:
        return self not in (Manner.KEYS, Manner.ENTRY, Manner.ACTING)

    def by_oneself(self, *, reading: bool) -> bool:
        """Whether nobody does this for another."""
        return self is Manner.PRIVATE or (not reading and self in (Manner.OWN, Manner.KEYS, Manner.ENTRY))
