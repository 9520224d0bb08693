"""Ways in 登录方式记录: what changed about how an account is opened, when, by whom; told to its person and to whoever secures it.

What a key or a password is stands nowhere here, only that it came or went, and by which name.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from zhike.words.catalogue import word

MOST = 50
DEEDS = {
    "password_changed": "修改了密码",
    "app_set": "设置了验证器", "app_dropped": "停用了验证器", "codes_renewed": "换了恢复码",
    "passkey_added": "添加了通行密钥", "passkey_dropped": "删除了通行密钥", "two_step_forgotten": "两步验证被重置",
    "identity_linked": "关联了统一身份", "identity_found": "单点登录时按账号自动关联了统一身份",
    "identity_unlinked": "取消关联了统一身份",
    "token_made": "新建了令牌", "token_rotated": "更换了令牌", "token_revoked": "撤销了令牌", "tokens_revoked": "所有令牌被撤销",
}  # fmt: skip


class WayChange(models.Model):
    """One change; `by` is empty where the system did it for her (单点登录自动关联)."""

    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    deed = models.CharField(max_length=20)
    about = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "org_way_change"
        default_permissions = ()
        indexes = [models.Index(fields=["person", "-id"], name="org_way_change_of")]


def note(person: Any, deed: str, about: str = "", *, by: Any) -> None:
    """Write down a change together with the change itself."""
    WayChange.objects.create(person_id=person.pk, by_id=by and by.pk, deed=deed, about=about[:200])


def changes(person: Any) -> list[dict[str, Any]]:
    """The latest of them, newest first."""
    rows = WayChange.objects.filter(person_id=person.pk).select_related("by").order_by("-pk")[:MOST]
    return [
        {
            "id": one.pk, "at": one.at.isoformat(), "deed": word(DEEDS.get(one.deed, one.deed)), "about": one.about,
            "by": {"id": one.by.pk, "label": one.by.name} if one.by else None,
        }
        for one in rows
    ]  # fmt: skip
