"""催收步骤: what is done so many days after a payment fell due, as data an administrator changes (V-57)."""

from typing import Any

from zhike.kernel.declare import Record, Spec, f
from zhike.org.scopes import everyone

CHANNELS = {"phone": "电话", "mail": "邮件", "letter": "催款函", "visit": "上门", "legal": "律师函", "other": "其他"}


class DunningStep(Record):
    name: Any = f.Text("步骤", search=True, max_length=60)
    after_days = f.Integer("逾期天数", least=1, most=3650, help="到期后第几天起执行这一步", total="none")
    channel = f.Choice("方式", CHANNELS, default="phone")
    active = f.Boolean("启用", default=True)
    guidance = f.Text("要求", blank=True, max_length=200)

    spec = Spec(
        label="催收步骤",
        collection="dunning-steps",
        menu="制度",
        place=83,
        subtitle=("after_days", "channel"),
        columns=("name", "after_days", "channel", "active", "guidance"),
        filters=("channel", "active"),
        sections={"催收步骤": ("name", "after_days", "channel", "active", "guidance")},
        order="after_days",
        scope=everyone,
    )
