"""仪表盘: a few numbers and charts on one page, declared as data; every number opens the records behind it."""

from zhike.features.dashboards.dashboards import Card, Dashboard, dashboards, offer

__all__ = ["Card", "Dashboard", "dashboards", "offer"]
