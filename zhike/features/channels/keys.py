"""通道的地址与密钥: what opens a channel. It lies in a table of its own, which no screen, answer, history or log ever shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db import models


class Key(models.Model):
    """Where a channel leads and what its messages are signed with. Of a robot the address itself is a secret."""

    channel: Any = models.OneToOneField("channels.Channel", models.CASCADE, primary_key=True, related_name="+")
    url = models.TextField()
    secret = models.TextField(blank=True)

    class Meta:
        db_table = "channels_key"
        default_permissions = ()


def keep(channel: Any, url: str, secret: str) -> None:
    """From now on the channel leads there."""
    Key.objects.update_or_create(channel_id=channel.pk, defaults={"url": url, "secret": secret})


def key_of(channel: int) -> Key | None:
    found: Key | None = Key.objects.filter(channel_id=channel).first()
    return found


def host(url: str) -> str:
    """As much of an address as anybody may see: the machine, without path and question, where the keys of robots stand."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
