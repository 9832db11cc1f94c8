"""What an order is found by: tokens for the database's own full-text index, and queries over them.

Each kind of token begins with a letter of its own, and so does each token of a query, so that no two kinds can meet:
`w` a word or its beginning, `i` pinyin initials, `n` an order number or its tail, `t` a telephone number or its tail.
Chinese characters stand for themselves, singly and in pairs. Tokens are letters and digits only, lower case; SQLite's
FTS5 (`tokenize='unicode61 remove_diacritics 0'`, detail=none) and PostgreSQL's `array_to_tsvector` take them as is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from app.services.search.pinyin import LONGEST_GRAM, MARK, initial_tokens, initials

LONGEST_PREFIX = 8
LONGEST_TOKEN = 40
LONGEST_QUERY = 120  # characters; what a person pastes beyond that is not read
PHONE_TAIL = 4
MOBILE = 11  # digits of a mainland mobile number
CONTIGUOUS = 3  # from this length on, pairs of characters do not prove the whole

# Kana are searched like Chinese characters. Only what FTS5's unicode61 takes for letters may stand here.
_HAN = r"々〇ぁ-ゖァ-ヺー\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00020000-\U000323af"
_LETTERS = r"0-9a-z\u00df-\u00f6\u00f8-\u017e\u0180-\u01bf\u01cd-\u024fά-ρσ-ώа-џ가-힣"
_RUN = re.compile(f"([{_HAN}]+)|([{_LETTERS}]+)")
_PART = re.compile(f"[0-9]+|[^0-9{_HAN}]+")
_DASHED = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)+")
_MASK = re.compile(r"[0-9]*\*{2,}(?=[0-9])")
_SPACED_DIGITS = re.compile(r"(?=.*[ +(])[0-9 +()-]{7,}")
_NOT_PHONE = re.compile(r"[^0-9*]+")
_NEXT_PHONE = re.compile(r"转|分机|ext|[#,;/、，；]")
_NOT_PLAIN = re.compile(r"[^0-9a-z]+")
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# A query is a token ("長城", "wabc", "wabcdefghij*") or ("and" | "or", parts).
Node = str | tuple[str, tuple["Node", ...]]


@dataclass(frozen=True, slots=True)
class Query:
    """A search in the words of both databases; `fts` is "" where nothing searchable was typed."""

    fts: str  # FTS5 MATCH expression
    tsquery: str  # PostgreSQL tsquery literal
    contains: tuple[str, ...]  # Chinese that must stand in one piece: check by LIKE, the tokens cannot prove it


def document(number: str, source_number: str, name: str, phone: str, titles: Sequence[str], buyer: str = "") -> str:
    """The tokens of one order, parted by spaces; a token may stand twice."""
    return with_number(number, facts_document(source_number, name, phone, titles, buyer))


def with_number(number: str, words: str) -> str:
    """The tokens of an order from those of what the platform says, once the order has its own number."""
    return " ".join([*_number_tokens(number), words])


def facts_document(source_number: str, name: str, phone: str, titles: Sequence[str], buyer: str) -> str:
    """The tokens of what the platform says of one order."""
    tokens = [*_number_tokens(source_number), *_phone_tokens(phone), _name_tokens(name)]
    tokens += map(_title_tokens, titles)
    if buyer:
        tokens += _account_tokens(buyer)
    return " ".join(filter(None, tokens))


def product_document(codes: Sequence[str], words: Sequence[str]) -> str:
    """The tokens of a product: its article codes and barcodes, and the words of its names."""
    tokens = [token for code in codes for token in (*_number_tokens(code), *_account_tokens(code))]
    tokens += map(_title_tokens, words)
    return " ".join(dict.fromkeys(filter(None, tokens)))


def query(text: str, spellings: Callable[[str], Sequence[str]] | None = None) -> Query:
    """The query that `text` means; its words must all be found, each in any field. Takes any input whatever.

    `spellings` tells of a number in which other ways it may be written; any of them is found.
    """
    plain = _plain(text[:LONGEST_QUERY])
    words = [*_words(_MASK.sub(" ", plain), spellings)]
    if not words:
        return Query("", "", ())
    node = _all_of(words)
    if _SPACED_DIGITS.fullmatch(plain.strip()):
        digits = _squeezed(plain)
        node = _any_of([f"t{_national(digits)}", f"n{digits}", node])
    contains = tuple(dict.fromkeys(run for run, _ in _RUN.findall(plain) if len(run) >= CONTIGUOUS))
    return Query(_fts(node), _tsquery(node), contains)


def _plain(text: str) -> str:
    """Lower case, full-width letters and digits made half-width."""
    return text.lower() if text.isascii() else text.translate(_FULL_WIDTH).lower()


# ---- tokens of an order


@lru_cache(maxsize=4096)
def _title_tokens(title: str) -> str:
    return " ".join(dict.fromkeys(_text_tokens(title)))


@lru_cache(maxsize=8192)
def _name_tokens(name: str) -> str:
    """As a title's, and the surname's initial by itself, so that the first letter typed finds somebody."""
    surname = [MARK + letter for letter in initials(name[:1])]
    return " ".join(surname + _text_tokens(name, is_name=True))


def _text_tokens(text: str, is_name: bool = False) -> list[str]:
    tokens: list[str] = []
    for run, word in _RUN.findall(_plain(text)):
        tokens += _run_tokens(run, is_name) if run else _word_tokens(word)
    return tokens


@lru_cache(maxsize=4096)  # titles differ; brands, kinds and sizes in them repeat
def _run_tokens(run: str, is_name: bool) -> tuple[str, ...]:
    return (*_pairs(run), *initial_tokens(run, is_name))


@lru_cache(maxsize=4096)
def _word_tokens(word: str) -> tuple[str, ...]:
    tokens = _beginnings(word)
    if not word.isalpha():  # of "750ml" also "ml"
        for part in _PART.findall(word)[1:]:
            tokens += _beginnings(part)
    return tuple(tokens)


def _account_tokens(account: str) -> list[str]:
    """A buyer's account name: nobody spells it in initials or by its middle."""
    tokens: list[str] = []
    for run, word in _RUN.findall(_plain(account)):
        tokens += _pairs(run) if run else _beginnings(word)
    return tokens


