"""The team of the stories."""

from zhike.testing.team import team

__all__ = ["team"]
