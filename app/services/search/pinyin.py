"""First letters of Chinese characters, every reading counted (重 is z, c and t), from resources/pinyin_initials.txt."""

from functools import lru_cache
from pathlib import Path

RESOURCE = Path(__file__).resolve().parents[3] / "resources" / "pinyin_initials.txt"
MARK = "i"
LONGEST_GRAM = 4

# How far a gram may stray from the commonest readings: a second reading that words have costs 1, a rare one RARE.
# 重庆银行 (c-q-y-h) strays by 2; a rare reading of a title's character is found in pairs only, or the index trebles.
RARE = 3
PAIR_BUDGET = 3
BUDGET = 2


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Codepoint → letters; whole numbers as keys, because 42,000 one-character strings would take 3 MB more."""
    table: dict[int, str] = {}
    for line in RESOURCE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            letters, chars = line.split("\t")
            table.update(dict.fromkeys(map(ord, chars), letters))
    return table


def initials(char: str) -> str:
    """Every letter that a reading of `char` begins with, the commonest first; "" for what is not Chinese."""
    return _table().get(ord(char), "").lower() if char else ""


def initial_tokens(run: str, is_name: bool = False) -> tuple[str, ...]:
    """MARK and the initials of every 2, 3 and 4 neighbouring characters of `run`; of a name in rare readings too."""
    table = _table()
    return _tokens_of(tuple([table.get(ord(char), "") for char in run]), is_name)


@lru_cache(maxsize=8192)
def _tokens_of(readings: tuple[str, ...], is_name: bool) -> tuple[str, ...]:
    if is_name:  # 单, 仇, 盖 are read as in no word when they are surnames
        readings = tuple(map(str.lower, readings))
    windows = (
        readings[start : start + size]
        for size in range(2, LONGEST_GRAM + 1)
        for start in range(len(readings) - size + 1)
    )
    return tuple(dict.fromkeys(token for window in windows for token in _spellings(window)))


def _spellings(window: tuple[str, ...]) -> list[str]:
    budget = PAIR_BUDGET if len(window) == 2 else BUDGET
    spelled = [(MARK, 0)]
    for letters in window:
        costs = [(letter.lower(), _cost(letter, place)) for place, letter in enumerate(letters)]
        spelled = [
            (token + letter, spent + cost)
            for token, spent in spelled
            for letter, cost in costs
            if spent + cost <= budget
        ]
    return [token for token, _ in spelled]


def _cost(letter: str, place: int) -> int:
    if place == 0:
        return 0
    return RARE if letter.isupper() else 1
