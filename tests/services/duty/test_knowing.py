"""Whatever is drawn, published, swapped and looked at: what people know is what the model of it says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import OFFICE_ZONE, office_day
from app.services.access import Context
from app.services.approvals.decisions import approve
from app.services.approvals.queue import proposal_detail
from app.services.duty.news import not_seen_by, roster_reminders, see_roster
from app.services.duty.rosters import NothingToPublishError, Stroke, draw, publish, read_roster
from app.services.duty.rules import ON_CALL
from app.services.duty.swap_effect import SwapBreaksError
from app.services.duty.swaps import SwapDraft, accept_swap, ask_swap
from app.services.duty.versions import MOST, versions
from app.services.duty.weeks import WEEK, line_key, monday_of, weeks_between
from app.services.verify import verify
from tests.services.duty.knowing import Cell, Knowing, WeekModel, cells_of
from tests.services.orders.making import Crew

CODES = ("8:30", "12:30", "Duty", "")
WATCHING, PLANNING = ("clerk", "colleague", "lead"), ("lead", "manager")
PARTS = ((0,), (1,), (0, 1))  # which weeks
APART = timedelta(weeks=5)  # so that no example's shifts bind the next one's

_day, _week = st.integers(0, WEEK - 1), st.integers(0, 1)
_row = st.lists(st.sampled_from(CODES), min_size=WEEK, max_size=WEEK)
_planner, _watcher = st.sampled_from(PLANNING), st.sampled_from(WATCHING)
_draw = st.tuples(st.just("draw"), _planner, _week, st.integers(0, 2), _day, st.sampled_from(CODES))
_look = st.tuples(st.just("look"), _watcher)
_publish = st.tuples(st.just("publish"), _planner, st.sampled_from(PARTS))
_step = st.one_of(
    _draw.map(lambda step: (step,)),
    st.tuples(st.just("put"), _planner, _week, st.integers(0, 1), _row).map(lambda step: (step,)),
    st.tuples(_publish),
    st.tuples(_draw, _publish),
    st.tuples(st.just("swap"), _week, _day).map(lambda step: (step,)),
    st.tuples(st.tuples(st.just("show"), _watcher), _draw, _publish),
    st.tuples(_look),
)
# Most begin with weeks in which two can swap.
PLANNED = (
    *(("put", "lead", week, line, row.split()) for week in (0, 1) for line, row in enumerate((
        "8:30 8:30 8:30 _ 8:30 Duty _", "12:30 12:30 12:30 12:30 _ _ Duty",
    ))),
    ("draw", "lead", 0, 2, 1, "Duty"), ("publish", "lead", (0, 1)),
)  # fmt: skip
STEPS = st.tuples(st.sampled_from((PLANNED, PLANNED, PLANNED, ())), st.lists(_step, min_size=2, max_size=8)).map(
    lambda parts: [*parts[0], *(step for steps in parts[1] for step in steps)]
)


@dataclass
class Acting:
    """Does what a step says in the office and in the model of it."""

    crew: Crew
    first: date
    model: Knowing
    lines: Sequence[str]  # that are drawn in
    shown: dict[str, tuple[dict[date, int], dict[date, int]]] = field(default_factory=dict)  # entries, and how many

    def do(self, step: tuple[object, ...]) -> None:
        """One step, a second after the last: what is published at one time is one deed."""
        self.crew.clock.advance(seconds=1)
        name, *words = step
        act: Callable[..., None] = getattr(self, f"_{name}")
        act(*words)

    def ctx(self, who: str) -> Context:
        """Somebody at work."""
        ctx: Context = getattr(self.crew, who)
        return ctx

    def monday(self, number: int) -> date:
        """The first or second week."""
        return self.first + number * timedelta(weeks=1)

    def _draw(self, who: str, week: int, line: int, day: int, code: str) -> None:
        key = self.lines[line]
        self._put_codes(who, week, key, {day: (ON_CALL if code else "") if key.endswith(ON_CALL) else code})

    def _put(self, who: str, week: int, line: int, codes: list[str]) -> None:
        self._put_codes(who, week, self.lines[line], {day: code.strip("_") for day, code in enumerate(codes)})

    def _put_codes(self, who: str, week: int, key: str, codes: dict[int, str]) -> None:
        monday, row = self.monday(week), self.model.weeks[self.monday(week)].draft.setdefault(key, [""] * WEEK)
        draw(self.ctx(who), [Stroke(key, monday + timedelta(days=day), row[day], code) for day, code in codes.items()])
        for day, code in codes.items():
            row[day] = code

    def _publish(self, who: str, part: tuple[int, ...]) -> None:
        ctx, first = self.ctx(who), self.monday(part[0])
        seen = {monday: week.last_seq for monday, week in read_roster(ctx, first, len(part)).weeks.items()}
        wanted = self.model.publish(who, [self.monday(number) for number in part])
        if wanted:
            assert publish(ctx, first, len(part), seen, "试排") == wanted
        else:
            with pytest.raises(NothingToPublishError):
                publish(ctx, first, len(part), seen, "试排")

    def _swap(self, week: int, day: int) -> None:
        """The clerk's shift for the colleague's, if the rules let them."""
        monday, keys = self.monday(week), (self.lines[0], self.lines[1])
        rows, crew, on = self.model.weeks[monday].known, self.crew, self.monday(week) + timedelta(days=day)
        cells = [(rows or {}).get(key, [""] * WEEK)[day] for key in keys]
        if cells[0] == cells[1]:
            return
        try:
            swap = ask_swap(crew.clerk, SwapDraft(on, crew.colleague.person, on, "看牙"))
        except SwapBreaksError:
            return
        proposal = accept_swap(crew.colleague, swap)
        approve(crew.lead, proposal, proposal_detail(crew.lead, proposal).row.last_seq)
        self.model.swap("lead", monday, day, keys)

    def _show(self, who: str) -> None:
        self.shown[who] = dict(read_roster(self.ctx(who), self.first, 2, drafts=False).told), self.model.shown()

    def _look(self, who: str) -> None:
        """It is put on record what was shown, a while ago perhaps."""
        if who not in self.shown:
            self._show(who)
        told, counts = self.shown.pop(who)
        see_roster(self.ctx(who), told)
        self.model.look(who, counts)

    def compare(self) -> None:
        """What the bell tells each, who has not looked, and what who does not plan can see."""
        news = {
            who: [text for monday in self.model.weeks if (text := self.model.news(who, monday)) is not None]
            for who in WATCHING
        }
        assert {who: [one.title for one in roster_reminders(self.ctx(who))] for who in WATCHING} == news
        people = {self.ctx(who).person: who for who in WATCHING}
        with self.crew.db.reading() as conn:
            weeks = weeks_between(conn, self.first, self.monday(1)).values()
            unseen = not_seen_by(conn, weeks, list(people), office_day(self.crew.clock))
        assert [people[person] for person in unseen] == [who for who in WATCHING if news[who]]

    def compare_known(self) -> None:
        """What stands in the roster for who does not plan, and in each version."""
        known = {monday: week.known for monday, week in self.model.weeks.items() if week.known is not None}
        span = read_roster(self.crew.clerk, self.first, 2)
        assert {monday: _filled(week.draft) for monday, week in span.weeks.items()} == {
            monday: _filled(rows) for monday, rows in known.items()
        }
        assert not any(week.pins for week in span.weeks.values())
        told = {
            (line.key, (day - self.first).days): span.code(span.shift(line.key, day))
            for line in span.lines
            for day in span.days
        }
        wanted = {
            (key, (monday - self.first).days + day): code
            for monday, rows in known.items()
            for (key, day), code in _filled(rows).items()
        }
        assert {cell: code for cell, code in told.items() if code} == wanted
        found = versions(self.crew.clerk, self.first, self.monday(1))
        assert [(one.name, one.swap, _each(one.known)) for one in found] == [
            (self.ctx(who).name, swap, _each(before)) for who, swap, before in self.model.deeds[: -MOST - 1 : -1]
        ]


def _filled(rows: Mapping[str, list[str]]) -> dict[Cell, str]:
    return cells_of(rows, list(rows))


def _each(known: Mapping[date, Mapping[str, list[str]]]) -> dict[date, dict[Cell, str]]:
    return {monday: _filled(rows) for monday, rows in known.items()}


def at_work(crew: Crew) -> Acting:
    """Two weeks that nobody has drawn in, in the first hours of the first of them: no shift has begun."""
    first = monday_of(office_day(crew.clock)) + APART
    crew.clock.time = datetime(first.year, first.month, first.day, 1, tzinfo=OFFICE_ZONE)
    keys = {who: line_key(getattr(crew, who).person) for who in WATCHING}
    call = line_key(crew.lead.person, on_call=True)
    lines = {who: (key, call) if who == "lead" else (key,) for who, key in keys.items()}
    weeks = {first: WeekModel(), first + timedelta(weeks=1): WeekModel()}
    return Acting(crew, first, Knowing(lines, weeks), (keys["clerk"], keys["colleague"], call))


def carry_out(crew: Crew, steps: Sequence[tuple[object, ...]]) -> None:
    acting = at_work(crew)
    begun = len(PLANNED) if tuple(steps[: len(PLANNED)]) == PLANNED else 0
    for number, step in enumerate(steps):
        acting.do(step)
        if number >= begun:
            acting.compare()
    acting.compare_known()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_what_people_know_is_what_was_published_swapped_and_looked_at(
    crew: Crew, steps: Sequence[tuple[object, ...]]
) -> None:
    carry_out(crew, steps)


@pytest.mark.postgresql
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_what_people_know_is_the_same_on_a_server(server_crew: Crew, steps: Sequence[tuple[object, ...]]) -> None:
    carry_out(server_crew, steps)


def test_all_that_was_done_can_be_proved(crew: Crew) -> None:
    carry_out(crew, [
        *PLANNED, ("show", "clerk"), ("swap", 0, 1), ("draw", "lead", 1, 2, 3, "Duty"),
        ("publish", "manager", (1,)), ("look", "clerk"), ("draw", "manager", 0, 0, 2, "Duty"), ("show", "colleague"),
        ("publish", "manager", (0,)), ("look", "colleague"), ("look", "clerk"),
    ])  # fmt: skip
    assert verify(crew.program).ok
