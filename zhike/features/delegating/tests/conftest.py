"""Stories of the team."""

from zhike.testing.team import team

__all__ = ["team"]
