"""What every test may ask for."""

from zhike.testing.team import founded_team, team

__all__ = ["founded_team", "team"]
