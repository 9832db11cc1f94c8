"""The office's settings as the order desk needs them."""

from functools import lru_cache

from app.models.people import Post
from app.services.duty.clock import ServiceCalendar
from app.services.office import Settings
from app.services.orders.deadline import DeskClock


def desk_clock_of(settings: Settings) -> DeskClock:
    """The running clock's calendar and stages (rule O2)."""
    return DeskClock(
        _calendar(settings.service_calendar),
        settings.contact_minutes,
        settings.remind_minutes,
        settings.lead_minutes,
    )


@lru_cache(maxsize=4)
def _calendar(text: str) -> ServiceCalendar:
    """A calendar remembers the days it has worked out, so the same text gives the same one."""
    return ServiceCalendar.from_json(text)


def concession_authority(settings: Settings, post: Post) -> int:
    """What a post may concede on one order, in minor units (rule O9)."""
    return settings.concession_authority.get(post.value, 0)
