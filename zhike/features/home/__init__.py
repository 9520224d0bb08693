"""工作台: the first screen of the day, from cards the domains declare."""

from zhike.features.home.cards import HomeCard, Line, Standing, offer

__all__ = ["HomeCard", "Line", "Standing", "offer"]
