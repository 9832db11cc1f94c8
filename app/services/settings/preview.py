"""What the clock's settings come to, as one sentence about an order that arrives shortly before closing (rule O2)."""

from datetime import datetime, timedelta
from itertools import count

from app.clock import from_ms, to_ms
from app.i18n import _
from app.services.duty.hours import weekday_word
from app.services.duty.service_calendar import ServiceCalendar
from app.services.orders.settings import desk_clock_of
from app.services.settings.values import Settings


def due_sentence(wanted: Settings, now: datetime) -> str:
    """When such an order would be due; the settings must make sense."""
    clock = desk_clock_of(wanted)
    calendar = clock.calendar
    accepted = _shortly_before_closing(calendar, now, clock.minutes)

    def after(minutes: int) -> str:
        moment = from_ms(calendar.add_service_minutes(to_ms(accepted), minutes)).astimezone(calendar.zone)
        same = moment.date() == accepted.astimezone(calendar.zone).date()
        return moment.strftime("%H:%M") if same else _day_time(moment)

    return _(
        "An order accepted on {accepted} is due at {due}; the desk is reminded at {remind}, the lead told at {lead}."
    ).format(accepted=_day_time(accepted), due=after(clock.minutes), remind=after(clock.remind), lead=after(clock.lead))


def _shortly_before_closing(calendar: ServiceCalendar, now: datetime, minutes: int) -> datetime:
    """Half the time to contact before the end of the next day that is served: 20:55 where one closes at 21:00."""
    today = now.astimezone(calendar.zone).date()
    day = next(day for ahead in count() if calendar.windows_of(day := today + timedelta(days=ahead)))
    start, end = calendar.windows_of(day)[-1]
    midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
    return midnight + timedelta(minutes=max(start, end - max(minutes // 2, 1)))


def _day_time(moment: datetime) -> str:
    weekday, time = weekday_word(moment.weekday()), moment.strftime("%m-%d %H:%M")
    return _("{weekday} {time}").format(weekday=weekday, time=time)
