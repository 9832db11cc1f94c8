"""Cells of product files become values: money, stock, barcodes, degree, volume; each says what is wrong with it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from app.money import exponent
from app.services.catalog.check import LONGEST_CODE, MOST_PACKED
from app.services.catalog.draft import BarcodeDraft
from app.services.catalog.files.errors import (
    BarcodeError,
    CaseSizeError,
    CurrencyError,
    DecimalsError,
    MultiplierError,
    NegativeError,
    TextTooLongError,
)
from app.services.catalog.gtin import CheckDigitError, is_case, is_gtin, kind_of, same_item, unit_of
from app.services.catalog.naming import HIGHEST_DEGREE, LARGEST_VOLUME, read_degree, read_pieces, read_volume
from app.services.intake.errors import SpoiledNumberError
from app.services.intake.values import clean_id, read_amount, read_quantity

_FORMULA_ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BUSY!|ERROR!|#+)")
_GAPS = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f'’](?=\d{3}(?!\d))")  # 1 299,00 and 1'299.00
_PER_UNIT = re.compile(r"\s*/\s*[\u4e00-\u9fff]{1,2}$")  # 1299元/瓶
_COMMA_DECIMALS = re.compile(r"(\D*)(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2})(\D*)")
_NOISE = 10  # decimals that only a computer's division writes; 59.699999999999996
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+|\d[.,]\d+[eE]-?\d+")
_NEARLY = Decimal("1e-9")

_CASE = 14
_SEPARATORS = re.compile(r"[;；,，、|]+|(?<=\d{8})/(?=\d{8})")
_SPACES = re.compile(r"\s+")
_MULTIPLE = re.compile(
    r"(?P<code>.+?)\s*(?:[*×✕]\s*(?P<times>\d+)|[(（]\s*(?P<held>\d+)\s*\D?\s*[)）])\s*[瓶支罐听盒袋包个只]?"
)
_MULTIPLE_X = re.compile(r"(?P<code>\d{8,14})\s*[xX]\s*(?P<times>\d+)(?P<held>)")
_HALF_WIDTH = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: " "}

_DEGREE = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*(?:°|º|度|%|%?\s*vol\.?%?|%\s*vol)?", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Z]{3}")
_SIZE = re.compile(r"(?:\d+\s*[*×xX]\s*)?(\d{1,5})\s*[瓶支罐听盒袋包个只]?(?:\s*/\s*[箱件])?")
_PLAIN_VOLUME = re.compile(r"\d{2,6}(?:\.0+)?")


def is_formula_error(text: str) -> bool:
    """Whether a cell holds what a spreadsheet writes for a formula without a result."""
    return text[:1] == "#" and _FORMULA_ERRORS.fullmatch(text.upper()) is not None


def read_money(text: str, currency: str) -> int | None:
    """¥1,299.00, 1299元/瓶, 1 299,00 in minor units; a zero is a price not given. Raises a RowError."""
    places = exponent(currency)
    whole, point, fraction = text.partition(".")
    if whole.isdecimal() and len(whole) < 9 and len(fraction) <= places and (fraction.isdecimal() or not point):
        return int(whole + fraction.ljust(places, "0")) or None
    amount = _exact(read_amount(_plain_amount(text)), places)
    if amount < 0:
        raise NegativeError(text=text)
    if amount != int(amount):
        raise DecimalsError(text=text)
    return int(amount) or None


def read_currency(text: str) -> str:
    """A currency's three letters; raises CurrencyError."""
    if not _CURRENCY.fullmatch(text):
        raise CurrencyError(text=text)
    return text


def _plain_amount(text: str) -> str:
    plain = _GAPS.sub("", _PER_UNIT.sub("", text.translate(_HALF_WIDTH)))
    comma = _COMMA_DECIMALS.fullmatch(plain)
    if comma:
        plain = f"{comma[1]}{comma[2].replace('.', '')}.{comma[3]}{comma[4]}"
    return plain


def _exact(amount: Decimal, places: int) -> Decimal:
    """The amount in minor units, without the rounding noise of a computed cell."""
    minor = amount.scaleb(places)
    exponent_of = amount.as_tuple().exponent
    if isinstance(exponent_of, int) and -exponent_of >= _NOISE and abs(minor - round(minor)) < _NEARLY:
        return Decimal(round(minor))
    return minor


