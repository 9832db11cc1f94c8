"""What somebody has not seen yet of a published roster: the bell tells it, that they looked is on record (D2, B2).

It is said of one's own shifts and turns on call from today on; what a colleague's swap changed, both have agreed to.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.clock import office_day, to_ms
from app.i18n import _
from app.models.ledger import entries
from app.services.access import Context, Permission, requires
from app.services.duty.lines import away_of
from app.services.duty.rules import DutyRules, rules_of
from app.services.duty.versions import PUBLISHED, Told, told_of
from app.services.duty.weeks import WEEK, Week, days_from, line_key, published_weeks
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
    """A week's news for somebody: `fresh` where nothing of it was known before; `seq` is its last publication."""

    week: int
    monday: date
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
def see_roster(ctx: Context, seen: Mapping[date, int]) -> None:
    """Put it on record that somebody has looked at weeks, and at what of them; nothing where that is no news to them.

    `seen` is the last entry of each week that was shown (`Span.told`): what was published since is news all the same.
    """
    if not seen:
        return
    with ctx.reading() as conn:
        weeks = {week: monday for week, monday in published_weeks(conn, min(seen), max(seen)).items() if monday in seen}
        found = _news(conn, weeks, [ctx.person], office_day(ctx.clock), seen)[ctx.person]
    if found:
        with ctx.writing() as conn:
            pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
            for news in found:
                pen.write(SEEN, news.week, {"published": news.seq})


def not_seen_by(conn: Connection, weeks: Iterable[Week], people: Sequence[int], today: date) -> list[int]:
    """Who of these people has not looked yet at what is new to them in these weeks."""
    known = {week.id: week.monday for week in weeks if week.published is not None}
    return [person for person, news in _news(conn, known, people, today).items() if news]


def _coming(conn: Connection, today: date) -> Mapping[int, date]:
    return published_weeks(conn, today, today + timedelta(weeks=AHEAD_WEEKS))


def _news(
    conn: Connection,
    weeks: Mapping[int, date],
    people: Sequence[int],
    today: date,
    shown: Mapping[date, int] | None = None,
) -> dict[int, list[News]]:
    """By person, week after week; `shown` is the last entry of each week to go by, where it is not all of them.

    Only of weeks that somebody has not seen as they are the cells are read: the bell asks again and again.
    """
    seen = _seen(conn, weeks, people)
    asked = [
        (person, week)
        for week, deeds in _publications(conn, weeks, shown).items()
        for person in people
        if any(seq > seen.get((person, week), 0) and by != person for seq, by in deeds)
    ]
    told: dict[date, list[Told]] = defaultdict(list)
    for one in told_of(conn, {week: weeks[week] for _person, week in asked}):
        if shown is None or one.seq <= shown[one.monday]:
            told[one.monday].append(one)
    away = away_of(conn, [day for monday in sorted(told) for day in days_from(monday, WEEK)]) if told else {}
    found: dict[int, list[News]] = {person: [] for person in people}
    for person, week in asked:
        monday, off = weeks[week], away.get(person, ())
        days = [day for day in days_from(monday, WEEK) if day >= today and day not in off]
        changes = _of_week(week, monday, told[monday], person, seen.get((person, week), 0), days)
        if changes is not None:
            found[person].append(changes)
    return found


def _publications(
    conn: Connection, weeks: Mapping[int, date], shown: Mapping[date, int] | None
) -> Mapping[int, Sequence[tuple[int, int]]]:
    """When each of these weeks was published and by whom, as far as it was shown, the weeks in their order."""
    e = entries.c
    found: dict[int, list[tuple[int, int]]] = {week: [] for week in weeks}
    wanted = select(e.seq, e.person, e.subject).where(e.subject.in_(weeks), e.kind == PUBLISHED)
    for row in conn.execute(wanted):
        if shown is None or row.seq <= shown[weeks[row.subject]]:
            found[row.subject].append((row.seq, row.person))
    return found


def _of_week(
    week: int, monday: date, told: Sequence[Told], person: int, seen: int, told_days: Collection[date]
) -> News | None:
    """What is otherwise than somebody knows it: who publishes a week has seen it, who swaps has agreed to it.

    Nobody works on a day that is over, nor on one of leave: what is published for it is no news.
    """
    keys = (line_key(person), line_key(person, on_call=True))
    known, now = dict[tuple[str, int], str](), dict[tuple[str, int], str]()
    fresh, last = False, 0
    for one in told:
        cells = {(key, number): code for key, number, code in one.cells(keys)}
        if one.kind == PUBLISHED and one.seq > seen and one.person != person:
            fresh |= not now and any(cells.values())
            last = one.seq
        else:
            known |= cells
            fresh &= one.kind != PUBLISHED
        now |= cells
    days = days_from(monday, WEEK)
    changes = [
        Change(key, days[number], before, code)
        for (key, number), code in sorted(now.items(), key=lambda item: (item[0][1], item[0][0]))
        if days[number] in told_days and (before := known.get((key, number), "")) != code
    ]
    return News(week, monday, last, fresh, tuple(changes)) if changes else None


def _seen(conn: Connection, weeks: Mapping[int, date], people: Sequence[int]) -> Mapping[tuple[int, int], int]:
    """The last publication of a week that somebody looked at, by person and week."""
    e = entries.c
    wanted = select(e.seq, e.person, e.subject, e.content).where(
        e.subject.in_(weeks), e.kind == SEEN, e.person.in_(people)
    )
    found: dict[tuple[int, int], int] = {}
    for row in conn.execute(wanted):  # two windows may put on record what they showed in any order
        what = json.loads(row.content).get("published", row.seq)  # an entry that does not say it: all until then
        found[row.person, row.subject] = max(what, found.get((row.person, row.subject), 0))
    return found


def _reminder(news: News, rules: DutyRules) -> Reminder:
    if news.fresh:
        last = days_from(news.monday, WEEK)[-1]
        title = f"{news.monday:%m-%d} — {last:%m-%d}"
        return Reminder(news.week, What.ROSTER_NEW, title, SOON, news.seq, news.monday)
    told = [
        f"{one.day:%m-%d} {cell_word(rules, one.key, one.before)} → {cell_word(rules, one.key, one.after)}"
        for one in news.changes[:NAMED]
    ]
    title = _(", ").join(told) + (" …" if len(news.changes) > NAMED else "")
    return Reminder(news.week, What.ROSTER_CHANGED, title, SOON, news.seq, news.monday)
