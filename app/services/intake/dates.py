"""Dates as platforms write them become milliseconds UTC, whatever the language of the computer."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.clock import to_ms
from app.services.intake.errors import DateError, ZoneError
from app.services.intake.values import Memo

Reader = Callable[[str], int]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_PARTS = {
    "Y": r"(?P<Y>\d{4})",
    "y": r"(?P<y>\d{2})",
    "m": r"(?P<m>\d{1,2})",
    "d": r"(?P<d>\d{1,2})",
    "H": r"(?P<H>\d{1,2})",
    "M": r"(?P<M>\d{2})",
    "S": r"(?P<S>\d{2})(?:[.,]\d{1,9})?",
    "b": r"(?P<b>[A-Za-z]{3})[a-z]*\.?",
    "p": r"(?P<p>[AaPp])\.?[Mm]\.?",
    "z": r"(?P<z>Z|[+-]\d{2}:?\d{2})",
}
_DIRECTIVE = re.compile(r"%([A-Za-z])")
_MINUTES = {f":{minute:02}": minute * 60_000 for minute in range(60)}
_SECONDS = {f":{second:02}": second * 1000 for second in range(60)}
_YEARS = range(1990, 2200)


def zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name; raises ZoneError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneError(text=name) from None


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A date pattern as a regular expression; raises ValueError for a directive that is not supported."""
    pieces: list[str] = []
    at = 0
    for found in _DIRECTIVE.finditer(pattern):
        if found[1] not in _PARTS:
            raise ValueError(found[0])
        pieces += [_literal(pattern[at : found.start()]), _PARTS[found[1]]]
        at = found.end()
    return re.compile("".join(pieces) + _literal(pattern[at:]))


def date_reader(patterns: Sequence[str], zone_name: str) -> Reader:
    """A reader of dates in one of `patterns`; those without an offset are times of `zone_name`. Raises DateError."""
    compiled = [compile_pattern(pattern) for pattern in patterns]
    place = zone(zone_name)
    hours = Memo(lambda text: _read_any(text, compiled, place))
    minutes = Memo(lambda text: hours[text[:13] + ":00:00"] + _MINUTES[text[13:]])
    others = Memo(lambda text: _read_any(text, compiled, place))

    def read(text: str) -> int:
        """Most dates are 2026-11-02 09:05:11, and many of a file fall into the same minute."""
        if len(text) == 19 and text[4] == "-" and text[10] == " " and text[13:16] in _MINUTES and text[16:] in _SECONDS:
            return minutes[text[:16]] + _SECONDS[text[16:]]
        return others[text]

    return read


def _read_any(text: str, compiled: Sequence[re.Pattern[str]], place: ZoneInfo) -> int:
    for pattern in compiled:
        found = pattern.fullmatch(text)
        if found:
            return _moment(text, found.groupdict(), place)
    raise DateError(text=text[:40])


def _moment(text: str, parts: dict[str, str | None], place: ZoneInfo) -> int:
    try:
        year = int(parts.get("Y") or 0) or 2000 + int(parts["y"] or "")
        month = _MONTHS.index((parts["b"] or "").lower()) + 1 if "b" in parts else int(parts["m"] or "")
        hour, minute, second = (int(parts.get(part) or 0) for part in "HMS")
        if parts.get("p"):
            hour = _from_twelve(hour, parts["p"] or "")
        if year not in _YEARS:
            raise DateError(text=text)
        where = _offset(parts.get("z")) or place
        return to_ms(datetime(year, month, int(parts["d"] or ""), hour, minute, second, tzinfo=where))
    except ValueError:
        raise DateError(text=text) from None


def _from_twelve(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half in "Pp" else 0)


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    size = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-size if text[0] == "-" else size)


def _literal(text: str) -> str:
    return re.sub(r"(?:\\ )+", lambda _spaces: r"\s+", re.escape(text))
