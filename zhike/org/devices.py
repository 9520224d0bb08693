"""设备: what a browser says it is, in two words somebody recognises."""

from __future__ import annotations

# Each also names those it descends from, so the youngest come first.
BROWSERS = {
    "MicroMessenger": "微信", "DingTalk": "钉钉", "Lark": "飞书", "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox",
    "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "HarmonyOS": "HarmonyOS", "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac",
    "Linux": "Linux",
}  # fmt: skip


def device(agent: str) -> str:
    """“Edge · Windows”; what is unknown is told as it says itself."""
    named = [next((name for mark, name in known.items() if mark in agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, named)) or agent.replace("\x00", "")[:80]
