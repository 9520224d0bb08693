"""人民币大写: as banks and courts read it, and never two amounts written alike."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.chinese.capitals import DIGITS, LARGEST, in_capitals

UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(said: str) -> Decimal:
    """The amount, by a way of reading of its own."""
    yuan, _, coins = said.removesuffix("整").partition("元") if "元" in said else ("", "", said.removesuffix("整"))
    total = section = digit = 0
    for sign in yuan:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in UNITS:
            section, digit = section + digit * UNITS[sign], 0
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
    cents = sum(DIGITS.index(coins[coins.index(u) - 1]) * worth for u, worth in (("角", 10), ("分", 1)) if u in coins)
    return Decimal(total + section + digit) + Decimal(cents) / 100


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"), ("0.01", "壹分"), ("0.10", "壹角整"), ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"), ("107000.53", "壹拾万柒仟元伍角叁分"), ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"), ("200000", "贰拾万元整"), ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("-45.5", "负肆拾伍元伍角整"),
    ],
)  # fmt: skip
def test_amounts_as_the_rules_of_the_bank_write_them(amount: str, said: str) -> None:
    assert in_capitals(Decimal(amount)) == said


@given(st.integers(0, 10**18 - 1))
def test_every_amount_reads_back_as_itself(cents: int) -> None:
    amount = Decimal(cents) / 100
    assert read_back(in_capitals(amount)) == amount


@pytest.mark.parametrize("amount", [Decimal("0.001"), LARGEST])
def test_what_cannot_be_written_is_refused(amount: Decimal) -> None:
    with pytest.raises(ValueError, match="大写金额"):
        in_capitals(amount)
