"""The duty rules (排班规则) of an office as data: kinds of shifts, whom a day needs, contracts (rules D1, D2).

Kept as one setting. Minutes are counted from midnight; a kind may have several windows (a split shift).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.i18n import N_, _
from app.models.people import Post
from app.services.duty.holidays import Holidays
from app.services.duty.service_calendar import Windows

HOUR = 60
ON_CALL = "+"  # behind a person's number: the line of their on-call days


class DayKind(StrEnum):
    """What a day is to the roster: its weekday, unless the state has moved it (法定节假日、调休)."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"  # a weekend day that is worked


WEEKDAYS = tuple(DayKind)[:5]
WORKED = frozenset({*WEEKDAYS, DayKind.MAKE_UP})
FREE_DAYS = frozenset({DayKind.SATURDAY, DayKind.SUNDAY, DayKind.HOLIDAY})


class Shade(StrEnum):
    """The colour of a kind's cells."""

    INFO = "info"
    WARN = "warn"
    DANGER = "danger"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class ShiftKind:
    """A kind of shift; `minutes` is what counts as work, breaks left out.

    Cells, needs and wishes name it by `code`, which never changes; people read its sign: see DutyRules.sign.
    """

    code: str
    name: str
    windows: Windows
    minutes: int
    posts: tuple[Post, ...]
    shade: Shade = Shade.INFO
    evening: bool = False  # counted as an evening
    service: bool = False  # who is asked for in it answers the customers
    never_next: tuple[str, ...] = ()  # kinds that may not come on the day after it

    @property
    def lasts(self) -> int:
        """Minutes from beginning to end, breaks and all."""
        return sum(end - start for start, end in self.windows)


@dataclass(frozen=True, slots=True)
class Demand:
    """How many of these posts (none named: all) work one of these kinds on such a day.

    `least` is a must, `wanted` a wish, `most` a must again.
    """

    name: str
    days: frozenset[DayKind]
    shifts: tuple[str, ...]
    posts: tuple[Post, ...]
    least: int
    wanted: int
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """What binds the plan of a post or a person: minutes a week, days in a row, rest in minutes between two shifts."""

    week_least: int = 0
    week_most: int = 48 * HOUR
    longest_run: int = 6
    shortest_break: int = 1
    least_rest: int = 11 * HOUR
    most_weekends: int | None = None  # in four weeks
    off_days: frozenset[DayKind] = frozenset()  # never worked


@dataclass(frozen=True, slots=True)
class Weights:
    """What a plan pays for: one missing below what is wanted, unequal turns, a wish not met, a changed cell."""

    under: int = 100
    over: int = 10
    weekends: int = 30
    evenings: int = 10
    holidays: int = 30
    on_call: int = 20
    changed: int = 4


@dataclass(frozen=True, slots=True)
class DutyRules:
    """All of them."""

    shifts: tuple[ShiftKind, ...] = ()
    demands: tuple[Demand, ...] = ()
    contracts: Mapping[Post, Contract] = field(default_factory=dict)
    own: Mapping[int, Contract] = field(default_factory=dict)  # by person, instead of the post's
    on_call_posts: tuple[Post, ...] = (Post.LEAD, Post.MANAGER)
    weights: Weights = Weights()
    signs: Mapping[str, str] = field(
        default_factory=dict
    )  # by code, of kinds that bear another sign; also of gone ones

    def sign(self, code: str) -> str:
        """What people read in the cells of a kind (代号), in the language in use."""
        return shown(self.signs.get(code, code))

    def kind(self, code: str) -> ShiftKind | None:
        """The kind with a code; None where the office has it no longer."""
        return next((one for one in self.shifts if one.code == code), None)

    def answers(self, kind: ShiftKind, posts: Sequence[Post]) -> bool:
        """Whether somebody with these posts answers the customers in such a shift: those that a need asks for do."""
        asked = [need.posts for need in self.demands if kind.code in need.shifts]
        return kind.service and (not asked or any(not of or set(of) & set(posts) for of in asked))

    def contract(self, person: int, posts: Sequence[Post]) -> Contract:
        """What binds a person: their own contract, else that of their first post that has one."""
        if person in self.own:
            return self.own[person]
        return next((self.contracts[post] for post in posts if post in self.contracts), Contract())


