"""Telephone numbers as buyers write them: what is wrong with one, and where one stands in a text.

Sources: the ministry's numbering plan (电信网编号计划: mobile numbers 1[3-9], area codes of 2 or 3 digits behind a 0)
and ITU E.164 for numbers from abroad. A masked number cannot be verified and is no fault.
"""

import re
from dataclasses import dataclass

from app.i18n import N_, _

PROBLEMS = {
    "missing": N_("There is no telephone number."),
    "characters": N_("The telephone number contains something that is no digit."),
    "too_short": N_("The telephone number is too short."),
    "too_long": N_("The telephone number is too long."),
    "unknown": N_("There are no telephone numbers that begin like this."),
}

_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SEPARATORS = re.compile(r"[\s\-().·_—–]+")
_SEVERAL = re.compile(r"[/、;,|]")
_EXTENSION = re.compile(
    r"(?:[-\s,]*(?:转|分机|ext\.?|x|#)\s*\d{1,6}|\[\d{1,6}\]|(?<=\d{7})\s*[-,—]\s*\d{1,6})$", re.IGNORECASE
)
_CROSSED_OUT = re.compile("[xX•＊]{2,}")
_CHINA = re.compile(r"(?:\+|00)?86(\d{10,12})")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}")
_SERVICE = re.compile(r"[48]00\d{7}")
_HONG_KONG_MACAO = re.compile(r"[235-9]\d{7}")
_TAIWAN = re.compile(r"0[249]\d{8}|0[3-8]\d{7}")
_ABROAD = re.compile(r"(?:\+|00)(?!86)[1-9]\d{6,14}")
_NORTH_AMERICA = re.compile(r"(?:1[-. ])?\(?[2-9]\d{2}\)?[-. ]\d{3}[-. ]\d{4}")
_GOOD = (_MOBILE, _LANDLINE, _SERVICE, _HONG_KONG_MACAO, _TAIWAN, _ABROAD)

LONGEST_MASKED = 20


def phone_problem(text: str) -> str | None:
    """What is wrong with a telephone number, as a key of PROBLEMS; None for a good or a masked one.

    Of several numbers one good one is enough.
    """
    if _MOBILE.fullmatch(text):
        return None
    plain = _CROSSED_OUT.sub("**", text.translate(_FULL_WIDTH)).strip(" \t'\"")
    if not plain:
        return "missing"
    if _EXTENSION.search(plain) is None and _SEVERAL.search(plain):
        problems = [_problem(part.strip()) for part in _SEVERAL.split(plain) if part.strip()]
        return None if None in problems or not problems else problems[0]
    return _problem(plain)


def phone_sentence(problem: str) -> str:
    """The sentence for a key of PROBLEMS, in the language in use."""
    return _(PROBLEMS[problem])


def _problem(plain: str) -> str | None:
    if _NORTH_AMERICA.fullmatch(plain):
        return None
    digits = _at_home(_SEPARATORS.sub("", _EXTENSION.sub("", plain)))
    if any(pattern.fullmatch(digits) for pattern in _GOOD):
        return None
    if "*" in digits:
        return None if len(digits) <= LONGEST_MASKED and re.fullmatch(r"\+?[\d*]+", digits) else "characters"
    if not re.fullmatch(r"\+?[0-9]+", digits):
        return "characters"
    return _length_problem(digits.lstrip("+"))


def _at_home(digits: str) -> str:
    """A Chinese number with country code as one dials it within the country."""
    china = _CHINA.fullmatch(digits)
    if china is None:
        return digits
    return china[1] if _MOBILE.fullmatch(china[1]) or china[1].startswith("0") else "0" + china[1]


def _length_problem(digits: str) -> str:
    shortest, longest = (11, 12) if digits[0] == "0" else (11, 11)
    if len(digits) < shortest:
        return "too_short"
    return "too_long" if len(digits) > longest else "unknown"


# ---- finding one


@dataclass(frozen=True, slots=True)
class FoundPhone:
    """A telephone number in a text: in one spelling, and from where to where it stands."""

    number: str
    start: int
    end: int


_EXT = r"(?:\s*(?:转|分机|ext\.?|-|—)\s*(\d{1,6})(?!\d))?"
_FIND = (
    # A mobile number, with country code, spaces or dashes, masked, with extension.
    re.compile(
        rf"(?<![\d*])(?:(?:\+|00)?86[-\s]*)?(1[3-9][\d*])[-\s]?([\d*]{{4}})[-\s]?([\d*]{{4}})(?![\d*]){_EXT}",
        re.IGNORECASE,
    ),
    # A mobile number that a room number runs into: its last eleven digits.
    re.compile(r"(?<=\d)(1[3-9]\d)(\d{4})(\d{4})(?!\d)()"),
    # A landline, with area code.
    re.compile(
        rf"(?<!\d)(?:\+?86[-\s]*)?[(（]?(0(?:10|2\d|[3-9]\d{{2}}))[)）]?[-\s]*(\d{{7,8}})()(?!\d){_EXT}", re.IGNORECASE
    ),
    re.compile(r"(?<!\d)([48]00)[-\s]?(\d{3,4})[-\s]?(\d{3,4})(?!\d)()"),
)
_FIND_ABROAD = re.compile(r"(?<![\d+])(?:\+(?!86)[1-9](?:[-\s]?\d){6,14}|09\d{2}[-\s]?\d{3}[-\s]?\d{3})(?!\d)")
GLUED = 4  # so many digits of a room number may stand before a mobile number


def find_phone(text: str) -> FoundPhone | None:
    """The first telephone number in `text`, the surest kind first."""
    for place, pattern in enumerate(_FIND):
        for match in pattern.finditer(text):
            if place == 1 and not _is_glued(text, match.start()):
                continue
            return FoundPhone(_spelled(match), match.start(), match.end())
    abroad = _FIND_ABROAD.search(text)
    return abroad and FoundPhone(_SEPARATORS.sub("", abroad[0]), abroad.start(), abroad.end())


def _is_glued(text: str, start: int) -> bool:
    """Whether only a few digits stand before: else it is the end of an order number."""
    before = re.search(r"\d*$", text[:start])
    return before is not None and len(before[0]) <= GLUED


def _spelled(match: re.Match[str]) -> str:
    area, middle, last, extension = match.groups()
    number = f"{area}-{middle}" if area.startswith("0") else f"{area}{middle}{last}"
    return f"{number}-{extension}" if extension else number
