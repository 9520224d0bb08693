"""Numbers and ratios are read as people write them; what could mean two things is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.chinese.numbers import read_boolean, read_decimal, read_integer, read_ratio, show_ratio, show_wan

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
RATIOS = st.decimals(min_value=0, max_value=3, places=4)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("￥1.2万", "12000"),
        ('"$7,450,000.00 "', "7450000.00"),
        ("1,234.5", "1234.5"),
        ("1 234 567", "1234567"),
        ("（1,234）", "-1234"),
        ("($5.00)", "-5.00"),
        ("￥-5", "-5"),
        ("-￥5", "-5"),
        ("负3万", "-30000"),
        ("3亿", "300000000"),
        ("1亿2000万", "120000000"),
        ("1亿2万", "100020000"),
        ("3万5000", "35000"),
        ("2千万", "20000000"),
        ("１２３．５", "123.5"),
        ("1.2e3", "1200"),
        ("12元", "12"),
        ("人民币 3 万 元整", "30000"),
        ("RMB 500", "500"),
        ("500 CNY", "500"),
        ("US$ 30", "30"),
        ("5w", "50000"),
        ("1.50", "1.50"),
        (".5", "0.5"),
        ("-0", "0"),
    ],
)
def test_a_number_is_read_as_people_write_it(written: str, value: str) -> None:
    assert str(read_decimal(written)) == value


@pytest.mark.parametrize(
    "written",
    ["NaN", "Infinity", "-inf", "3万5", "1亿5000", "1,2,3", "12,34", "12 34", "1_000", "12.5.6", "--5", "三百", "12%", "-"],
)
def test_what_is_no_single_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^看不懂数字“.+”：请写成 1234\.50、1,234\.50、1\.2万 或 ￥1234 这样$"):
        read_decimal(written)


@pytest.mark.parametrize("written", ["1e99", "1e-30", "9" * 30])
def test_a_number_beyond_all_measure_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="位数太多"):
        read_decimal(written)


@pytest.mark.parametrize("written", ["", " ", '""'])
def test_nothing_is_no_number(written: str) -> None:
    with pytest.raises(ValueError, match=r"^请填写数字$"):
        read_decimal(written)


@given(AMOUNTS, st.sampled_from(["{:f}", "{:,f}", "￥{:,f}", "{:f}元", " {:f} ", "{:E}"]))
def test_every_writing_of_an_amount_gives_the_amount(amount: Decimal, form: str) -> None:
    assert read_decimal(form.format(amount)) == amount


@given(st.decimals(-(10**9), 10**9, places=2).filter(bool), st.sampled_from([("万", 4), ("亿", 8), ("百万", 6), ("千", 3)]))
def test_a_unit_multiplies_exactly(amount: Decimal, unit: tuple[str, int]) -> None:
    assert read_decimal(f"{amount:f}{unit[0]}") == amount.scaleb(unit[1])


@given(st.text(st.sampled_from("0123456789.,-()万亿千e%折￥ 元NaInf")) | st.text())
def test_any_text_is_a_finite_number_or_refused_in_chinese(text: str) -> None:
    for read in (read_decimal, read_integer, read_ratio):
        try:
            assert Decimal(read(text)).is_finite()
        except ValueError as refusal:
            assert any("\u4e00" <= character <= "\u9fff" for character in str(refusal))


def test_a_whole_number_has_no_fraction() -> None:
    assert read_integer("1,234") == 1234
    assert read_integer("1.2万") == 12000
    assert read_integer("5.0") == 5
    with pytest.raises(ValueError, match=r"^应为整数，“1.5”有小数$"):
        read_integer("1.5")


@pytest.mark.parametrize(
    ("written", "ratio"),
    [
        ("4.5折", "0.45"),
        ("45折", "0.45"),
        ("85折", "0.85"),
        ("8.5折", "0.85"),
        ("9折", "0.9"),
        ("打9折", "0.9"),
        ("10折", "1"),
        ("八五折", "0.85"),
        ("四点五折", "0.45"),
        ("对折", "0.5"),
        ("45%", "0.45"),
        ("４５％", "0.45"),
        ("120%", "1.2"),
        ("0.45", "0.45"),
        ("1", "1"),
        ("0", "0"),
        ("无折扣", "1"),
        ("不打折", "1"),
    ],
)
def test_a_price_ratio_is_read(written: str, ratio: str) -> None:
    assert read_ratio(written) == Decimal(ratio)


@pytest.mark.parametrize("written", ["45", "4.5", "1.2", "0.45折", "10.5折", "0折", "15% off", "优惠15%", "折", "NaN"])
def test_an_unclear_ratio_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=f"^看不懂折扣“{written}”：请写成 4.5折、45折、45% 或 0.45$"):
        read_ratio(written)


def test_a_ratio_is_not_negative() -> None:
    with pytest.raises(ValueError, match=r"^折扣不能为负：“-5%”$"):
        read_ratio("-5%")


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        ("0.45", "4.5折"),
        ("0.4500", "4.5折"),
        ("0.9", "9折"),
        ("0.855", "8.55折"),
        ("1.00", "无折扣"),
        ("0", "0%"),
        ("0.05", "5%"),
        ("1.2", "120%"),
    ],
)
def test_a_ratio_is_shown_as_people_say_it(ratio: str, shown: str) -> None:
    assert show_ratio(Decimal(ratio)) == shown


@given(RATIOS)
def test_what_is_shown_of_a_ratio_reads_back(ratio: Decimal) -> None:
    assert read_ratio(show_ratio(ratio)) == ratio


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("12000", "1.2万"),
        ("300000000", "3亿"),
        ("123456789", "1.23亿"),
        ("1234.5", "1,234.5"),
        ("9999.999", "1万"),
        ("99999999", "1亿"),
        ("-12000", "-1.2万"),
        ("1000000000000", "10,000亿"),
        ("0", "0"),
        ("100", "100"),
    ],
)
def test_an_amount_is_shown_shortly(amount: str, shown: str) -> None:
    assert show_wan(Decimal(amount)) == shown


@given(st.integers(-(10**15), 10**15))
def test_what_is_shown_of_an_amount_is_within_half_a_percent(amount: int) -> None:
    assert abs(read_decimal(show_wan(Decimal(amount))) - amount) <= abs(amount) * Decimal("0.005")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("是", True),
        ("有", True),
        ("TRUE", True),
        ("1", True),
        ("Y", True),
        ("√", True),
        ("否", False),
        ("无", False),
        ("没有", False),
        ("0", False),
        ("No", False),
        ("ｆａｌｓｅ", False),
    ],
)
def test_yes_and_no_are_read(written: str, value: bool) -> None:
    assert read_boolean(written) is value


@pytest.mark.parametrize("written", ["", "也许", "2"])
def test_what_is_neither_yes_nor_no_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=f"^应为“是”或“否”，现在是“{written}”$"):
        read_boolean(written)
