"""What every test may ask for."""

from zhike.testing.team import founded_pack, founded_team, ready_made, team

__all__ = ["founded_pack", "founded_team", "ready_made", "team"]
