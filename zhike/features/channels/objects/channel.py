"""外部通道: where messages leave the house – the webhook of another system, or the robot of a group chat."""

from __future__ import annotations

from typing import Any

from zhike.features.channels.keys import host, keep
from zhike.features.channels.robots import FEWEST_SIGNS, SORTS, WEBHOOK, WECOM
from zhike.kernel.declare import Input, Invalid, Record, Refused, Spec, action, f, related
from zhike.org.scopes import everyone


class Address(Input):
    """What opens the channel; it is kept and never shown again."""

    url = f.Url("地址", max_length=1000, secret=True, help="机器人的 Webhook 地址，或接收系统的地址；保存后不再显示")
    secret = f.Text(
        "签名密钥", blank=True, max_length=200, secret=True, help="钉钉、飞书的“加签”密钥；Webhook 至少 16 个字；企业微信不用填"
    )


class Channel(Record):
    name = f.Text("名称", max_length=60, search=True)
    sort = f.Choice("类型", SORTS, default=WEBHOOK, fixed="每种类型都有自己的签名方式")
    host = f.Text("发往", blank=True, editable=False, help="只显示主机；完整地址和密钥不显示")
    signed = f.Boolean("已设密钥", editable=False)
    is_active = f.Boolean("启用", default=True)
    description = f.Text("说明", blank=True, max_length=200)

    spec = Spec(
        label="外部通道",
        collection="channels",
        subtitle=("sort", "host"),
        columns=("name", "sort", "host", "signed", "is_active", "updated_at"),
        filters=("name", "sort", "is_active"),
        sections={"外部通道": ("name", "sort", "host", "signed", "is_active", "description")},
        order="name",
        scope=everyone,
        related=(related("channels.Delivery", "channel", "发送记录"),),
    )

    @action("设置地址与密钥", input=Address, bulk=False)
    def connect(self, actor: Any, data: Address) -> None:
        """Say where it leads. A webhook without a key would believe anybody."""
        if self.sort == WEBHOOK and len(data.secret) < FEWEST_SIGNS:
            raise Invalid.of({"secret": f"至少 {FEWEST_SIGNS} 个字，接收方用它核对签名"}, {"secret": "签名密钥"})
        if self.sort == WECOM and data.secret:
            raise Invalid.of({"secret": "企业微信机器人不加签，密钥就在地址里"}, {"secret": "签名密钥"})
        keep(self, data.url, data.secret)
        self.host, self.signed = host(data.url), bool(data.secret)

    @action("发送测试消息", bulk=False)
    def try_out(self, actor: Any) -> Any:
        """Whether it arrives is seen among what was sent."""
        from zhike.features.channels.posting import Message, post

        if not self.host:
            raise Refused("请先设置地址与密钥")
        sent = post([self.pk], [Message(event="test", text="这是知客发出的测试消息，收到即说明通道是通的。")])[0]
        return {"made": [{"collection": "deliveries", "id": sent.pk, "label": sent.name}]}
