"""语言: every word of the product has its English, and an answer carries it exactly where it was asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhike.testing.words import PRODUCT, files, words
from zhike.words.catalogue import CHINESE, entries, say, word
from zhike.words.speaking import asked_for, speaking

SOURCES = files()


def slots(text: str) -> list[str]:
    return sorted(set(re.findall(r"{(\d+)[}!#]", text)))


def name(path: Path) -> str:
    return path.relative_to(PRODUCT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_word_of_a_file_is_in_the_catalogue(path: Path) -> None:
    assert words(path) - entries().keys() == set()


def test_the_catalogue_holds_nothing_in_vain() -> None:
    said = {text for path in SOURCES for text in words(path)}
    assert entries().keys() - said == set()


def test_every_value_of_a_sentence_has_its_place_in_english() -> None:
    assert [chinese for chinese, english in entries().items() if slots(chinese) != slots(english)] == []


def test_the_catalogue_is_in_english() -> None:
    told = {chinese: english for chinese, english in entries().items() if CHINESE.search(english)}
    assert told == {"应为“是”或“否”，现在是“{0}”": "Must be Yes or No (是, 否), not “{0}”"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-CN"), ("en", "en"), ("en-GB,en;q=0.8", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"), ("zh;q=0.5,en;q=0.7", "en"),
        ("*", "zh-CN"), ("fr", "zh-CN"), ("en;q=nonsense,zh", "zh-CN"), (",;q=", "zh-CN"),
    ],
)  # fmt: skip
def test_the_language_of_a_header_is_the_one_it_likes_best(header: str, language: str) -> None:
    assert asked_for(header) == language


def test_chinese_is_said_as_it_is_written() -> None:
    assert [word("客户"), say("最多 5 个字")] == ["客户", "最多 5 个字"]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("必填", "Required"),
        ("最多 200 个字", "At most 200 characters"),
        ("王芳把客户“联系人”交给了您", "王芳 transferred “联系人” to you (Account)"),
        ("王芳把 1 条线索交给了您", "王芳 handed 1 record to you (Lead)"),
        ("王芳对以下记录执行了“赢单”：销售机会“扩容”", "王芳 ran “Won” on “扩容” (Opportunity)"),
        ("“重新打开”只能用于赢单、输单，当前是初步接触", "“Reopen” is only possible in: Won, Lost; it is now: Qualification"),
        ("登记名称：必填；来源：没有这个值", "Registered name: Required; Source: No such value"),
        ("已完成：导出客户", "Done: Export: Account"),
        ("没有人写过的话", "没有人写过的话"),
        ("不认识的选项“x”，可选：教育、电力、热力、燃气和水", "Unknown option “x”, choose from: Education, Utilities"),
        ("plain", "plain"),
    ],
)
def test_a_sentence_is_told_with_the_values_in_it_untouched(chinese: str, english: str) -> None:
    with speaking("en"):
        assert say(chinese) == english


def test_a_word_nobody_of_us_wrote_stays_as_it_is() -> None:
    with speaking("en"):
        assert [word("客户"), word("最多 5 个字"), word("张三")] == ["Account", "最多 5 个字", "张三"]
