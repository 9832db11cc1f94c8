"""When an order is due: computed from its events over the service calendar, never stored (rules O2, D1)."""

from dataclasses import dataclass
from typing import Protocol

from app.services.duty.service_calendar import ServiceCalendar


class OnTheClock(Protocol):
    """What the clock needs to know of an order."""

    @property
    def clock_from(self) -> int | None: ...
    @property
    def callback_at(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class DeskClock:
    """The office's clock: the calendar, and after how many service minutes what happens."""

    calendar: ServiceCalendar
    minutes: int = 10
    remind: int = 6
    lead: int = 8


def due_at(order: OnTheClock, clock: DeskClock) -> int | None:
    """When the customer must have been contacted, in milliseconds UTC; None when no clock runs.

    The customer's own wish to be called back at a time goes before the ten minutes.
    """
    if order.clock_from is None:
        return None
    if order.callback_at is not None:
        return order.callback_at
    return clock.calendar.add_service_minutes(order.clock_from, clock.minutes)


def stage_at(order: OnTheClock, clock: DeskClock, now: int) -> int:
    """0 quiet, 1 to be reminded of, 2 the lead's business, 3 late."""
    due = due_at(order, clock)
    if due is None or order.clock_from is None:
        return 0
    if now >= due:
        return 3
    if order.callback_at is not None:
        return 0
    add = clock.calendar.add_service_minutes
    if now >= add(order.clock_from, clock.lead):
        return 2
    return 1 if now >= add(order.clock_from, clock.remind) else 0
