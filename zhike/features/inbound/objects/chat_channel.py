"""在线咨询渠道: a chat on a website or in an app, told to us by a program with a key that opens this and nothing else (V-22)."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.db import models
from django.utils import timezone

from zhike.features.inbound.objects.web_form import OpenedObject
from zhike.kernel.declare import Record, Spec, action, f
from zhike.org.scopes import everyone

PREFIX = "zkc_"


class ChatChannel(Record):
    name = f.Text("名称", max_length=60, search=True)
    collection = OpenedObject("生成", max_length=60, fixed="由程序提供")
    receiver_id: int
    receiver: Any = f.Person("接收人", help="新会话的记录归她所有")
    active = f.Boolean("启用", default=True)
    renewed_at = f.DateTime("密钥生成时间", blank=True, editable=False)
    # No field, so that nothing shows, exports or searches it: of the key only a digest is kept.
    digest = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)

    spec = Spec(
        label="在线咨询渠道",
        collection="chat-channels",
        columns=("name", "receiver", "active", "renewed_at"),
        filters=("name", "active", "receiver"),
        sections={"渠道": ("name", "collection", "receiver", "active", "renewed_at")},
        scope=everyone,
    )

    @action("生成密钥", bulk=False, danger=True)
    def renew(self, actor: Any) -> dict[str, str]:
        """A new key, shown once; the one before is dead."""
        secret = PREFIX + secrets.token_urlsafe(32)
        self.digest, self.renewed_at = digest_of(secret), timezone.now()
        return {"secret": secret}


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
