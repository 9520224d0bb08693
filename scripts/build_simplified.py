"""Write zhike/chinese/data/simplified.txt: each traditional character and its simplified one (繁简对照).

Origin: OpenCC (Apache-2.0), its t2s conversion asked for single characters.
Run with `uv run --with opencc python scripts/build_simplified.py`.
One character becomes one character, whatever stands beside it, so that a part of a name is folded as the whole name is.
"""

from pathlib import Path

from opencc import OpenCC

TARGET = Path(__file__).parent.parent / "zhike/chinese/data/simplified.txt"
IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))


def pairs() -> list[str]:
    """Return `萬万` for every character that is written otherwise in simplified Chinese."""
    once = OpenCC("t2s").convert

    def convert(character: str) -> str:
        return once(once(character))

    every = (chr(code) for block in IDEOGRAPHS for code in block)
    both = ((character, convert(character)) for character in every)
    return [old + new for old, new in both if old != new and len(new) == 1]


if __name__ == "__main__":
    found = pairs()
    lines = [" ".join(found[start : start + 40]) for start in range(0, len(found), 40)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
