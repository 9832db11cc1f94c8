"""What somebody has not seen yet of a published roster: the bell tells it, that they looked is on record (D2, B2).

It is said of one's own shifts and turns on call from today on; what a colleague's swap changed, both have agreed to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from app.clock import office_day, to_ms
from app.i18n import _
from app.models.ledger import entries
from app.services.access import Context, Permission, requires
from app.services.duty.rules import DutyRules, rules_of
from app.services.duty.versions import FREE_WEEK, PUBLISHED, Codes, Told, told_of
from app.services.duty.weeks import WEEK, Week, days_from, line_key, weeks_between
from app.services.duty.words import cell_word
from app.services.ledger import open_ledger
from app.services.reminder import SOON, Reminder, What
from app.services.settings.values import load_settings

SEEN = "roster.seen"
AHEAD_WEEKS = 26  # nobody publishes further ahead
NAMED = 3  # changes of a week


@dataclass(frozen=True, slots=True)
class Change:
    """A cell of somebody's lines that is otherwise than they last saw it; codes, "" where free."""

    key: str
    day: date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class News:
    """A week's news for somebody: `fresh` where nothing of it was known before; `seq` is the last entry of it."""

    week: Week
    seq: int
    fresh: bool
    changes: tuple[Change, ...]


@requires(Permission.DUTY_OWN)
def roster_reminders(ctx: Context) -> list[Reminder]:
    """The person's own news, until they have looked at the roster."""
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        rules = rules_of(load_settings(conn).duty_rules)
        return [_reminder(one, rules) for one in _news(conn, _coming(conn, today), [ctx.person], today)[ctx.person]]


@requires(Permission.DUTY_OWN)
def see_roster(ctx: Context, first: date, last: date) -> None:
    """Put it on record that somebody has looked at what is new to them of these weeks; nothing where nothing is."""
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        found = _news(conn, weeks_between(conn, max(first, today), last).values(), [ctx.person], today)[ctx.person]
    if found:
        with ctx.writing() as conn:
            pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
            for news in found:
                pen.write(SEEN, news.week.id, {"published": news.seq})


def not_seen_by(conn: Connection, weeks: Iterable[Week], people: Sequence[int], today: date) -> list[int]:
    """Who of these people has not looked yet at what is new to them in these weeks."""
    return [person for person, news in _news(conn, weeks, people, today).items() if news]


def _coming(conn: Connection, today: date) -> Collection[Week]:
    return weeks_between(conn, today, today + timedelta(weeks=AHEAD_WEEKS)).values()


def _news(conn: Connection, weeks: Iterable[Week], people: Sequence[int], today: date) -> dict[int, list[News]]:
    """By person, week after week; who published it knows it."""
    kept = [week for week in weeks if week.published is not None]
    told: dict[date, list[Told]] = defaultdict(list)
    for one in told_of(conn, kept):
        told[one.monday].append(one)
    seen = _seen(conn, kept)
    found: dict[int, list[News]] = {person: [] for person in people}
    for week in kept:
        for person in people:
            news = _of_week(week, told[week.monday], person, seen.get((person, week.id), 0), today)
            if news is not None:
                found[person].append(news)
    return found


def _of_week(week: Week, told: Sequence[Told], person: int, seen: int, today: date) -> News | None:
    """What publications that somebody has neither made nor seen have changed for them, as far as it stands so now."""
    keys, first = (line_key(person), line_key(person, on_call=True)), dict[tuple[str, int], str]()
    known: Codes | None = None
    fresh, last = False, 0
    for one in told:
        after = one.after(known)
        if one.kind == PUBLISHED and one.seq > seen and one.person != person:
            fresh |= known is None
            last = one.seq
            for cell, code in _differing(known or {}, after, keys):
                first.setdefault(cell, code)
        known = after
    days = days_from(week.monday, WEEK)
    changes = [
        Change(key, days[number], before, now)
        for (key, number), before in sorted(first.items(), key=lambda item: (item[0][1], item[0][0]))
        if days[number] >= today and before != (now := (known or {}).get(key, FREE_WEEK)[number])
    ]
    return News(week, last, fresh, tuple(changes)) if changes else None


def _differing(before: Codes, after: Codes, keys: Sequence[str]) -> list[tuple[tuple[str, int], str]]:
    """Line and day of each cell that is not as it was, and what it was."""
    return [
        ((key, number), was)
        for key in keys
        for number, (was, now) in enumerate(zip(before.get(key, FREE_WEEK), after.get(key, FREE_WEEK), strict=True))
        if was != now
    ]


def _seen(conn: Connection, weeks: Sequence[Week]) -> Mapping[tuple[int, int], int]:
    """The last entry at which somebody looked at a week, by person and week."""
    e = entries.c
    wanted = (
        select(e.person, e.subject, func.max(e.seq).label("last"))
        .where(e.subject.in_([week.id for week in weeks]), e.kind == SEEN)
        .group_by(e.person, e.subject)
    )
    return {(row.person, row.subject): row.last for row in conn.execute(wanted)}


def _reminder(news: News, rules: DutyRules) -> Reminder:
    if news.fresh:
        last = days_from(news.week.monday, WEEK)[-1]
        title = f"{news.week.monday:%m-%d} — {last:%m-%d}"
        return Reminder(news.week.id, What.ROSTER_NEW, title, SOON, news.seq)
    told = [
        f"{one.day:%m-%d} {cell_word(rules, one.key, one.before)} → {cell_word(rules, one.key, one.after)}"
        for one in news.changes[:NAMED]
    ]
    title = _(", ").join(told) + (" …" if len(news.changes) > NAMED else "")
    return Reminder(news.week.id, What.ROSTER_CHANGED, title, SOON, news.seq)
