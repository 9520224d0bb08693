"""Telephone numbers (电话): mobile, landline with area code and extension, 400/800, service numbers, international."""

import re
import unicodedata

_LABEL = re.compile(r"^(?:电话|手机|手机号|座机|固话|传真|联系电话|tel|phone|mobile|fax|cell)\s*[.:]?\s*", re.I)
_EXTENSION = re.compile(r"\s*(?:转|分机号?|ext\.?|x|#)\s*:?\s*(\d{1,6})$", re.I)
_LAST_GROUP = re.compile(r"[-\s](\d{1,6})$")
_ALLOWED = re.compile(r"[\d\s().+·/-]+")
_CHINA = re.compile(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d)([2-9]\d{7})|(0[3-9]\d\d)([2-9]\d{6,7})")
_FREE = re.compile(r"([48]00)(\d{3})(\d{4})")
_SERVICE = re.compile(r"9[56]\d{3,6}|1[0-2]\d{3}")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_FOREIGN = re.compile(r"(?:\+|00)([1-9]\d{6,14})")
EXPECTED = "应为 11 位手机号、带区号的固定电话（如 028-86661234）、400 电话，或以 + 开头的国际号码"


def normalise(text: str) -> str:
    """Return a number in the one form it is stored in: 13800138000, 028-86661234-801, 400-800-8820, +85223456789."""
    written = re.sub(r"[‐‑‒–—−－_]", "-", unicodedata.normalize("NFKC", text)).strip()
    written = _LABEL.sub("", written).strip()
    if not written:
        raise ValueError(f"请填写电话号码：{EXPECTED}")
    main, extension = _split_extension(written)
    found = _number(main) if _ALLOWED.fullmatch(main) else None
    if found is None:
        raise ValueError(_complaint(text, main))
    return f"{found}-{extension}" if extension else found


def _split_extension(written: str) -> tuple[str, str]:
    """Split off an extension (分机); a last group of digits is one only if the rest is a whole number."""
    marked = _EXTENSION.search(written)
    if marked:
        return written[: marked.start()], marked.group(1)
    grouped = _LAST_GROUP.search(written)
    if grouped and _number(written) is None and _extensible(_number(written[: grouped.start()])):
        return written[: grouped.start()], grouped.group(1)
    return written, ""


def _extensible(number: str | None) -> bool:
    return number is not None and len(number) > len("95588")


def _number(written: str) -> str | None:
    """Read a number without extension; None if it is none."""
    if "/" in written and not _LANDLINE.fullmatch(_digits(written)):
        return None
    digits = _digits(written.replace("(0)", ""))
    inland = _CHINA.sub("", digits)
    if inland != digits:
        return _domestic(inland) or _domestic("0" + inland)
    foreign = _FOREIGN.fullmatch(digits)
    return f"+{foreign.group(1)}" if foreign else _domestic(digits)


def _digits(written: str) -> str:
    plus = "+" if re.match(r"[\s(]*\+", written) else ""
    return plus + "".join(character for character in written if character in "0123456789")


def _domestic(digits: str) -> str | None:
    landline = _LANDLINE.fullmatch(digits)
    if landline:
        return "-".join(filter(None, landline.groups()))
    free = _FREE.fullmatch(digits)
    if free:
        return "-".join(free.groups())
    plain = (_MOBILE, _SERVICE, _LOCAL)
    return digits if any(kind.fullmatch(digits) for kind in plain) else None


def _complaint(text: str, main: str) -> str:
    """Say what is wrong with a number as exactly as can be told."""
    shown = text.strip()[:30]
    digits = _digits(main)
    if len(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)) > 1:
        return f"“{shown}”里有几个号码，一处只能填一个"
    if re.fullmatch(r"1[3-9]\d*", digits) and _ALLOWED.fullmatch(main):
        return f"手机号应为 11 位，“{shown}”是 {len(digits)} 位"
    return f"看不懂电话号码“{shown}”：{EXPECTED}"


def match_key(text: str) -> str:
    """Return what two writings of one number have in common, for finding duplicates; empty if it is no whole number."""
    try:
        return normalise(text).replace("-", "")
    except ValueError:
        return ""
