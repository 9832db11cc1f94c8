"""The text of a seal: what a sheet of paper carries to prove or disprove the database later (rule O5)."""

import re
from dataclasses import dataclass
from datetime import date

from app.errors import InputError
from app.i18n import N_

# Fixed widths, so that groups of four on paper fall between the parts; blanks and dashes are for the eye.
_SHAPE = re.compile(r"ZG1(\d{8})(\d{10})([0-9a-f]{32})", re.ASCII | re.IGNORECASE)
_FOR_THE_EYE = re.compile(r"[\s\-\u2010-\u2015\uff0d]+")


class SealUnreadableError(InputError):
    """Not the text of a seal."""

    message = N_("This is not a seal. A seal begins with ZG1 and has 53 letters and digits.")


@dataclass(frozen=True, slots=True)
class SealText:
    """Which entry sealed which day, and the first half of that entry's hash as hex."""

    day: date
    seq: int
    hash: str


def write_seal(day: date, seq: int, entry_hash: bytes) -> str:
    """The seal of the day that entry `seq` closed."""
    digits = day.isoformat().replace("-", "")  # strftime drops zeros of early years
    return f"ZG1-{digits}-{seq:010d}-{entry_hash.hex()[:32]}"


def read_seal(text: str) -> SealText:
    """Read a seal as typed or scanned; raises SealUnreadableError."""
    match = _SHAPE.fullmatch(_FOR_THE_EYE.sub("", text))
    if match is None:
        raise SealUnreadableError
    try:
        day = date(int(match[1][:4]), int(match[1][4:6]), int(match[1][6:]))
    except ValueError as error:
        raise SealUnreadableError from error
    return SealText(day, int(match[2]), match[3].lower())
