"""Numbers as people write them (数字、金额、折扣): ￥1.2万, （1,234）, 3亿, 4.5折. What could mean two things is refused."""

import re
import unicodedata
from decimal import Decimal, localcontext

UNITS = {
    "百": 2,
    "千": 3,
    "k": 3,
    "万": 4,
    "w": 4,
    "十万": 5,
    "百万": 6,
    "m": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
LARGEST = Decimal(10) ** 20
MOST_PLACES = 20
LONGEST_NUMBER = 60
HUNDRED_MILLION, TEN_THOUSAND = Decimal(10) ** 8, Decimal(10) ** 4

_SIMPLE = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_CURRENCY = r"(?:人民币|美元|美金|港币|港元|欧元|日元|rmb|cny|usd|hkd|eur|us\$|hk\$|[¥$€£])"
_BEFORE = re.compile(rf"^{_CURRENCY}\s*", re.I)
_AFTER = re.compile(rf"\s*(?:{_CURRENCY}|[元圆块]整?)$", re.I)
_NUMBER = r"(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.[0-9]*)?(?:e[+-]?[0-9]{1,2})?|\.[0-9]+"
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_PIECE = re.compile(rf"({_NUMBER})\s*({_UNIT})?", re.I)
_RATIO_WORDS = {"无折扣": "1", "不打折": "1", "原价": "1", "全价": "1", "半价": "0.5", "对折": "0.5", "免费": "0"}
_RATIO_FORMS = "请写成 4.5折、45折、45% 或 0.45"
_CHINESE_DIGITS = str.maketrans("零〇一二两三四五六七八九点", "001223456789.")
_YES = frozenset(["是", "有", "对", "真", "已", "y", "yes", "true", "t", "1", "on", "√", "✓", "✔"])
_NO = frozenset(["否", "无", "没有", "不是", "非", "假", "错", "未", "n", "no", "false", "f", "0", "off", "×", "✗", "✘"])


def read_decimal(text: str) -> Decimal:
    """Read a number or an amount: ￥1.2万 is 12000, （1,234） is -1234, 1亿2000万 is 120000000."""
    if _SIMPLE.fullmatch(text):
        return Decimal(text) or Decimal(text.lstrip("-"))
    written = _tidy(text)
    if not written:
        raise ValueError("请填写数字")
    negative, bare = _sign(written)
    bare = _AFTER.sub("", _BEFORE.sub("", bare))
    if not negative:
        negative, bare = _sign(bare)
    value = _sum_of_pieces(bare)
    if value is None:
        raise ValueError(f"看不懂数字“{text.strip()[:30]}”：请写成 1234.50、1,234.50、1.2万 或 ￥1234 这样")
    if value >= LARGEST or _places(value) > MOST_PLACES:
        raise ValueError(f"数字“{text.strip()[:30]}”位数太多")
    return value.copy_negate() if negative and value else value


def _tidy(text: str) -> str:
    return re.sub(r"[−‐‑‒–—]", "-", unicodedata.normalize("NFKC", text)).strip().strip("\"'").strip()


def _sign(written: str) -> tuple[bool, str]:
    """Split off what makes a number negative: a minus, 负, or the brackets of accountants."""
    if written.startswith("(") and written.endswith(")"):
        return True, written[1:-1].strip()
    if written.startswith(("-", "负")):
        return True, written[1:].strip()
    return False, written.removeprefix("+").strip()


def _sum_of_pieces(written: str) -> Decimal | None:
    """Add up 1亿2000万: each unit smaller than the one before, at most the last piece without one."""
    total, at, last_power = Decimal(0), 0, 99
    while at < len(written) <= LONGEST_NUMBER:
        piece = _PIECE.match(written, at)
        power = UNITS[(piece[2] or "").lower()] if piece and piece[2] else 0
        if not piece or power >= last_power or (at and not power and not _fits_below(piece[1], last_power)):
            return None
        with localcontext(prec=2 * LONGEST_NUMBER):
            value = Decimal(re.sub("[, ]", "", piece[1]))
            total += _scaled(value, power) if power or "e" in piece[1].lower() else value
        at, last_power = piece.end(), power
    return total if at else None


def _fits_below(number: str, power: int) -> bool:
    """Tell whether a number may follow a unit: 3万5000 may; 3万5 could mean 35000 and may not."""
    return len(number.split(".")[0]) == power


def _scaled(value: Decimal, power: int) -> Decimal:
    """Multiply by a power of ten, exactly; written without exponent and without zeros at the end of the fraction."""
    with localcontext(prec=2 * LONGEST_NUMBER):
        return Decimal(f"{value.scaleb(power).normalize():f}")


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def read_integer(text: str) -> int:
    """Read a whole number: 1,234 or 3万."""
    value = read_decimal(text)
    if value != value.to_integral_value():
        raise ValueError(f"应为整数，“{text.strip()[:30]}”有小数")
    return int(value)


def read_ratio(text: str) -> Decimal:
    """Read a price ratio (折扣): 4.5折, 45折, 四五折, 45% and 0.45 are all 0.45 of the list price; 无折扣 is 1."""
    written = _tidy(text).replace(" ", "").removeprefix("打")
    ratio = _read_ratio(written)
    if ratio is None:
        raise ValueError(f"看不懂折扣“{text.strip()[:30]}”：{_RATIO_FORMS}" if written else f"请填写折扣：{_RATIO_FORMS}")
    if ratio < 0:
        raise ValueError(f"折扣不能为负：“{text.strip()[:30]}”")
    return ratio


def _read_ratio(written: str) -> Decimal | None:
    if written in _RATIO_WORDS:
        return Decimal(_RATIO_WORDS[written])
    if written.endswith("折"):
        return _read_zhe(written.removesuffix("折"))
    percent = written.endswith("%")
    try:
        value = read_decimal(written.removesuffix("%"))
    except ValueError:
        return None
    if percent:
        return _scaled(value, -2)
    return value if value <= 1 else None  # 45 could be 45% or, as 4.5 could, 4.5折


def _read_zhe(written: str) -> Decimal | None:
    """Read what stands before 折: one place is tenths (9折), two are hundredths (85折); 10折 is the full price."""
    digits = written.translate(_CHINESE_DIGITS).replace("十", "10")
    if not re.fullmatch(r"10|(?!10)[1-9][0-9]?(?:\.[0-9]{1,6})?", digits):
        return None
    value = Decimal(digits)
    return _scaled(value, -1 if value <= 10 else -2)


def show_ratio(ratio: Decimal) -> str:
    """Write a price ratio as people say it: 0.45 is 4.5折, 1 is 无折扣; what no one says in 折 is a percentage."""
    if ratio == 1:
        return "无折扣"
    if Decimal("0.1") <= ratio < 1:
        return f"{_scaled(ratio, 1):f}折"
    return f"{_scaled(ratio, 2):f}%"


def show_wan(amount: Decimal) -> str:
    """Write an amount shortly: 12000 is 1.2万, 300000000 is 3亿, below that 1,234.5; at most two places after the point."""
    size = abs(amount)
    if round(size / TEN_THOUSAND, 2) >= TEN_THOUSAND:
        return f"{_short(amount / HUNDRED_MILLION)}亿"
    if round(size, 2) >= TEN_THOUSAND:
        return f"{_short(amount / TEN_THOUSAND)}万"
    return _short(amount)


def _short(value: Decimal) -> str:
    written = f"{round(value, 2):,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def read_boolean(text: str) -> bool:
    """Read 是 or 否 in any of the usual writings."""
    written = _tidy(text).casefold()
    if written in _YES:
        return True
    if written in _NO:
        return False
    raise ValueError(f"应为“是”或“否”，现在是“{text.strip()[:30]}”")
