"""工作台卡片 of registration: what waits for a decision."""

from zhike.features.home import HomeCard, offer
from zhike.features.home.cards import ABOVE_OTHERS

offer(
    HomeCard(
        name="arbitrations_open", label="待裁决的撞单", type="list", collection="arbitrations", order="tried_at", limit=7,
        filter={"and": [{"field": "owner", "op": "eq", "value": "me"}, {"field": "state", "op": "eq", "value": "open"}]},
        fields=("holder", "claimant", "tried_at"), place=14, todo=True, offered=ABOVE_OTHERS, hint="由您裁决、还没有结果的仲裁",
    ),
)  # fmt: skip
