"""The check digit finds every single mistake and every exchange of neighbours; errors say which place is wrong."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhike.chinese.credit_code import ALPHABET, check_digit, normalise

BODIES = st.text(st.sampled_from(ALPHABET), min_size=17, max_size=17)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "914403001922038216", "9144030071526726XG"])
def test_real_codes_are_accepted(code: str) -> None:
    assert normalise(code) == code
    assert check_digit(code[:-1]) == code[-1]


def test_spaces_small_and_wide_letters_do_not_matter() -> None:
    assert normalise(" 9135 0100-m000 １００y43 ") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "请填写统一社会信用代码"),
        ("123", "统一社会信用代码应为 18 位，现在是 3 位"),
        ("110108000012345", "统一社会信用代码应为 18 位，现在是 15 位（15 位的是旧的工商注册号，请填写营业执照上的新代码）"),
        ("91350100MO00100Y43", "统一社会信用代码第 10 位“O”不对：只能用数字和除 I、O、S、V、Z 以外的大写字母，是否应为“0”"),
        ("9135010公M000100Y43", "统一社会信用代码第 8 位“公”不对：只能用数字和除 I、O、S、V、Z 以外的大写字母"),
        ("91350100M000100Y44", "统一社会信用代码“91350100M000100Y44”的校验码不符，可能有一位写错，请对照营业执照核对"),
    ],
)
def test_a_wrong_code_is_refused_with_the_reason(code: str, reason: str) -> None:
    with pytest.raises(ValueError) as refused:
        normalise(code)
    assert str(refused.value) == reason


def test_the_check_digit_needs_seventeen_characters() -> None:
    with pytest.raises(ValueError, match="前 17 位，现在是 3 位"):
        check_digit("913")


@given(BODIES)
def test_a_code_with_its_check_digit_is_accepted(body: str) -> None:
    code = body + check_digit(body)
    assert normalise(code.lower()) == code


@given(BODIES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(body: str, place: int, wrong: str) -> None:
    code = body + check_digit(body)
    assume(code[place] != wrong)
    with pytest.raises(ValueError, match="校验码不符"):
        normalise(code[:place] + wrong + code[place + 1 :])


@given(BODIES, st.integers(0, 15))
def test_two_exchanged_neighbours_are_found(body: str, place: int) -> None:
    assume(body[place] != body[place + 1])
    code = body + check_digit(body)
    with pytest.raises(ValueError, match="校验码不符"):
        normalise(code[:place] + code[place + 1] + code[place] + code[place + 2 :])
