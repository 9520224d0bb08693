"""Administrative divisions (行政区划): province, city and county by code. 51 is 四川省, 5101 its 成都市, 510104 锦江区 in that.

A code begins with the code of what it lies in. A name is not a key: there are four 鼓楼区.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from zhike.chinese.simplified import simplify

# Levels that stand in the codes but in no address
UNSPOKEN = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
PROVINCE, COUNTY = 2, 6
# Whoever writes 朝阳 mostly means the district of Beijing and not the city in Liaoning; so ask
BETTER_KNOWN_ELSEWHERE = frozenset({"朝阳"})
CANDIDATES_NAMED = 6

_PEOPLES = (
    "维吾尔|哈萨克|柯尔克孜|蒙古|朝鲜|土家|布依|哈尼|景颇|傈僳|纳西|拉祜|布朗|普米|保安|东乡|撒拉|裕固|仫佬|毛南|仡佬|达斡尔|鄂伦春|鄂温克|"
    "塔吉克|锡伯|各|回|藏|羌|苗|彝|侗|壮|傣|白|黎|瑶|畲|水|佤|怒|独龙|土|满"
)
_OFFICE = re.compile(
    rf"(?<=..)(?:(?:{_PEOPLES})族?)*自治[区州县旗]$|(?:(?:{_PEOPLES})族)+区$|特别行政区$|省$|市$|地区$|盟$|新区$|林区$|矿区$|区$|县$|旗$|镇$|乡$",
)
_COUNTRY = re.compile(r"(?:中国|中华人民共和国)?\s*(?:[0-9]{6}(?![0-9]))?\s*")
_GAP = re.compile(r"[\s,，、/·>-]*")
_STREET = re.compile(r"[东西南北中一二三四五]{0,2}(?:大?[路街道]|巷|弄)")

Branch = tuple[str, str, list["Branch"]]


class Spelling(NamedTuple):
    """One way to write a division, in full (锦江区) or short (锦江)."""

    text: str
    code: str
    short: bool


@cache
def _names() -> dict[str, str]:
    words = files("zhike.chinese").joinpath("data/divisions.txt").read_text("utf-8").split()
    return dict(zip(words[::2], words[1::2], strict=True))


def known(code: str) -> bool:
    """Tell whether a code is that of a division."""
    return code in _names()


def label(code: str) -> str:
    """Return the name of a division with what it lies in: 四川省成都市锦江区."""
    if not known(code):
        raise ValueError(f"没有代码为“{code[:20]}”的行政区划")
    names = [_names()[code[:length]] for length in range(PROVINCE, len(code) + 1, 2)]
    return "".join(dict.fromkeys(name for name in names if name not in UNSPOKEN))


@cache
def tree() -> list[Branch]:
    """Return every province with its cities and their counties, as (code, name, parts)."""
    branches: dict[str, Branch] = {"": ("", "", [])}
    for code, name in sorted(_names().items()):
        branches[code] = (code, name, [])
        branches[code[:-2]][2].append(branches[code])
    return branches[""][2]


@cache
def _spellings() -> dict[str, list[Spelling]]:
    """Return all spellings by their first two characters."""
    found: dict[str, list[Spelling]] = {}
    for code, name in _names().items():
        for spelling in _spellings_of(simplify(name), code) if name not in UNSPOKEN else ():
            found.setdefault(spelling.text[:2], []).append(spelling)
    return found


def _spellings_of(name: str, code: str) -> Iterator[Spelling]:
    """Yield 凉山彝族自治州, 凉山州 and 凉山."""
    yield Spelling(name, code, False)
    short = _OFFICE.sub("", name)
    if len(short) > 1 and short != name:
        yield Spelling(short, code, True)
        if name.endswith("自治州"):
            yield Spelling(f"{short}州", code, False)


def find(text: str) -> tuple[str, str] | None:
    """Find the division an address begins with, and the rest of the address; None if it begins with none.

    Levels may be left out (成都市锦江区春熙路) as long as one place is meant; else the places it could be are named.
    """
    written = text.strip()
    comparable = simplify(unicodedata.normalize("NFC", written))
    if len(comparable) != len(written):
        written = comparable
    country = _COUNTRY.match(comparable)
    start = country.end() if country else 0
    places = [place for first in _written_at(comparable, start, "") for place in _within(comparable, *first)]
    if not places:
        return None
    end = max(end for end, _ in places)
    code = _the_one({code for place_end, code in places if place_end == end}, comparable[start:end])
    return code, _GAP.sub("", written[end:], count=1)


def _written_at(text: str, at: int, inside: str) -> Iterator[tuple[int, str]]:
    """Yield the end and code of each division inside another that is written at a place of the text."""
    for spelling in _spellings().get(text[at : at + 2], ()):
        if spelling.code.startswith(inside) and spelling.code != inside and text.startswith(spelling.text, at):
            end = at + len(spelling.text)
            if not spelling.short or _short_is_meant(spelling, text[end:]):
                yield end, spelling.code


def _short_is_meant(spelling: Spelling, rest: str) -> bool:
    """Tell a short name from the beginning of another word: 上海路 is a street, 东方红 no county."""
    if _STREET.match(rest):
        return False
    return len(spelling.code) < COUNTY or not rest or not rest[0].isalnum()


def _within(text: str, end: int, code: str) -> Iterator[tuple[int, str]]:
    """Yield a division and every narrower one written after it."""
    yield end, code
    gap = _GAP.match(text, end)
    after = gap.end() if gap else end
    if text.startswith("市辖区", after):
        after += len("市辖区")
    for narrower in _written_at(text, after, code):
        yield from _within(text, *narrower)


def _the_one(codes: set[str], name: str) -> str:
    """Choose the division meant: the wider of two that lie in each other, a city before a county elsewhere; refuse to guess."""
    apart = [code for code in sorted(codes) if not any(code.startswith(other) and code != other for other in codes)]
    level = min(map(len, apart))
    widest = [code for code in apart if len(code) == level]
    if len(widest) == 1 and (len(apart) == 1 or name not in BETTER_KNOWN_ELSEWHERE):
        return widest[0]
    several = "、".join(label(code) for code in apart[:CANDIDATES_NAMED])
    more = f"等 {len(apart)} 处" if len(apart) > CANDIDATES_NAMED else ""
    raise ValueError(f"“{name}”不止一处，请写明所属省市：{several}{more}")


def provinces() -> list[str]:
    """Return the codes of all provinces."""
    return [code for code in _names() if len(code) == PROVINCE]
