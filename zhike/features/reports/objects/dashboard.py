"""仪表盘: reports on a grid, arranged by whoever keeps it."""

from __future__ import annotations

from zhike.features.reports.cards import read_cards
from zhike.kernel.declare import Record, Spec, f
from zhike.org.openness import OPENNESS, opened
from zhike.org.scopes import by_owner


class SavedDashboard(Record):
    """A page of cards with one period and one department for all of them."""

    name = f.Text("名称", max_length=60, search=True)
    cards = f.LongText("卡片", blank=True, help="由仪表盘页面写成")
    share = f.Choice("共享", OPENNESS, default="private")
    description = f.Text("说明", blank=True, max_length=200)

    spec = Spec(
        label="仪表盘",
        collection="dashboards",
        columns=("name", "share", "description", "owner", "updated_at"),
        filters=("name", "share", "owner"),
        sections={"仪表盘": ("name", "share", "description", "cards")},
        scope=by_owner,
        readable=opened,
    )

    def validate(self) -> None:
        read_cards(self.cards)
