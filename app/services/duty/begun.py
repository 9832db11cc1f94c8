"""What has begun is past: a published shift that somebody is working is changed by nobody (rule D2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from app.clock import OFFICE_ZONE
from app.errors import RuleError
from app.i18n import N_
from app.services.duty.lines import away_of
from app.services.duty.rules import DutyRules, rules_of
from app.services.duty.weeks import Week, days_from, monday_of, person_of, weeks_between
from app.services.settings.values import load_settings


class BegunShiftError(RuleError):
    """Who has come to work has come: what happens from then on is leave, or another one's shift."""

    message = N_("{name}'s shift “{shift}” of {day} has begun; it is not changed any more.")


@dataclass(frozen=True, slots=True)
class Begun:
    """Which published shifts have begun at a moment (aware).

    What is only drafted is worked by nobody, nor what falls on a day of leave. A turn on call may pass to somebody else
    as long as its day is not over: the hotline has to reach somebody.
    """

    rules: DutyRules
    weeks: Mapping[date, Week]
    away: Mapping[int, frozenset[date]]
    now: datetime

    @property
    def today(self) -> date:
        """The office's day."""
        return self.now.astimezone(OFFICE_ZONE).date()

    def is_past(self, key: str, day: date) -> bool:
        """Whether nobody changes a cell any more: its day is over, or its shift has begun."""
        return day < self.today or bool(self.code(key, day))

    def code(self, key: str, day: date) -> str:
        """The shift of a cell that has begun; "" where there is none."""
        week, (person, on_call) = self.weeks.get(monday_of(day)), person_of(key)
        codes = None if week is None or week.published is None else week.published.get(key)
        kind = None if codes is None or on_call else self.rules.kind(codes[day.weekday()])
        if kind is None or day in self.away.get(person, ()):
            return ""
        begins = datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE) + timedelta(minutes=kind.windows[0][0])
        return kind.code if self.now >= begins else ""


def begun_between(conn: Connection, first: date, last: date, now: datetime) -> Begun:
    """What has begun, at a moment, of the shifts of some days."""
    days = days_from(first, (last - first).days + 1)
    return Begun(rules_of(load_settings(conn).duty_rules), weeks_between(conn, first, last), away_of(conn, days), now)
