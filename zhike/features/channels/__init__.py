"""Channels 外部通道: webhooks of other systems and robots of group chats, told what happens here."""
