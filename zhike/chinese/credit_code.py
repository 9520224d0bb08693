"""Unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, the last of which checks the others."""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH = 18
OLD_REGISTRATION_LENGTH = 15
TAKEN_FOR = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}


def check_digit(first17: str) -> str:
    """Return the check digit (校验码) that belongs after the first 17 characters."""
    if len(first17) != LENGTH - 1:
        raise ValueError(f"计算校验码需要前 17 位，现在是 {len(first17)} 位")
    _refuse_foreign_characters(first17)
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first17, WEIGHTS, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def normalise(text: str) -> str:
    """Return a code in capital letters without spaces, or say what is wrong with it."""
    code = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if not c.isspace() and c not in "-‐–—")
    if not code:
        raise ValueError("请填写统一社会信用代码")
    if len(code) != LENGTH:
        raise ValueError(f"统一社会信用代码应为 18 位，现在是 {len(code)} 位{_old_number_hint(code)}")
    _refuse_foreign_characters(code)
    if check_digit(code[:-1]) != code[-1]:
        raise ValueError(f"统一社会信用代码“{code}”的校验码不符，可能有一位写错，请对照营业执照核对")
    return code


def _old_number_hint(code: str) -> str:
    return (
        "（15 位的是旧的工商注册号，请填写营业执照上的新代码）" if len(code) == OLD_REGISTRATION_LENGTH and code.isdigit() else ""
    )


def _refuse_foreign_characters(code: str) -> None:
    for place, character in enumerate(code, 1):
        if character not in ALPHABET:
            meant = f"，是否应为“{TAKEN_FOR[character]}”" if character in TAKEN_FOR else ""
            raise ValueError(
                f"统一社会信用代码第 {place} 位“{character}”不对：只能用数字和除 I、O、S、V、Z 以外的大写字母{meant}"
            )
