"""What somebody has to be reminded of: what must be out (rule P11), and pages that are looked at again (rule P10)."""

from sqlalchemy import select

from app.clock import to_ms
from app.models.approvals import proposals
from app.models.publishing import ContentState
from app.services.access import Context, Permission, requires
from app.services.publishing.contents import list_contents
from app.services.publishing.hours import publish_due, publish_stage
from app.services.reminder import Reminder, What


@requires(Permission.CATALOG_READ)
def publishing_reminders(ctx: Context) -> list[Reminder]:
    """What the person has to be reminded of now: their own items, and everything where they publish."""
    rows = [row for row in list_contents(ctx) if row.stage]
    if not ctx.may(Permission.PUBLISH):
        rows = [row for row in rows if row.owner == ctx.person]
    found = [Reminder(one.id, _what(one.state), one.title, one.stage, one.due or 0) for one in rows]
    return [*found, *(_unpublished(ctx) if ctx.may(Permission.PUBLISH) else [])]


def _what(state: ContentState) -> What:
    return What.REVIEW if state is ContentState.PUBLISHED else What.CONTENT


def _unpublished(ctx: Context) -> list[Reminder]:
    """Prices and listings that were approved and are not brought to the shops yet."""
    now, p = to_ms(ctx.clock.now()), proposals.c
    with ctx.reading() as conn:
        rows = conn.execute(select(p.id, p.title, p.decided_at, p.effect_at).where(p.publish == 1)).all()
    dues = [(row, publish_due(max(row.decided_at or 0, row.effect_at or 0))) for row in rows]
    told = [Reminder(row.id, What.CONTENT, row.title, publish_stage(due, now), due) for row, due in dues]
    return [one for one in told if one.stage]