def read_stock(text: str) -> int:
    """A whole number of pieces, not below zero; raises a RowError."""
    count = read_quantity(text)
    if count < 0:
        raise NegativeError(text=text)
    return count


def read_size(text: str) -> int:
    """How many a case or pack holds: 6, 1*6, 6瓶/箱; raises MultiplierError."""
    found = _SIZE.fullmatch(text.removesuffix(".0").strip())
    size = int(found[1]) if found else read_pieces(text) or 0
    if not 1 <= size <= MOST_PACKED:
        raise MultiplierError(text=text, most=MOST_PACKED)
    return size


def degree_of(text: str) -> int | None:
    """The cell of a column of strengths in tenths of % vol; None where it cannot be told."""
    found = _DEGREE.fullmatch(text)
    if not found:
        return read_degree(text)
    tenths = Decimal(found[1]) * 10
    return int(tenths) if tenths == int(tenths) and tenths <= HIGHEST_DEGREE else None


def volume_of(text: str) -> int | None:
    """The cell of a column of volumes in ml; a number alone is in ml, below 10 it may be litres and is not told."""
    if _PLAIN_VOLUME.fullmatch(text):
        volume = int(text.partition(".")[0])
        return volume if 10 <= volume <= LARGEST_VOLUME else None
    return read_volume(text)


def read_code(text: str) -> str:
    """A shop's code of an article as text; raises a RowError for 1.23E+12 and what is too long."""
    if _SCIENTIFIC.fullmatch(text):
        raise SpoiledNumberError(text=text)
    code = clean_id(text)
    if len(code) > LONGEST_CODE:
        raise TextTooLongError(limit=LONGEST_CODE)
    return code


def read_barcodes(text: str, case_size: int | None = None) -> tuple[BarcodeDraft, ...]:
    """The codes of a cell, as in 690…;1690…*6; a case code without a number holds `case_size`. Raises a RowError."""
    if text.isdecimal() and text.isascii() and len(text) < _CASE:
        return (BarcodeDraft(_checked(text)),) if text.strip("0") else ()
    found = _codes(text)
    units = {same_item(code) for code, _times in found}
    return tuple(BarcodeDraft(code, times or _held(code, units, case_size)) for code, times in found)


def read_case_codes(text: str, case_size: int | None) -> tuple[BarcodeDraft, ...]:
    """The codes of a column of case codes; raises CaseSizeError where nothing says how many they hold."""
    found = _codes(text)
    for code, times in found:
        if times is None and case_size is None:
            raise CaseSizeError(text=code)
    return tuple(BarcodeDraft(code, times or case_size or 1) for code, times in found)


def _codes(text: str) -> list[tuple[str, int | None]]:
    found: dict[str, tuple[str, int | None]] = {}
    for part in _parts(text.translate(_HALF_WIDTH)):
        code, times = _multiple(part)
        if code.strip("0"):
            found.setdefault(same_item(code), (_checked(code), times))
    return list(found.values())


def _parts(text: str) -> Iterator[str]:
    for part in map(str.strip, _SEPARATORS.split(text)):
        together = _SPACES.sub("", part)
        several = part.split()
        if len(several) > 1 and not is_gtin(together) and all(len(each) >= 8 and each.isalnum() for each in several):
            yield from several
        elif part:
            yield together if is_gtin(together) else part


def _multiple(part: str) -> tuple[str, int | None]:
    found = _MULTIPLE_X.fullmatch(part) or _MULTIPLE.fullmatch(part)
    if not found:
        return part, None
    told = str(found["times"] or found["held"])
    times = int(told) if len(told) <= 6 else 0
    if not 1 <= times <= MOST_PACKED:
        raise MultiplierError(text=part, most=MOST_PACKED)
    return found["code"], times


def _checked(text: str) -> str:
    code = read_code(text)
    try:
        kind_of(code)
    except CheckDigitError as error:
        raise BarcodeError(reason=str(error)) from error
    return code


def _held(code: str, units: set[str], case_size: int | None) -> int:
    """How many pieces a code stands for that does not say it."""
    if not is_case(code):
        return 1
    if case_size is None and same_item(unit_of(code)) in units:
        raise CaseSizeError(text=code)
    return case_size or 1
