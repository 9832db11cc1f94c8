"""A file with the public holidays of a year: taken whole, or refused with everything that is wrong in it."""

import codecs
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from json.decoder import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any

from app.errors import InputError, system_reason
from app.i18n import N_, _, ngettext
from app.services.duty.holidays import HolidayYear, SpecialDay

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "holidays"
MOST_BYTES = 1 << 20
MOST_DAYS = 400  # of a year and of what it moves of its neighbours
MOST_TOLD = 8  # faults; who has mended so many takes the file again
EARLIEST, LATEST = 2000, 2200
LONGEST_NAME = 60
LONGEST_SHOWN = 40  # characters of what stands in the file
_EDGE = timedelta(days=15)  # a year's paper may move days of the neighbouring years
_BLANKS = " \t\r\n"


class HolidayFileError(InputError):
    """A file of holidays that cannot be taken."""

    message = N_("The holiday file {file} cannot be used: {detail}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the list of days; `where` says at which line of the file, or which of the list it is."""

    told: Any
    where: str


def read_holidays(path: Path) -> HolidayYear:
    """The year of a file that somebody was given; raises HolidayFileError with all that is wrong in it."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        text = _text(content)
        data = _data(text)
        return _year(data, _entries(data, _lines(text)))
    except OSError as error:
        raise HolidayFileError(file=path.name, detail=system_reason(error)) from error
    except ValueError as error:
        raise HolidayFileError(file=path.name, detail=error) from error


def year_of(data: Any) -> HolidayYear:
    """The year that plain data tell; raises ValueError with sentences, one a line."""
    return _year(data, _entries(data, ()))


@lru_cache(maxsize=1)
def shipped_years() -> tuple[HolidayYear, ...]:
    """The years that the program came with."""
    return tuple(read_holidays(path) for path in sorted(FOLDER.glob("*.json")))


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise ValueError(_("it is larger than 1 MB; the public holidays of a year are far smaller."))
    if not content.strip():
        raise ValueError(_("it is empty."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ValueError(_("it is no text but another kind of file.")) from error
        told = _("it is not saved as UTF-8. Open it in an editor and save it with that encoding.")
        raise ValueError(told) from error
    if "\0" in text:
        raise ValueError(_("it is no text but another kind of file."))
    return text


def _data(text: str) -> Any:
    """The plain data of a file; of what is not written as JSON only the first place can be told."""
    try:
        return json.loads(text)
    except JSONDecodeError as error:
        told = _("line {line} cannot be read: a comma, bracket or quotation mark is missing there or too much.")
        raise ValueError(told.format(line=error.lineno)) from error
    except (ValueError, RecursionError) as error:
        raise ValueError(_("it is no list of public holidays.")) from error


def _lines(text: str) -> Sequence[int]:
    """At which lines of a JSON text the entries of its list of days begin."""
    decoder, at, found = JSONDecoder(), _skip(text, 0) + 1, list[int]()
    while text[at - 1 : at] in ("{", ",") and text[(at := _skip(text, at)) : at + 1] == '"':
        name, at = decoder.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if name == "days" and text[at] == "[":
            found = [*_numbered(text, _places(decoder, text, at))]
        at = _skip(text, decoder.raw_decode(text, at)[1]) + 1
    return found


def _places(decoder: JSONDecoder, text: str, at: int) -> Iterator[int]:
    """Where the elements of the list that begins at a place begin."""
    while text[at] != "]" and text[(at := _skip(text, at + 1))] != "]":
        yield at
        at = _skip(text, decoder.raw_decode(text, at)[1])


def _numbered(text: str, places: Iterator[int]) -> Iterator[int]:
    """The numbers of the lines that places, in their order, are in."""
    line, seen = 1, 0
    for place in places:
        line, seen = line + text.count("\n", seen, place), place
        yield line


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in _BLANKS:
        at += 1
    return at


def _entries(data: Any, lines: Sequence[int]) -> list[_Entry]:
    if not isinstance(data, Mapping) or not isinstance(data.get("days"), list) or not data["days"]:
        raise ValueError(_("there is no list of days in it."))
    days = data["days"]
    if len(days) > MOST_DAYS:
        raise ValueError(_("it lists {count} days; a year has fewer.").format(count=len(days)))
    if len(set(lines)) == len(days):
        return [_Entry(told, _("line {line}").format(line=line)) for told, line in zip(days, lines, strict=True)]
    return [_Entry(told, _("entry {place}").format(place=place)) for place, told in enumerate(days, start=1)]


def _year(data: Mapping[str, Any], entries: Sequence[_Entry]) -> HolidayYear:
    year, faults, days = data.get("year"), list[str](), dict[date, tuple[SpecialDay, str]]()
    if type(year) is not int or not EARLIEST <= year <= LATEST:
        faults.append(_("it does not say which year it is about."))
        year = None
    for entry in entries:
        wrong = [*_faults(entry.told, year)]
        if not wrong:
            special = SpecialDay(_day_of(entry.told) or date.min, _name_of(entry.told), entry.told["isOffDay"])
            before = days.setdefault(special.day, (special, entry.where))
            wrong = [*_doubled(special, *before)]
        faults += [_("{where}: {fault}").format(where=entry.where, fault=fault) for fault in wrong]
    if faults or year is None:
        raise ValueError(_told(faults))
    return HolidayYear(year, tuple(days[day][0] for day in sorted(days)))


def _told(faults: Sequence[str]) -> str:
    """One alone ends the sentence that names the file; more stand below it."""
    if len(faults) == 1:
        return faults[0]
    shown = list(faults[:MOST_TOLD])
    if more := len(faults) - len(shown):
        shown.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    return "\n".join(["", *shown])


def _faults(told: Any, year: int | None) -> Iterator[str]:
    """What is wrong with one entry by itself."""
    if not isinstance(told, Mapping):
        yield _("“{entry}” is no entry with a date, a name and whether the day is off.").format(entry=_shown(told))
        return
    day = _day_of(told)
    if day is None and "date" not in told:
        yield _("the date is missing.")
    elif day is None:
        yield _("“{entry}” is no date; a date is written like {like}.").format(
            entry=_shown(told["date"]), like=f"{year or EARLIEST}-10-01"
        )
    elif year is not None and not date(year, 1, 1) - _EDGE <= day <= date(year, 12, 31) + _EDGE:
        yield _("{day} is not in the year {year}.").format(day=day.isoformat(), year=year)
    if not 0 < len(_name_of(told)) <= LONGEST_NAME:
        yield _("the name of the holiday is missing or longer than {most} characters.").format(most=LONGEST_NAME)
    if type(told.get("isOffDay")) is not bool:
        yield _("it is not said whether the day is off (“isOffDay” is true) or worked (false).")


def _doubled(special: SpecialDay, before: SpecialDay, where: str) -> Iterator[str]:
    """What is wrong with a day as there is another entry of it."""
    day = special.day.isoformat()
    if special.off != before.off:
        yield _("{day} is both a day off and a workday (see {where}).").format(day=day, where=where)
    elif special is not before:
        yield _("{day} stands in it twice (see {where}).").format(day=day, where=where)


def _day_of(told: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(told.get("date", ""))
    except (TypeError, ValueError):
        return None


def _name_of(told: Mapping[str, Any]) -> str:
    """A name in one line; "" where it is none, or holds halves of characters that nothing can keep."""
    name = told.get("name")
    told_name = " ".join(name.split()) if isinstance(name, str) else ""
    return told_name if told_name.isprintable() else ""


def _shown(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False).encode(errors="replace").decode()[:LONGEST_SHOWN].strip('"')
