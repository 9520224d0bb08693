"""What there is to choose, what holds until somebody chooses, and how each choice is checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zhike.kernel.kinds.text import storable

MOST_FAVOURITES, MOST_CARDS = 50, 40
LONGEST_ADDRESS, LONGEST_LABEL, LONGEST_NAME = 2000, 120, 60

Check = Callable[[Any], Any]


def one_of(*values: str) -> Check:
    """One of a few words."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            raise ValueError(f"应为 {'、'.join(values)} 之一")
        return value

    return check


def yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("应为 true 或 false")
    return value


def cards(value: Any) -> list[str]:
    """工作台卡片: names in the order they stand. A name nobody knows any more is simply not drawn."""
    if not isinstance(value, list) or len(value) > MOST_CARDS or not all(_is_text(one, LONGEST_NAME) for one in value):
        raise ValueError(f"应为一组卡片名称，最多 {MOST_CARDS} 个")
    return list(dict.fromkeys(value))


def favourites(value: Any) -> list[dict[str, str]]:
    """收藏: addresses inside the product with the words they are kept under, each address once."""
    if not isinstance(value, list) or len(value) > MOST_FAVOURITES:
        raise ValueError(f"应为一组收藏，最多 {MOST_FAVOURITES} 个")
    return list({one["to"]: one for one in map(_favourite, value)}.values())


def _favourite(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) != {"to", "label"}:
        raise ValueError("每个收藏应有 to 和 label")
    if not _is_text(value["to"], LONGEST_ADDRESS) or not _is_text(value["label"], LONGEST_LABEL):
        raise ValueError(f"收藏的地址最多 {LONGEST_ADDRESS} 字，名称最多 {LONGEST_LABEL} 字")
    # “//host” and “/\host” would lead out of the product.
    if not value["to"].startswith("/") or value["to"][1:2] in ("/", "\\"):
        raise ValueError("收藏的地址应以 / 开头")
    return {"to": value["to"], "label": value["label"]}


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= longest and storable(value) == value


CHECKS: dict[str, Check] = {
    "theme": one_of("light", "dark", "system"),
    "density": one_of("comfortable", "compact"),
    "language": one_of("zh-CN", "en"),
    "menu_folded": yes_or_no,
    "home": cards,
    "favourites": favourites,
}
LABELS = {
    "theme": "主题", "density": "密度", "language": "语言", "menu_folded": "收起菜单", "home": "工作台", "favourites": "收藏",
}  # fmt: skip
UNCHOSEN: dict[str, Any] = {
    "theme": "system", "density": "comfortable", "language": "zh-CN", "menu_folded": False, "home": None, "favourites": [],
}  # fmt: skip