def day_kind(day: date, holidays: Holidays) -> DayKind:
    """What a day is: a holiday, a weekend day that is worked, or its weekday."""
    special, plain = holidays.special(day), tuple(DayKind)[day.weekday()]
    if special is None:
        return plain
    if special.off:
        return DayKind.HOLIDAY
    return DayKind.MAKE_UP if plain in FREE_DAYS else plain


def _at(start: float, end: float) -> tuple[int, int]:
    return round(start * HOUR), round(end * HOUR)


_DESK = (Post.SERVICE, Post.LEAD)
_OFFICE = (Post.PLANNER, Post.LISTING, Post.DESIGN, Post.IT, Post.FINANCE, Post.MARKETING)
_DAILY = Contract(week_least=35 * HOUR, week_most=44 * HOUR, off_days=FREE_DAYS)

# What an office begins with (rules D1, D2): its words are translated as long as the office has not changed them.
DEFAULT_RULES = DutyRules(
    shifts=(
        ShiftKind("8:30", N_("Early shift"), (_at(8.5, 17),), 450, (*_DESK, *_OFFICE), Shade.INFO, service=True),
        ShiftKind("12:30", N_("Late shift"), (_at(12.5, 21),), 450, _DESK, Shade.WARN, evening=True, service=True),
        ShiftKind(N_("Duty"), N_("Weekend duty"), (_at(8.5, 21),), 690, _DESK, Shade.DANGER, service=True),
        ShiftKind(
            "18-21", N_("Evening duty"), (_at(8.5, 12), _at(18, 21)), 390, (Post.LISTING,), Shade.DANGER, evening=True
        ),
        ShiftKind("8:30-21", N_("Sunday duty"), (_at(8.5, 21),), 690, (Post.LISTING,), Shade.DANGER, evening=True),
        ShiftKind("18-20", N_("Restaurant desk"), (_at(8.5, 13), _at(18, 20)), 390, _DESK, Shade.WARN, evening=True),
        ShiftKind(N_("Deliver"), N_("Delivery"), (_at(9, 18),), 480, (Post.DELIVERY,), Shade.OK),
    ),
    demands=(
        Demand(N_("Service, early"), WORKED, ("8:30",), _DESK, 1, 1),
        Demand(N_("Service, late"), WORKED, ("12:30",), _DESK, 1, 1),
        Demand(N_("Service, weekend"), FREE_DAYS, ("Duty",), _DESK, 1, 1, 1),
        Demand(N_("Evening duty"), WORKED, ("18-21",), (Post.LISTING,), 0, 1),
        Demand(N_("Sunday duty"), frozenset({DayKind.SUNDAY}), ("8:30-21",), (Post.LISTING,), 0, 1),
        Demand(N_("Restaurant desk"), WORKED, ("18-20",), _DESK, 0, 0, 1),
        Demand(N_("Delivery"), WORKED | {DayKind.SATURDAY}, ("Deliver",), (Post.DELIVERY,), 0, 1),
    ),
    contracts={
        **dict.fromkeys(_DESK, Contract(week_least=22 * HOUR, week_most=44 * HOUR)),
        **dict.fromkeys(_OFFICE, _DAILY),
        Post.LISTING: Contract(week_least=24 * HOUR, week_most=48 * HOUR),
        Post.DELIVERY: Contract(week_least=24 * HOUR, week_most=48 * HOUR),
        Post.MANAGER: _DAILY,
        Post.DIRECTOR: _DAILY,
    },
)


_DEFAULT_WORDS = (
    *(kind.name for kind in DEFAULT_RULES.shifts),
    *(need.name for need in DEFAULT_RULES.demands),
    *(kind.code for kind in DEFAULT_RULES.shifts),
)


