"""What was approved is in the shops within 48 hours (rule P11), also where nobody planned it as a content item."""

from app.services.approvals.decisions import mark_published
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import Desk, list_proposals
from app.services.publishing.hours import PUBLISH_MS
from app.services.publishing.reminding import publishing_reminders
from app.services.reminder import LATE, SOON
from tests.services.approvals.making import agree
from tests.services.catalog.making import add, article
from tests.services.orders.making import Crew

HOUR = 60


def approved_price(crew: Crew) -> int:
    add(crew)
    wanted = propose(crew.planner, ProposalDraft("price", article(crew), "剑南春", {"price": 389_00}, "竞品"))
    agree(crew.manager, wanted)
    return wanted


def test_an_approved_price_is_to_be_published_within_48_hours(any_crew: Crew) -> None:
    crew = any_crew
    wanted = approved_price(crew)
    [row] = list_proposals(crew.specialist, Desk.PUBLISH)
    assert row.decided_at is not None
    assert row.publish_due == row.decided_at + PUBLISH_MS
    assert publishing_reminders(crew.specialist) == []
    crew.clock.advance(minutes=36 * HOUR)
    assert [(one.title, one.stage) for one in publishing_reminders(crew.specialist)] == [("剑南春", SOON)]
    crew.clock.advance(minutes=12 * HOUR)
    assert [one.stage for one in publishing_reminders(crew.specialist)] == [LATE]
    mark_published(crew.specialist, wanted, "天猫、京东")
    assert publishing_reminders(crew.specialist) == []
    assert list_proposals(crew.specialist, Desk.PUBLISH) == []


def test_only_who_publishes_is_reminded(crew: Crew) -> None:
    approved_price(crew)
    crew.clock.advance(minutes=48 * HOUR)
    assert [len(publishing_reminders(one)) for one in (crew.specialist, crew.manager, crew.clerk, crew.planner)] == [
        1,
        1,
        0,
        0,
    ]
