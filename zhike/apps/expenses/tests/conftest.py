from zhike.testing.team import team

__all__ = ["team"]
