"""What goes onto the duty papers: frozen facts of the roster, already worded by who hands them over (rules D1, D2)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tone(StrEnum):
    """How a cell is set: the shades that kinds of shifts have, and what is no shift."""

    INFO = "info"
    WARN = "warn"
    DANGER = "danger"
    OK = "ok"
    PLAIN = "plain"  # a shift that the office has no longer
    LEAVE = "leave"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in a cell, with its hours where it is a shift."""

    text: str
    tone: Tone
    hours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyDay:
    """A day of the roster; `special` is its holiday, or for which one it is worked."""

    day: date
    free: bool
    special: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """When and by whom a week was published."""

    at: int
    by: str


@dataclass(frozen=True, slots=True)
class DutyWeek:
    """A week of the roster: published, a draft, or not planned at all."""

    days: tuple[DutyDay, ...]
    planned: bool
    published: Publication | None

    @property
    def draft(self) -> bool:
        """Whether the week is drawn and not published."""
        return self.planned and self.published is None


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Somebody's cells over all days; None where the week is not planned."""

    name: str
    post: str  # all of theirs
    marks: tuple[Mark | None, ...]
    main: str  # the post whose people they stand among


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a sign in the cells means."""

    mark: Mark
    name: str


@dataclass(frozen=True, slots=True)
class WallRoster:
    """The roster for the wall (值班表)."""

    weeks: tuple[DutyWeek, ...]
    lines: tuple[RosterLine, ...]
    service: tuple[tuple[int, int] | None, ...]  # of each day how many answer customers and how many are needed
    on_call: tuple[tuple[str, ...], ...]  # of each day their names
    short: frozenset[int]  # places of days with too few, or too many
    calls: frozenset[int]  # places of days with nobody, or too many, on call
    legend: tuple[LegendEntry, ...]
    unpublished: tuple[int, ...]  # years whose holidays are not known

    @property
    def days(self) -> tuple[DutyDay, ...]:
        """All days in order."""
        return tuple(day for week in self.weeks for day in week.days)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day of somebody's own sheet; no mark where the week is not planned."""

    day: DutyDay
    mark: Mark | None
    on_call: bool


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """A week of it, and the minutes that are worked in it."""

    week: DutyWeek
    days: tuple[OwnDay, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Turns:
    """How often somebody has something: in these weeks, and in the weeks before them."""

    name: str
    here: int
    before: int


@dataclass(frozen=True, slots=True)
class OwnRoster:
    """One person's weeks (个人值班单)."""

    name: str
    posts: str
    weeks: tuple[OwnWeek, ...]
    turns: tuple[Turns, ...]
    before_weeks: int  # so many weeks the turns look back
    unpublished: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CardPerson:
    """Somebody who is at work on the card's day."""

    name: str
    shift: str
    hours: tuple[str, ...]
    service: bool


@dataclass(frozen=True, slots=True)
class Route:
    """Where the hotline goes from one minute of the day to another; past 1440 it is the next day's morning."""

    start: int
    end: int
    to_desk: bool
    name: str
    number: str
    called: bool = False  # to whom the card names as on call


@dataclass(frozen=True, slots=True)
class DutyCard:
    """The card beside the telephone (值班卡)."""

    day: DutyDay
    planned: bool  # published; a draft is nothing to rely on
    on: tuple[CardPerson, ...]
    on_call: str
    number: str  # of who is on call
    routes: tuple[Route, ...]
