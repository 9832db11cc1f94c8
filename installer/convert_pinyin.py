"""Makes resources/pinyin_initials.txt from the package pypinyin; to be run after an update of that package."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

TARGET = Path(__file__).resolve().parent.parent / "resources" / "pinyin_initials.txt"
HEAD = """\
# The first letter of every reading of every Chinese character: letters, tab, the characters that share them.
# The commonest reading stands first; a capital is a reading that hardly any word has (红 is h, in 女红 alone it is g).
# Made by installer/convert_pinyin.py from pypinyin {version}.
# pypinyin: Copyright (c) 2016 mozillazg, 闲耘; MIT License; https://github.com/mozillazg/python-pinyin
"""
RARE = 0.01  # share of the words with the character
ENOUGH = 5  # words that say something about a character's readings


def letter(reading: str) -> str:
    """The first letter of "zhòng" without its tone mark."""
    return unicodedata.normalize("NFD", reading)[0]


def letters_in_words() -> Mapping[str, Counter[str]]:
    """How many of the package's words read a character with which first letter."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, readings in PHRASES_DICT.items():
        if len(word) == len(readings):
            for char, reading in zip(word, readings, strict=True):
                found[char].update(map(letter, filter(None, reading[:1])))
    return found


def initials(readings: str, words: Counter[str]) -> str:
    """The distinct first letters of "zhòng,chóng,tóng", the commonest first, the rare ones as capitals: "zcT"."""
    letters = list(dict.fromkeys(map(letter, readings.split(","))))
    letters.sort(key=lambda each: -words[each])
    total = words.total()
    rare = [total >= ENOUGH and words[each] < RARE * total for each in letters]
    return "".join(each.upper() if is_rare else each for each, is_rare in zip(letters, rare, strict=True))


def table() -> str:
    """The resource's whole text."""
    words = letters_in_words()
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for codepoint, readings in sorted(PINYIN_DICT.items()):
        char = chr(codepoint)
        if unicodedata.category(char) != "Co":  # private use: no character of its own
            groups[initials(readings, words[char])].append(char)
    lines = (f"{letters}\t{''.join(chars)}\n" for letters, chars in sorted(groups.items()))
    return HEAD.format(version=version("pypinyin")) + "".join(lines)


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8", newline="\n")