def _pairs(run: str) -> list[str]:
    """The Chinese characters singly and in pairs."""
    return [*run, *map(add, run, run[1:])]


def _beginnings(word: str) -> list[str]:
    """The word whole and its first 2 to 8 characters."""
    token = "w" + word[:LONGEST_TOKEN]
    return [token, *[token[:end] for end in range(3, min(LONGEST_PREFIX + 2, len(token)))]]


def _number_tokens(number: str) -> list[str]:
    """An order number whole, its last 4 to 6 digits, and what follows its last dash, also without leading zeros."""
    whole = _squeezed(number)
    if not whole:
        return []
    tokens = ["n" + whole, "n" + whole[-4:], "n" + whole[-5:], "n" + whole[-6:]]
    at = number.rfind("-")
    if at >= 0 and (part := _squeezed(number[at:])):
        tokens += ("n" + part, "n" + (part.lstrip("0") or part))
    return tokens


def _phone_tokens(phone: str) -> list[str]:
    """A telephone number whole and its last four digits, also behind a mask; extensions; second numbers."""
    if phone.isdecimal() and phone.isascii():
        groups = [phone]
    else:
        groups = [_NOT_PHONE.sub("", part) for part in _NEXT_PHONE.split(_plain(phone))]
    tokens: list[str] = []
    for group in groups:
        tail = group[-PHONE_TAIL:]
        if tail.isdecimal():
            tokens.append("t" + tail)
            if "*" not in group:
                tokens.append("t" + _national(group))
            if group[0] == "0":  # without the area code
                tokens += ("t" + group[-7:], "t" + group[-8:])
    return tokens


def _squeezed(number: str) -> str:
    """Its letters and digits only; of an absurd length the end, where numbers differ."""
    plain = number.replace("-", "")
    if plain.isascii() and plain.isalnum():
        return plain[-LONGEST_TOKEN:].lower()
    return _NOT_PLAIN.sub("", _plain(number))[-LONGEST_TOKEN:]


def _national(digits: str) -> str:
    """A mainland mobile number without its country code."""
    return digits[-MOBILE:] if digits[:-MOBILE] in ("86", "0086") else digits[:LONGEST_TOKEN]


# ---- queries


def _words(text: str, spellings: Callable[[str], Sequence[str]] | None) -> Iterator[Node]:
    for word in text.split():
        if spellings is not None and word.isascii() and word.isdecimal():
            yield _any_of([_word(word), *(f"n{number}" for number in spellings(word) if number != word)])
            continue
        if _DASHED.fullmatch(word):
            joined = _squeezed(word)
            yield _any_of([f"n{joined}", f"t{_national(joined)}", _all_of(map(_word, word.split("-")))])
            continue
        for run, letters in _RUN.findall(word):
            yield _chinese(run) if run else _word(letters)


def _chinese(run: str) -> Node:
    return run if len(run) == 1 else _all_of(map(add, run, run[1:]))


def _word(word: str) -> Node:
    """A word's beginning; initials where it is letters; telephone and order numbers where it has digits."""
    word = word[:LONGEST_TOKEN]
    start = f"w{word}*" if len(word) > LONGEST_PREFIX else f"w{word}"
    if not word.isascii():
        return start
    if word.isalpha():
        return _any_of([start, _initials(word)])
    if word.isdecimal():
        return _any_of([start, f"n{word}", f"t{_national(word)}"])
    return _any_of([start, f"n{word}"])


def _initials(letters: str) -> Node:
    if len(letters) <= LONGEST_GRAM:
        return MARK + letters
    grams = (letters[start : start + LONGEST_GRAM] for start in range(len(letters) - LONGEST_GRAM + 1))
    return _all_of(MARK + gram for gram in grams)


def _all_of(parts: Iterable[Node]) -> Node:
    return _joined("and", parts)


def _any_of(parts: Iterable[Node]) -> Node:
    return _joined("or", parts)


def _joined(how: str, parts: Iterable[Node]) -> Node:
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else (how, distinct)


def _fts(node: Node) -> str:
    if isinstance(node, str):
        return f'"{node[:-1]}" *' if node.endswith("*") else f'"{node}"'
    how, parts = node
    return "(" + f" {how.upper()} ".join(map(_fts, parts)) + ")"


def _tsquery(node: Node) -> str:
    if isinstance(node, str):
        return f"'{node[:-1]}':*" if node.endswith("*") else f"'{node}'"
    how, parts = node
    return "(" + (" & " if how == "and" else " | ").join(map(_tsquery, parts)) + ")"
