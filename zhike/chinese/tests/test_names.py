"""Two writings of one company have one key; two companies have two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.chinese.names import company_key, simplify
from zhike.chinese.pinyin import as_surname, syllables

CORES = st.text(st.sampled_from("华为技术四川中石油abcXYZ019"), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("华为技术有限公司", "华为技术"),
        ("華為技術有限公司", "华为技术"),
        ("华为技术（深圳）有限责任公司", "华为技术深圳"),
        ("华为技术(深圳)有限公司", "华为技术深圳"),
        ("中国石油天然气股份有限公司", "中国石油天然气"),
        ("中国石油天然气集团公司", "中国石油天然气"),
        ("某某（集团）股份有限公司", "某某"),
        ("四川中烟工业有限责任公司", "四川中烟工业"),
        ("ＡＢＣ 科技 有限公司", "abc科技"),
        ("Acme Corporation", "acme"),
        ("ACME Co., Ltd.", "acme"),
        ("Acme Co.Ltd", "acme"),
        ("Zinc", "zinc"),
        ("中国石油四川分公司", "中国石油四川分公司"),
        ("有限公司", "有限公司"),
        ("集团公司", "集团公司"),
        ("Inc.", "inc"),
        ("!!!", "!!!"),
    ],
)
def test_the_key_of_a_company(name: str, key: str) -> None:
    assert company_key(name) == key


@given(
    CORES,
    st.sampled_from(
        [
            "",
            "公司",
            "有限公司",
            "有限责任公司",
            "股份有限公司",
            "集团",
            "集团有限公司",
            "（集团）股份有限公司",
            " Co., Ltd.",
            " Inc",
        ]
    ),
    st.sampled_from(["", " ", "　"]),
)
def test_legal_form_and_spaces_do_not_change_the_key(core: str, form: str, space: str) -> None:
    assert company_key(space + space.join(core) + form) == core.lower()


@given(st.text())
def test_only_an_empty_name_has_an_empty_key(name: str) -> None:
    assert bool(company_key(name)) == bool(name.strip())


@given(st.text(), st.text())
def test_simplifying_takes_each_character_alone(left: str, right: str) -> None:
    assert simplify(left + right) == simplify(left) + simplify(right)
    assert simplify(simplify(left)) == simplify(left)
    assert len(simplify(left)) == len(left)


def test_traditional_characters_become_simplified_ones() -> None:
    assert simplify("中國石油天然氣股份有限公司 臺灣 ABC") == "中国石油天然气股份有限公司 台湾 ABC"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("重庆银行", "chong qing yin hang"),
        ("重工行业", "zhong gong hang ye"),
        ("长安增长", "chang an zeng zhang"),
        ("成都都江堰", "cheng du du jiang yan"),
        ("朝阳音乐", "chao yang yin yue"),
        ("特征应征", "te zheng ying zheng"),
        ("中国科学院院长", "zhong guo ke xue yuan yuan zhang"),
        ("绿地女神", "lv di nv shen"),
        ("六安蚌埠厦门", "lu an beng bu xia men"),
    ],
)
def test_a_character_is_read_as_its_word_asks(text: str, reading: str) -> None:
    assert " ".join(syllables(text)) == reading


def test_what_is_not_chinese_has_no_syllable() -> None:
    assert syllables("A中1") == ["", "zhong", ""]


def test_a_surname_is_read_as_one() -> None:
    assert as_surname("单伟") == ["shan", "wei"]
    assert as_surname("尉迟恭") == ["yu", "chi", "gong"]
    assert as_surname("王伟") is None
    assert as_surname("单位和解放军") is None


@given(st.text())
def test_every_character_has_one_place_in_the_reading(text: str) -> None:
    assert len(syllables(text)) == len(text)
