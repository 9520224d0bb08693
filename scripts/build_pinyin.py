"""Write zhike/chinese/data/pinyin.txt: how each character is read, and the words in which it is read otherwise (多音字).

Origin: pypinyin (MIT) with the data of pinyin-data and phrase-pinyin-data (MIT), without tones.
Run with `uv run --with pypinyin python scripts/build_pinyin.py`. pypinyin itself would hold 55 MB in every process;
what differs from the plain reading of a character needs less than two.
"""

import unicodedata
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from zhike.chinese.pinyin import Readings
from zhike.chinese.simplified import simplify

TARGET = Path(__file__).parent.parent / "zhike/chinese/data/pinyin.txt"

# The reading usual in names of companies, people and places, where the dictionary puts another one first.
USUAL = """
长chang 都du 佛fo 勒le 卜bu 泊bo 血xue 露lu 薄bo 似si 尉wei 嚼jiao 翟zhai 什shi 畜xu 削xue 琢zhuo 曾zeng
调tiao 轧zha 茜xi 晟sheng 属shu 没mei 剥bo 熟shu 车che 给gei 攒zan
"""
WORDS = """
朝阳 chao yang|单县 shan xian|会稽 kuai ji|行长 hang zhang|商行 shang hang|分行 fen hang|支行 zhi hang
总行 zong hang|车行 che hang|洋行 yang hang|琴行 qin hang|拍卖行 pai mai hang|电器行 dian qi hang|花行 hua hang
茶行 cha hang|鱼行 yu hang|米行 mi hang|布行 bu hang|行业 hang ye|行情 hang qing|同行 tong hang|局长 ju zhang
处长 chu zhang|部长 bu zhang|科长 ke zhang|院长 yuan zhang|组长 zu zhang|厂长 chang zhang|站长 zhan zhang
店长 dian zhang|会长 hui zhang|社长 she zhang|市长 shi zhang|县长 xian zhang|省长 sheng zhang|区长 qu zhang
镇长 zhen zhang|村长 cun zhang|队长 dui zhang|班长 ban zhang|董事长 dong shi zhang|理事长 li shi zhang
秘书长 mi shu zhang|成长 cheng zhang|增长 zeng zhang|长老 zhang lao|长者 zhang zhe|长子县 zhang zi xian
生长 sheng zhang|首长 shou zhang|乐器 yue qi|音乐 yin yue|乐团 yue tuan|乐队 yue dui|声乐 sheng yue|民乐 min yue
国乐 guo yue|乐清 yue qing|乐亭 lao ting|昌黎 chang li|漯河 luo he|库车 ku che|莎车 sha che|大埔 da bu
大城县 dai cheng xian|大厂 da chang|阿图什 a tu shi|曾经 ceng jing|重工 zhong gong|重百 chong bai|重钢 chong gang
重汽 zhong qi|模具 mu ju|模板 mu ban|校准 jiao zhun|校验 jiao yan|校正 jiao zheng|传记 zhuan ji|藏族 zang zu
西藏 xi zang|藏药 zang yao|藏医 zang yi|人参 ren shen|参茸 shen rong|调度 diao du|调查 diao cha|调研 diao yan
调拨 diao bo|调兵山 diao bing shan|参差 cen ci|地壳 di qiao|甲壳 jia qiao|炮制 pao zhi|的士 di shi|地铁 di tie
中行 zhong hang|工行 gong hang|建行 jian hang|农行 nong hang|招行 zhao hang|交行 jiao hang|国开行 guo kai hang
称重 cheng zhong|承重 cheng zhong|起重 qi zhong
"""


def plain(reading: str) -> str:
    """Take the first reading without its tone; ü is typed v."""
    letters = unicodedata.normalize("NFD", reading.split(",")[0]).replace("u\u0308", "v").replace("e\u0302", "e")
    return "".join(letter for letter in letters if letter.isascii())


def characters() -> dict[str, str]:
    """Return the plain reading of every character that has one."""
    usual = {entry[0]: entry[1:] for entry in USUAL.split()}
    return {chr(code): plain(readings) for code, readings in PINYIN_DICT.items()} | usual


def words() -> dict[str, list[str]]:
    """Return the dictionary's words and our own; ours win. Texts are read in simplified form only."""
    ours = dict(entry.strip().split(" ", 1) for entry in WORDS.replace("\n", "|").split("|") if entry)
    usual = (word for word in PHRASES_DICT if simplify(word) == word)
    theirs = {word: [plain(syllable[0]) for syllable in PHRASES_DICT[word]] for word in usual}
    return theirs | {word: reading.split() for word, reading in ours.items()}


def needed(plain_readings: dict[str, str]) -> dict[str, list[str]]:
    """Return the words that neither the plain readings nor shorter words already give."""
    chosen: dict[str, list[str]] = {}
    readings = Readings(plain_readings, chosen)
    for word, reading in sorted(words().items(), key=lambda entry: (len(entry[0]), entry[0])):
        if len(word) == len(reading) > 1 and readings.syllables(word) != reading:
            chosen[word] = reading
            readings = readings.learn(word, reading)
    return chosen


def write() -> None:
    """Write one line a syllable, an empty line, one line a word."""
    single = characters()
    by_syllable: dict[str, list[str]] = {}
    for character, syllable in single.items():
        by_syllable.setdefault(syllable, []).append(character)
    lines = [f"{syllable} {''.join(by_syllable[syllable])}" for syllable in sorted(by_syllable)]
    lines += ["", *(f"{word} {' '.join(reading)}" for word, reading in needed(single).items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
