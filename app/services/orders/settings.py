"""The office's settings as the order desk needs them."""

from functools import lru_cache

from app.errors import PermissionDeniedError
from app.i18n import N_
from app.models.people import Post
from app.services.access import Context, Permission, requires
from app.services.duty.service_calendar import ServiceCalendar
from app.services.office import Settings
from app.services.orders.deadline import DeskClock
from app.services.settings.values import load_settings
from app.services.settings.words import value_text


class OthersReleaseError(PermissionDeniedError):
    """Rule A2 would let the post release, this office does not."""

    message = N_("In this office held orders are released by: {posts}.")


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


def refuse_release(settings: Settings, post: Post) -> None:
    """Raise OthersReleaseError where this office lets other posts release held orders (rule O3)."""
    if post not in settings.release_posts:
        raise _others_release(settings)


@requires(Permission.ORDER_READ)
def why_no_release(ctx: Context) -> str:
    """Why the person's post does not release held orders in this office, or ""."""
    with ctx.reading() as conn:
        settings = load_settings(conn)
    return "" if ctx.post in settings.release_posts else str(_others_release(settings))


def _others_release(settings: Settings) -> OthersReleaseError:
    return OthersReleaseError(posts=value_text("release_posts", settings.release_posts))
