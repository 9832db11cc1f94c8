"""Rosters in the text format of the public benchmark of Curtois and Qu (schedulingbenchmarks.org, 2014).

Its rules are this program's rules: runs that touch the border of the horizon are long enough, nothing is known from
before, a request or a missing worker has a price. Sections may come in any order; lines with # are comments.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from app.errors import InputError
from app.i18n import N_
from app.services.duty.roster.problem import FREE, Cells, Cover, Problem, Shift, Wish, Worker

LONGEST_FILE = 20_000_000  # bytes; the largest published instance has 2 MB
MOST_DAYS = 800
MOST_NUMBER = 10_000_000

Line: TypeAlias = tuple[int, list[str]]  # its number in the file, its fields

_SECTIONS = {
    "SECTION_HORIZON": 1,
    "SECTION_SHIFTS": 3,
    "SECTION_STAFF": 8,
    "SECTION_DAYS_OFF": None,
    "SECTION_SHIFT_ON_REQUESTS": 4,
    "SECTION_SHIFT_OFF_REQUESTS": 4,
    "SECTION_COVER": 5,
}  # how many fields a line has
_NEEDED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER")


class RosterFileError(InputError):
    """A line of a benchmark's file that cannot be read."""

    message = N_("Line {line} of the roster file cannot be read: {text}")


class RosterSectionError(InputError):
    """A benchmark's file without a part it must have."""

    message = N_("The roster file has no usable part {section}.")


class RosterNotTextError(InputError):
    """Not a text file at all, or far too long."""

    message = N_("This is not a roster file: it is no text, or far too long.")


def read_problem(path: Path) -> Problem:
    """Read an instance; raises InputErrors that name the line, and OSError where the file cannot be opened."""
    return parse(_text(path))


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(LONGEST_FILE + 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RosterNotTextError from error
    if len(content) > LONGEST_FILE or "\0" in text:
        raise RosterNotTextError
    return text


def parse(text: str) -> Problem:
    """The problem that the text of an instance tells; raises InputErrors that name the line."""
    sections = _split(text)
    days = _days(sections["SECTION_HORIZON"])
    shifts = _shifts(sections["SECTION_SHIFTS"])
    codes = {shift.code: index for index, shift in enumerate(shifts)}
    staff = _names(sections["SECTION_STAFF"])
    read = _Reader(days, codes, staff)
    away = read.away(sections.get("SECTION_DAYS_OFF", []))
    workers = tuple(read.worker(line, away) for line in sections["SECTION_STAFF"])
    wishes = (
        *(read.wish(line, on=True) for line in sections.get("SECTION_SHIFT_ON_REQUESTS", [])),
        *(read.wish(line, on=False) for line in sections.get("SECTION_SHIFT_OFF_REQUESTS", [])),
    )
    covers = tuple(map(read.cover, sections["SECTION_COVER"]))
    return Problem(days, 0, shifts, workers, covers, wishes)


def assignment(problem: Problem, cells: Cells) -> dict[str, list[str]]:
    """Each worker's shift codes, a day each; "" is a day off."""
    return {
        worker.name: ["" if cell == FREE else problem.shifts[cell].code for cell in row]
        for worker, row in zip(problem.workers, cells, strict=True)
    }


def _split(text: str) -> dict[str, list[Line]]:
    sections: dict[str, list[Line]] = {}
    current: list[Line] | None = None
    fields: int | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line in _SECTIONS and line not in sections:
            current, fields = sections.setdefault(line, []), _SECTIONS[line]
            continue
        parts = [part.strip() for part in line.split(",")]
        if current is None or (fields is not None and len(parts) != fields):
            raise RosterFileError(line=number, text=line[:80])
        current.append((number, parts))
    for name in _NEEDED:
        if not sections.get(name):
            raise RosterSectionError(section=name)
    return sections


def _number(line: Line, text: str, most: int = MOST_NUMBER, least: int = 0) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 12 and least <= int(text) <= most):
        raise RosterFileError(line=line[0], text=",".join(line[1])[:80])
    return int(text)


def _known(line: Line, name: str, names: dict[str, int]) -> int:
    if name not in names:
        raise RosterFileError(line=line[0], text=",".join(line[1])[:80])
    return names[name]


def _days(lines: Sequence[Line]) -> int:
    if len(lines) > 1:
        raise RosterFileError(line=lines[1][0], text=",".join(lines[1][1])[:80])
    return _number(lines[0], lines[0][1][0], MOST_DAYS, 1)


def _names(lines: Sequence[Line]) -> dict[str, int]:
    names: dict[str, int] = {}
    for line in lines:
        name = line[1][0]
        if not name or name in names:
            raise RosterFileError(line=line[0], text=",".join(line[1])[:80])
        names[name] = len(names)
    return names


def _shifts(lines: Sequence[Line]) -> tuple[Shift, ...]:
    codes = _names(lines)
    shifts = []
    for line in lines:
        code, minutes, never = line[1]
        later = frozenset(_known(line, name, codes) for name in _listed(never))
        shifts.append(Shift(code, None, None, _number(line, minutes), later))
    return tuple(shifts)


def _listed(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.split("|")))


class _Reader:
    """Reads the lines that name days, shifts and workers already known."""

    def __init__(self, days: int, shifts: dict[str, int], staff: dict[str, int]) -> None:
        self._days = days
        self._shifts = shifts
        self._staff = staff

    def away(self, lines: Sequence[Line]) -> dict[int, frozenset[int]]:
        """The days off of each worker who has some."""
        days: dict[int, frozenset[int]] = {}
        for line in lines:
            worker = _known(line, line[1][0], self._staff)
            listed = frozenset(self._day(line, text) for text in line[1][1:] if text)
            days[worker] = days.get(worker, frozenset()) | listed
        return days

    def worker(self, line: Line, away: dict[int, frozenset[int]]) -> Worker:
        """A line of the staff."""
        name, listed, *limits = line[1]
        most_of = dict(self._most_of(line, listed))
        most, least, longest, shortest, shortest_break, weekends = (_number(line, text) for text in limits)
        return Worker(
            name,
            frozenset(self._shifts.values()),
            least_minutes=least,
            most_minutes=most,
            longest_run=longest,
            shortest_run=shortest,
            shortest_break=shortest_break,
            most_weekends=weekends,
            most_of={shift: count for shift, count in most_of.items() if count < self._days},
            away=away.get(self._staff[name], frozenset()),
        )

    def wish(self, line: Line, *, on: bool) -> Wish:
        """A line of requests to have a shift, or not to have it."""
        name, day, shift, weight = line[1]
        worker, of = _known(line, name, self._staff), _known(line, shift, self._shifts)
        return Wish(worker, self._day(line, day), frozenset({of}), on, _number(line, weight))

    def cover(self, line: Line) -> Cover:
        """A line of what is needed."""
        day, shift, wanted, under, over = line[1]
        shifts = frozenset({_known(line, shift, self._shifts)})
        numbers = (_number(line, text) for text in (wanted, under, over))
        needed, below, above = numbers
        return Cover(self._day(line, day), shifts, wanted=needed, under=below, over=above)

    def _most_of(self, line: Line, listed: str) -> Iterator[tuple[int, int]]:
        for part in _listed(listed):
            code, _equals, count = part.partition("=")
            yield _known(line, code.strip(), self._shifts), _number(line, count.strip())

    def _day(self, line: Line, text: str) -> int:
        return _number(line, text, self._days - 1)
