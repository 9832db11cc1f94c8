"""Codes that scanners read: GTINs and their check digit, case codes and their units, a shop's own codes (rule P1)."""

import functools
from enum import StrEnum

from app.errors import InputError
from app.i18n import N_

LENGTHS = frozenset({8, 12, 13, 14})

_ZERO = ord("0")
_CASE = 14
_SHORT = 8
_VARIABLE = "9"  # the indicator of a case that is weighed: no unit belongs to it
_IN_STORE = ("2", "02", "04")  # of 13 digits: numbers that GS1 leaves to each shop
_IN_STORE_SHORT = ("0", "2")  # of 8 digits


class CodeKind(StrEnum):
    """Whose number a code is."""

    GTIN = "gtin"
    OWN = "own"


class CheckDigitError(InputError):
    """A number of a GTIN's length that was misread or mistyped."""

    message = N_("The barcode {code} is mistyped: its check digit would be {digit}.")


def check_digit(body: str) -> str:
    """The digit that belongs at the end of `body`, the other digits of a GTIN of any length."""
    digits = body.encode("ascii")
    tripled = digits[::-2]
    total = sum(digits) + 2 * sum(tripled) - _ZERO * (len(digits) + 2 * len(tripled))
    return str(-total % 10)


@functools.lru_cache(maxsize=16_384)  # an import asks several times of each code
def is_gtin(code: str) -> bool:
    """Whether `code` is a GTIN-8, -12, -13 or -14 with the right check digit; a row of zeros is none."""
    return _has_form(code) and check_digit(code[:-1]) == code[-1] and bool(code.strip("0"))


def kind_of(code: str) -> CodeKind:
    """Whose number a code is; raises CheckDigitError for what would be a GTIN but for its last digit."""
    if not _has_form(code) or is_in_store(code) or not code.strip("0"):
        return CodeKind.OWN
    if not is_gtin(code):
        raise CheckDigitError(code=code, digit=check_digit(code[:-1]))
    return CodeKind.GTIN


def is_in_store(code: str) -> bool:
    """Whether a number of a GTIN's length is one of those that every shop gives out itself."""
    if len(code) == _SHORT:
        return code.startswith(_IN_STORE_SHORT)
    return _has_form(code) and code.rjust(_CASE, "0")[1:].startswith(_IN_STORE)


def same_item(code: str) -> str:
    """One spelling of what scanners give as 8, 12, 13 or 14 digits; other codes stay as they are."""
    return code.rjust(_CASE, "0") if is_gtin(code) else code


def spellings(code: str) -> tuple[str, ...]:
    """Every way in which scanners give the same item; other codes have one."""
    if not is_gtin(code):
        return (code,)
    digits = code.lstrip("0")
    return tuple(digits.rjust(length, "0") for length in sorted(LENGTHS) if length >= len(digits))


def is_case(code: str) -> bool:
    """Whether `code` is a 14-digit code of a case of units that have a code of their own."""
    return len(code) == _CASE and is_gtin(code) and code[0] not in ("0", _VARIABLE)


def unit_of(code: str) -> str:
    """The 13-digit code of the unit in a case with the code `code`; "" where it is no case code."""
    if not is_case(code):
        return ""
    body = code[1:-1]
    return body + check_digit(body)


def _has_form(code: str) -> bool:
    return len(code) in LENGTHS and code.isascii() and code.isdigit()
