"""Traditional characters (繁体) as simplified ones (简体), so that 華爲 and 华为 are one name."""

from functools import cache
from importlib.resources import files


@cache
def table() -> dict[int, str]:
    """Return the simplified character of each traditional one, by code point."""
    pairs = files("zhike.chinese").joinpath("data/simplified.txt").read_text("utf-8").split()
    return {ord(pair[0]): pair[1] for pair in pairs}


def simplify(text: str) -> str:
    """Write a text in simplified characters, one for one: `漢字` becomes `汉字`.

    Each character is taken alone, without regard to the word (乾隆 too becomes 干隆): right for comparing, not for display.
    """
    return text if text.isascii() else text.translate(table())