def shown(word: str) -> str:
    """A name or a code in the language in use; one that the office has given stays as it is."""
    return _(word) if word in _DEFAULT_WORDS else word


def kept(typed: str, before: str) -> str:
    """What is kept of a name or code that was typed: the word it was, or a default one, where it reads the same."""
    text = " ".join(typed.split())
    return next((word for word in (before, *_DEFAULT_WORDS) if shown(word) == text), text)


def with_codes(rules: DutyRules, codes: Mapping[str, str]) -> DutyRules:
    """The rules with other codes, put in wherever a kind is named: for kinds that no cell names yet."""
    return replace(
        rules,
        shifts=tuple(
            replace(one, code=codes.get(one.code, one.code), never_next=_renamed(one.never_next, codes))
            for one in rules.shifts
        ),
        demands=tuple(replace(one, shifts=_renamed(one.shifts, codes)) for one in rules.demands),
    )


def _renamed(named: Sequence[str], codes: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(codes.get(code, code) for code in named)


def written(rules: DutyRules) -> dict[str, Any]:
    """The rules as the setting keeps them: plain values."""
    return {
        "shifts": [_kind_out(one) for one in rules.shifts],
        "demands": [_demand_out(one) for one in rules.demands],
        "contracts": {post.value: _contract_out(one) for post, one in rules.contracts.items()},
        "own": {str(person): _contract_out(one) for person, one in rules.own.items()},
        "on_call_posts": [post.value for post in rules.on_call_posts],
        "weights": {name: getattr(rules.weights, name) for name in Weights.__dataclass_fields__},
        "signs": dict(rules.signs),
    }


def rules_of(kept: Mapping[str, Any]) -> DutyRules:
    """The rules that a setting says; an office that has chosen none has the default ones."""
    if not kept:
        return DEFAULT_RULES
    return DutyRules(
        tuple(map(_kind_in, kept["shifts"])),
        tuple(map(_demand_in, kept["demands"])),
        {Post(post): _contract_in(one) for post, one in kept["contracts"].items()},
        {int(person): _contract_in(one) for person, one in kept["own"].items()},
        tuple(map(Post, kept["on_call_posts"])),
        Weights(**kept["weights"]),
        kept.get("signs", {}),
    )


def _kind_out(kind: ShiftKind) -> dict[str, Any]:
    plain = {name: getattr(kind, name) for name in ("code", "name", "minutes", "evening", "service")}
    return plain | {
        "windows": [list(window) for window in kind.windows],
        "posts": [post.value for post in kind.posts],
        "shade": kind.shade.value,
        "never_next": list(kind.never_next),
    }


def _kind_in(kept: Mapping[str, Any]) -> ShiftKind:
    windows = tuple((start, end) for start, end in kept["windows"])
    return ShiftKind(
        kept["code"], kept["name"], windows, kept["minutes"], tuple(map(Post, kept["posts"])), Shade(kept["shade"]),
        kept["evening"], kept["service"], tuple(kept["never_next"]),
    )  # fmt: skip


def _demand_out(demand: Demand) -> list[Any]:
    d = demand
    return [d.name, sorted(d.days), list(d.shifts), [post.value for post in d.posts], d.least, d.wanted, d.most]


def _demand_in(kept: Sequence[Any]) -> Demand:
    name, days, shifts, posts, least, wanted, most = kept
    of = tuple(map(Post, posts))
    return Demand(name, frozenset(map(DayKind, days)), tuple(shifts), of, least, wanted, most)


def _contract_out(contract: Contract) -> list[Any]:
    c = contract
    return [
        c.week_least, c.week_most, c.longest_run, c.shortest_break, c.least_rest, c.most_weekends, sorted(c.off_days)
    ]  # fmt: skip


def _contract_in(kept: Sequence[Any]) -> Contract:
    least, most, run, pause, rest, weekends, off_days = kept
    return Contract(least, most, run, pause, rest, weekends, frozenset(map(DayKind, off_days)))
