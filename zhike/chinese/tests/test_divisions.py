"""A place is its code; an address is read to the place it begins with, and never guessed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.chinese.divisions import UNSPOKEN, Branch, find, known, label, tree


def flat(branches: list[Branch]) -> list[tuple[str, str]]:
    return [pair for code, name, inside in branches for pair in [(code, name), *flat(inside)]]


EVERY = dict(flat(tree()))
SPOKEN_COUNTIES = sorted(code for code, name in EVERY.items() if len(code) == 6 and EVERY[code[:4]] not in UNSPOKEN | {name})


def test_every_province_city_and_county_is_there() -> None:
    assert Counter(map(len, EVERY)) == {2: 31 + 3, 4: 342 + 3 + 2 + 20, 6: 2978 + 18 + 7 + 358}
    assert all(known(code[:-2]) for code in EVERY if len(code) > 2)
    assert [name for _, name, _ in tree()][-4:] == ["新疆维吾尔自治区", "台湾省", "香港特别行政区", "澳门特别行政区"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("51", "四川省"),
        ("5101", "四川省成都市"),
        ("510104", "四川省成都市锦江区"),
        ("110105", "北京市朝阳区"),
        ("1101", "北京市"),
        ("429004", "湖北省仙桃市"),
        ("441900", "广东省东莞市"),
        ("500229", "重庆市城口县"),
        ("810101", "香港特别行政区香港岛中西区"),
        ("8201", "澳门特别行政区澳门半岛"),
        ("710101", "台湾省台北市大安区"),
    ],
)
def test_a_code_is_written_with_what_it_lies_in(code: str, name: str) -> None:
    assert label(code) == name


@pytest.mark.parametrize("code", ["", "5", "99", "510199", "四川"])
def test_an_unknown_code_is_refused(code: str) -> None:
    assert not known(code)
    with pytest.raises(ValueError, match=f"^没有代码为“{code}”的行政区划$"):
        label(code)


@pytest.mark.parametrize(
    ("address", "code", "rest"),
    [
        ("四川省成都市锦江区春熙路1号", "510104", "春熙路1号"),
        ("四川成都锦江", "510104", ""),
        ("成都市锦江区 春熙路", "510104", "春熙路"),
        ("锦江区春熙路", "510104", "春熙路"),
        ("四川省/成都市/锦江区", "510104", ""),
        ("610000 四川省 成都市，高新区", "5101", "高新区"),
        ("中国四川省", "51", ""),
        ("江苏省南京市鼓楼区", "320106", ""),
        ("南京鼓楼区中山路", "320106", "中山路"),
        ("上海市市辖区黄浦区", "310101", ""),
        ("北京朝阳", "110105", ""),
        ("上海南京东路", "31", "南京东路"),
        ("内蒙古呼和浩特新城区", "150102", ""),
        ("凉山州西昌市", "513401", ""),
        ("恩施", "4228", ""),
        ("湖北省仙桃市", "429004", ""),
        ("吉林", "22", ""),
        ("吉林市昌邑区", "220202", ""),
        ("西安", "6101", ""),
        ("東莞市虎門鎮", "4419", "虎門鎮"),
        ("臺北市大安區", "710101", ""),
        ("石家庄新华路", "1301", "新华路"),
        ("咸阳市乾县", "610424", ""),
    ],
)
def test_an_address_is_read_to_the_place_it_begins_with(address: str, code: str, rest: str) -> None:
    assert find(address) == (code, rest)


@pytest.mark.parametrize("address", ["", "你好", "上海路100号", "北京西路", "东方红大厦", "123"])
def test_an_address_that_begins_with_no_place_has_none(address: str) -> None:
    assert find(address) is None


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (
            "鼓楼区",
            "“鼓楼区”不止一处，请写明所属省市：江苏省南京市鼓楼区、江苏省徐州市鼓楼区、福建省福州市鼓楼区、河南省开封市鼓楼区",
        ),
        ("江苏省鼓楼区中山路", "“江苏省鼓楼区”不止一处，请写明所属省市：江苏省南京市鼓楼区、江苏省徐州市鼓楼区"),
        ("朝阳", "“朝阳”不止一处，请写明所属省市：北京市朝阳区、辽宁省朝阳市、吉林省长春市朝阳区"),
    ],
)
def test_a_name_that_several_places_have_is_not_guessed(address: str, reason: str) -> None:
    with pytest.raises(ValueError) as refused:
        find(address)
    assert str(refused.value) == reason


@given(st.sampled_from(SPOKEN_COUNTIES), st.sampled_from(["", "人民路1号", " 1号楼"]))
def test_a_full_address_is_read_back(code: str, rest: str) -> None:
    assert find(label(code) + rest) == (code, rest.strip())


@given(st.text() | st.text(st.sampled_from("四川省成都市锦江区北京朝阳鼓楼路 ")))
def test_any_text_is_read_or_refused_with_the_places_it_could_be(text: str) -> None:
    try:
        found = find(text)
    except ValueError as refusal:
        assert "不止一处，请写明所属省市：" in str(refusal)
    else:
        assert found is None or (known(found[0]) and text.strip().endswith(found[1]))
