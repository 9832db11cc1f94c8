"""Cells become values: clean text, whole minor units, whole quantities, numbers that stay text."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Generic, TypeVar

from app.money import to_minor
from app.services.intake.errors import (
    AbsurdAmountError,
    AbsurdQuantityError,
    AmountError,
    QuantityError,
    SpoiledNumberError,
)

MAX_AMOUNT = 100_000_000  # major units
MAX_QUANTITY = 1_000_000
EMPTY_WORDS = frozenset({"", "-", "--", "null", "NULL", "0000-00-00 00:00:00"})

_MEMO_LIMIT = 16_384
_MEMO_TEXT = 64  # characters; longer ones do not repeat
_MAX_DIGITS = 40
# Controls, lone surrogates, and the marks that turn or hide text on a screen.
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_SPOILED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
_FLOAT_ID = re.compile(r"(\d+)\.0+")
# Not NFKC: that would read 12² as 122.
_HALF_WIDTH = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: " ", 0xFFE5: "¥", 0x2212: "-"}
_CURRENCY = r"(?:[A-Z]{0,3}[¥$€£]|[A-Z]{3}|元|人民币)"
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<before>[-+]?)\s*{_CURRENCY}?\s*(?P<after>[-+]?)"
    rf"(?P<number>(?:\d+|\d{{1,3}}(?:,\d{{3}})+)(?:\.\d*)?|\.\d+)\s*{_CURRENCY}?\s*(?P<close>\))?"
)
_QUANTITY = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.0*)?")

V = TypeVar("V")
Price = tuple[int, Decimal | None]  # minor units; the exact price where it has more decimals than the currency


class Memo(dict[str, V], Generic[V]):
    """Remembers what a text was worth: the same prices and dates stand on thousands of rows."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[str], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> V:
        value = self._read(text)
        if len(text) <= _MEMO_TEXT:
            if len(self) >= _MEMO_LIMIT:
                self.clear()
            self[text] = value
        return value


def clean(text: str, empty: frozenset[str] = EMPTY_WORDS) -> str:
    """The cell without what platforms and Excel wrap around it: tabs, an apostrophe, ="…"; "" for words of `empty`."""
    text = text.strip()
    if text in empty:
        return ""
    if text[0] in "'=" or not text.isprintable():
        text = _unwrap(text)
        return "" if text in empty else text
    return text


def _unwrap(text: str) -> str:
    if text.startswith('="'):
        text = text[2:].removesuffix('"')
    if not text.isprintable():
        text = _UNSEEN.sub(" ", text).strip()
    if text[:1] == "'" and not (text[1:2].islower() and text[2:3] in ("-", " ")):  # 's-Hertogenbosch keeps its own
        text = text[1:].lstrip()
    return text


def clean_id(text: str) -> str:
    """A number that stays text: without the .0 of a spreadsheet; raises SpoiledNumberError for 1.23E+17."""
    if "+" in text and _SPOILED.fullmatch(text):
        raise SpoiledNumberError(text=text)
    whole = _FLOAT_ID.fullmatch(text) if "." in text else None
    return whole[1] if whole else text


def read_amount(text: str) -> Decimal:
    """The exact amount: ¥ $ signs, thousands separators, full-width digits, (…) for minus; raises AmountError."""
    plain = text.translate(_HALF_WIDTH).strip() if len(text) <= _MAX_DIGITS else ""
    found = _AMOUNT.fullmatch(plain)
    if not found or bool(found["open"]) != bool(found["close"]) or len(found["before"] + found["after"]) > 1:
        raise AmountError(text=text[:_MAX_DIGITS])
    amount = Decimal(found["number"].replace(",", ""))
    if amount > MAX_AMOUNT:
        raise AbsurdAmountError(text=text)
    minus = found["open"] or "-" in (found["before"], found["after"])
    return -amount if minus and amount else amount


def read_minor(text: str, currency: str = "CNY", places: int = 2) -> int:
    """The amount in minor units, half a unit rounded away from zero; a fast way for plain "123.45"."""
    whole, point, fraction = text.partition(".")
    if whole.isdecimal() and len(whole) < 9 and len(fraction) <= places:
        if not point:
            return int(whole + "0" * places)
        if fraction.isdecimal():
            return int(whole + fraction + "0" * (places - len(fraction)))
    return to_minor(read_amount(text), currency)


def read_price(text: str, currency: str = "CNY", places: int = 2) -> Price:
    """A unit price; it may have more decimals than the currency, then the exact price comes along."""
    minor = read_minor(text, currency, places)
    if len(text.rpartition(".")[2]) <= places or "." not in text:
        return minor, None
    exact = read_amount(text)
    return minor, exact if exact.scaleb(places) != minor else None


def read_quantity(text: str) -> int:
    """A whole quantity, negative ones too; raises QuantityError and AbsurdQuantityError."""
    if text.isdecimal() and len(text) < 7:
        return int(text)
    found = _QUANTITY.fullmatch(text.translate(_HALF_WIDTH)) if len(text) <= _MAX_DIGITS else None
    if not found:
        raise QuantityError(text=text[:_MAX_DIGITS])
    quantity = int(found[2].replace(",", ""))
    if quantity > MAX_QUANTITY:
        raise AbsurdQuantityError(text=text)
    return -quantity if found[1] else quantity
