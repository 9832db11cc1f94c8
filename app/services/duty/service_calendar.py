"""The service calendar: when the office serves, and how its minutes pass (rules O2, D1).

Times are milliseconds UTC. A window's minutes count from the day's midnight by the calendar's zone; a window is open
from its first millisecond up to, not including, its end.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from app.clock import OFFICE_ZONE, from_ms, to_ms
from app.errors import InputError, RuleError
from app.i18n import N_, _

Window = tuple[int, int]
Windows = tuple[Window, ...]

MINUTE_MS = 60_000
DAY_MS = 86_400_000
DAY_MINUTES = 1440
_ONE_DAY = timedelta(days=1)
EVERY_DAY: tuple[Windows, ...] = (((8 * 60 + 30, 21 * 60),),) * 7


class WindowOrderError(RuleError):
    """A window ends before it begins, or leaves its day."""

    message = N_("Service hours must end after they begin and stay within one day: {window}.")


class OverlappingWindowsError(RuleError):
    """Two windows of a day share minutes."""

    message = N_("Two spans of service hours overlap: {first} and {second}.")


class NeverOpenError(RuleError):
    """No weekday has service hours, so that no clock would ever run out."""

    message = N_("At least one day of the week needs service hours, or no order would ever come due.")


@dataclass(frozen=True, slots=True)
class ServiceCalendar:
    """Service hours of a week from Monday, closed days, and days with hours of their own; 8:30–21:00 by default.

    An extra day's hours stand above everything. Raises RuleError with a sentence where the hours make no sense.
    """

    weekly: tuple[Windows, ...] = EVERY_DAY
    closed: frozenset[date] = frozenset()
    extra: Mapping[date, Windows] = field(default_factory=dict, hash=False)
    zone: ZoneInfo = OFFICE_ZONE
    _days: dict[int, tuple[Windows, int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise ValueError("a week has seven days")
        object.__setattr__(self, "weekly", tuple(map(in_order, self.weekly)))
        extra = {day: in_order(windows) for day, windows in self.extra.items()}
        object.__setattr__(self, "extra", MappingProxyType(extra))
        if not any(self.weekly):
            raise NeverOpenError

    def is_open(self, ms: int) -> bool:
        """Whether the office serves at that moment."""
        return any(start <= ms < end for start, end in self._day(ms // DAY_MS)[0])

    def add_service_minutes(self, start_ms: int, minutes: int) -> int:
        """The first moment at which `minutes` of service have passed since `start_ms`.

        20:55 and 10 minutes is 8:35 of the next service day; 20:50 and 10 minutes is 21:00 of the same day.
        """
        if minutes < 0:
            raise ValueError("the clock does not run backwards")
        left = minutes * MINUTE_MS
        moment = start_ms
        day = start_ms // DAY_MS
        while left:
            for start, end in self._day(day)[0]:
                begin = start if start > moment else moment
                if end - begin >= left:
                    return begin + left
                if end > begin:
                    left -= end - begin
            day += 1
        return moment

    def service_ms_between(self, a_ms: int, b_ms: int) -> int:
        """Milliseconds of service from `a_ms` to `b_ms`; negative when `b_ms` is the earlier."""
        if b_ms < a_ms:
            return -self.service_ms_between(b_ms, a_ms)
        first, last = a_ms // DAY_MS, b_ms // DAY_MS
        if first == last:
            return _overlap(self._day(first)[0], a_ms, b_ms)
        whole = sum([self._day(day)[1] for day in range(first + 1, last)])
        return whole + _overlap(self._day(first)[0], a_ms, b_ms) + _overlap(self._day(last)[0], a_ms, b_ms)

    def windows_of(self, day: date) -> Windows:
        """The service hours of the zone's `day`, in minutes from its midnight."""
        if day in self.extra:
            return self.extra[day]
        return () if day in self.closed else self.weekly[day.weekday()]

    def to_json(self) -> str:
        """The calendar as canonical JSON: equal calendars give equal text."""
        content = {
            "weekly": [_spans(windows) for windows in self.weekly],
            "closed": sorted(day.isoformat() for day in self.closed),
            "extra": {day.isoformat(): _spans(windows) for day, windows in self.extra.items()},
            "zone": self.zone.key,
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "ServiceCalendar":
        """The calendar that `to_json` wrote; raises InputError or RuleError with a sentence for anything else."""
        try:
            content = json.loads(text)
            return cls(
                tuple(map(_windows, content["weekly"])),
                frozenset(map(date.fromisoformat, content["closed"])),
                {date.fromisoformat(day): _windows(spans) for day, spans in content["extra"].items()},
                ZoneInfo(content["zone"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            raise InputError(detail=_("the service calendar is damaged")) from error

    def _day(self, day: int) -> tuple[Windows, int]:
        """What is open within one UTC day (counted from 1970), in milliseconds, and its sum."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._open_within(day * DAY_MS, (day + 1) * DAY_MS)
        return known

    def _open_within(self, from_: int, to: int) -> tuple[Windows, int]:
        here = from_ms(from_).astimezone(self.zone).date()
        days = (here - _ONE_DAY, here, here + _ONE_DAY)
        spans = [self._moments(day, window) for day in days for window in self.windows_of(day)]
        inside = tuple((max(start, from_), min(end, to)) for start, end in spans if start < to and end > from_)
        return inside, sum(end - start for start, end in inside)

    def _moments(self, day: date, window: Window) -> Window:
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        start, end = (to_ms((midnight + timedelta(minutes=minute)).astimezone(UTC)) for minute in window)
        return start, end


def in_order(windows: Windows) -> Windows:
    """A day's windows in order; raises WindowOrderError and OverlappingWindowsError."""
    ordered = tuple(sorted(windows))
    for window in ordered:
        if not 0 <= window[0] < window[1] <= DAY_MINUTES:
            raise WindowOrderError(window=span_text(window))
    for first, second in pairwise(ordered):
        if second[0] < first[1]:
            raise OverlappingWindowsError(first=span_text(first), second=span_text(second))
    return ordered


def _overlap(windows: Windows, from_: int, to: int) -> int:
    total = 0
    for start, end in windows:
        begin = start if start > from_ else from_
        finish = end if end < to else to
        if finish > begin:
            total += finish - begin
    return total


def span_text(window: Window) -> str:
    """ "08:30-21:00"."""
    (start_hour, start_minute), (end_hour, end_minute) = (divmod(minute, 60) for minute in window)
    return f"{start_hour:02}:{start_minute:02}-{end_hour:02}:{end_minute:02}"


def _spans(windows: Iterable[Window]) -> list[str]:
    return [span_text(window) for window in windows]


def _windows(spans: Sequence[Any]) -> Windows:
    return tuple(_window(span) for span in spans)


def _window(span: str) -> Window:
    start, end = (int(hour) * 60 + int(minute) for hour, minute in (part.split(":") for part in span.split("-")))
    return start, end
