"""A number has one stored form however it was written; what is no number is refused with the reason."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhike.chinese.phones import match_key, normalise

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINES = st.from_regex(r"0(10-[2-9][0-9]{7}|2[0-9]-[2-9][0-9]{7}|[3-9][0-9]{2}-[2-9][0-9]{6,7})(-[0-9]{1,6})?", fullmatch=True)
FOREIGN = st.from_regex(r"\+(852|853|886|1|44)[1-9][0-9]{6,9}", fullmatch=True)
WRITINGS = [
    ("138 0013 8000", "13800138000"),
    ("138-0013-8000", "13800138000"),
    ("+86 138-0013-8000", "13800138000"),
    ("(+86)13800138000", "13800138000"),
    ("8613800138000", "13800138000"),
    ("手机：１３８００１３８０００", "13800138000"),
    ("13800138000-123", "13800138000-123"),
    ("０１０－８８８８６６６６", "010-88886666"),
    ("(028)86661234转801", "028-86661234-801"),
    ("028-8666-1234", "028-86661234"),
    ("02886661234-801", "028-86661234-801"),
    ("+86 28 8666 1234", "028-86661234"),
    ("0755/86661234", "0755-86661234"),
    ("0830-2271234 ext. 12", "0830-2271234-12"),
    ("86661234", "86661234"),
    ("4008008820", "400-800-8820"),
    ("800 810 1234", "800-810-1234"),
    ("95588", "95588"),
    ("+852 2345 6789", "+85223456789"),
    ("0085223456789", "+85223456789"),
    ("+44 (0)20 7946 0958", "+442079460958"),
    ("+1 (415) 555-2671", "+14155552671"),
]
REFUSALS = [
    ("1380013800", "手机号应为 11 位，“1380013800”是 10 位"),
    ("138001380001", "手机号应为 11 位，“138001380001”是 12 位"),
    ("13800138000,13900139000", "“13800138000,13900139000”里有几个号码，一处只能填一个"),
    ("13800138000/13900139000", "“13800138000/13900139000”里有几个号码，一处只能填一个"),
    ("没有电话", "看不懂电话号码“没有电话”"),
    ("010-1234567", "看不懂电话号码“010-1234567”"),
    ("123", "看不懂电话号码“123”"),
    ("110", "看不懂电话号码“110”"),
    ("+12345", "看不懂电话号码“+12345”"),
    ("", "请填写电话号码"),
]


@pytest.mark.parametrize(("written", "stored"), WRITINGS)
def test_a_number_is_stored_in_one_form(written: str, stored: str) -> None:
    assert normalise(written) == stored
    assert match_key(written) == stored.replace("-", "")


@pytest.mark.parametrize(("written", "reason"), REFUSALS)
def test_what_is_no_number_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(ValueError) as refused:
        normalise(written)
    assert str(refused.value).startswith(reason)
    assert match_key(written) == ""


@given(st.one_of(MOBILES, LANDLINES, FOREIGN))
def test_the_stored_form_stays_as_it_is(number: str) -> None:
    assert normalise(number) == number


@given(MOBILES, st.sampled_from(["", "+86", "+86 ", "0086", "86"]), st.sampled_from(["", " ", "-", "－"]))
def test_all_writings_of_a_mobile_number_match(number: str, prefix: str, gap: str) -> None:
    assert match_key(prefix + gap.join([number[:3], number[3:7], number[7:]])) == number


@given(st.text(st.sampled_from("0123456789+-() ,转x电话")))
@example("+" * 50)
def test_any_text_is_either_a_number_or_refused(text: str) -> None:
    try:
        stored = normalise(text)
    except ValueError as refusal:
        assert any("\u4e00" <= character <= "\u9fff" for character in str(refusal))
    else:
        assert normalise(stored) == stored
