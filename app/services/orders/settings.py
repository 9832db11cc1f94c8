"""The office's settings as the order desk needs them."""

from app.models.people import Post
from app.services.duty.clock import ServiceCalendar
from app.services.office import Settings
from app.services.orders.deadline import DeskClock


def desk_clock_of(settings: Settings) -> DeskClock:
    """The running clock's calendar and stages (rule O2)."""
    return DeskClock(
        ServiceCalendar.from_json(settings.service_calendar),
        settings.contact_minutes,
        settings.remind_minutes,
        settings.lead_minutes,
    )


def concession_authority(settings: Settings, post: Post) -> int:
    """What a post may concede on one order, in minor units (rule O9)."""
    return settings.concession_authority.get(post.value, 0)
