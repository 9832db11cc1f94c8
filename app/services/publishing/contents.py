"""Content items: planned, made, approved, out within 48 hours, reviewed, taken down (rules P9–P11)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, or_, select, true

from app.clock import office_time, to_ms
from app.errors import RuleError
from app.i18n import N_
from app.models.people import people
from app.models.publishing import ContentKind, ContentState, contents
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.approvals.standing import Standing, last_proposals
from app.services.catalog.articles import article_of
from app.services.folds import Row
from app.services.ledger import open_ledger
from app.services.publishing.fold import CHANGEABLE
from app.services.publishing.hours import publish_due, publish_stage
from app.services.reasons import need_reason
from app.services.reminder import QUIET, SOON

REVIEW_DAYS = 14  # rule P10: every two weeks, or 30 for monthly
TIMELY = frozenset({ContentKind.NEWS, ContentKind.PRODUCT_PAGE})  # what rule P11 wants out in time
LONGEST_TITLE = 200


class TitleError(RuleError):
    """A content item is found by its title."""

    message = N_("Give it a title of at most {most} characters.")


class OwnerError(RuleError):
    """Somebody of the office makes it."""

    message = N_("Choose somebody of the office as the owner.")


class ReviewDaysError(RuleError):
    """Rule P10."""

    message = N_("A page is reviewed every {least} to {most} days.")


class Shown(StrEnum):
    """Which items a list shows."""

    OPEN = "open"  # there is something to do: to be made, approved, published or looked at again
    OUT = "out"  # published now
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ContentDraft:
    """What is planned, perhaps about the goods with an article's `code`; `review_days` 0: not reviewed again."""

    kind: ContentKind
    title: str
    owner: int
    planned_for: date
    channel: str = ""
    code: str = ""
    confidential: bool = False
    review_days: int = 0


@dataclass(frozen=True, slots=True)
class ContentRow:
    """A content item as lists show it; times in milliseconds UTC. `stage`: 0 quiet, 1 to be reminded of, 3 late."""

    id: int
    kind: ContentKind
    title: str
    product: int | None
    owner: int
    owner_name: str
    channel: str
    state: ContentState
    planned_for: date
    confidential: bool
    review_days: int
    approved_at: int | None
    published_at: int | None
    reviewed_at: int | None
    due: int | None
    stage: int
    standing: Standing | None  # of the last proposal, while the item is not approved


@requires(Permission.CONTENT_PLAN)
def plan_content(ctx: Context, draft: ContentDraft) -> int:
    """Put a content item on the schedule; returns its number."""
    with ctx.writing() as conn:
        _check(conn, draft.title, draft.owner, draft.review_days)
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        facts = asdict(draft) | {
            "kind": draft.kind.value,
            "title": draft.title.strip(),
            "planned_for": draft.planned_for.isoformat(),
            "product": article_of(conn, draft.code).product if draft.code.strip() else None,
        }
        del facts["code"]
        return subjects.begin(conn, pen, "content.planned", facts)


@requires(Permission.CONTENT_PLAN)
def change_content(ctx: Context, content: int, changes: Mapping[str, str | int | date]) -> None:
    """Change title, owner, channel, day or review of what is not approved yet."""
    with ctx.writing() as conn:
        row = subjects.load(conn, "contents", content)
        wanted = {k: v.isoformat() if isinstance(v, date) else v for k, v in changes.items() if k in CHANGEABLE}
        moved = {name: [row[name], new] for name, new in wanted.items() if row[name] != new}
        after = row | wanted
        _check(conn, after["title"], after["owner"], after["review_days"])
        if moved:
            pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
            subjects.advance(conn, pen, content, "content.changed", {"changes": moved})


@requires(Permission.CONTENT_PLAN)
def content_made(ctx: Context, content: int, reason: str) -> int:
    """The item is ready and put before those who must agree, in one step; returns the proposal's number.

    An item that was returned is made once more and proposed again. Rules P10 and P11: the front page and what is
    confidential have kinds of their own, which need the general manager too.
    """
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        row = subjects.advance(conn, pen, content, "content.made", {"note": need_reason(reason)})
        return propose_within(conn, pen, ctx.post, ProposalDraft(approval_kind(row), content, row["title"], {}, reason))


def approval_kind(row: Row) -> str:
    """The kind of proposal that an item needs."""
    if row["confidential"]:
        return "confidential"
    return "front_page" if row["kind"] == ContentKind.FRONT_PAGE else "content"


@requires(Permission.PUBLISH)
def publish_content(ctx: Context, content: int, where: str = "") -> None:
    """It is out: an approved one, or one that was taken down and approved of before."""
    _step(ctx, content, "content.published", where)


@requires(Permission.PUBLISH)
def take_down(ctx: Context, content: int, reason: str) -> None:
    """Take it down at once (rule P11): nobody has to approve that, and it is on record."""
    _step(ctx, content, "content.taken_down", need_reason(reason))


@requires(Permission.CONTENT_PLAN)
def drop_content(ctx: Context, content: int, reason: str) -> None:
    """It will not be made after all."""
    _step(ctx, content, "content.dropped", need_reason(reason))


@requires(Permission.CONTENT_PLAN)
def content_reviewed(ctx: Context, content: int, outcome: str) -> None:
    """A page was looked at again (rule P10); what is to change is planned as an item of its own."""
    _step(ctx, content, "content.reviewed", need_reason(outcome))


@requires(Permission.CATALOG_READ)
def list_contents(ctx: Context, shown: Shown = Shown.OPEN) -> list[ContentRow]:
    """The schedule: what is due first comes first, then by day."""
    now = to_ms(ctx.clock.now())
    wanted = select(contents, people.c.name.label("owner_name")).join(people, people.c.id == contents.c.owner)
    with ctx.reading() as conn:
        found = [dict(row) for row in conn.execute(wanted.where(_shown(shown))).mappings()]
        before = (ContentState.PLANNED, ContentState.MADE)
        asked = last_proposals(conn, [row["id"] for row in found if row["state"] in before])
    rows = [_row(row, now, asked.get(row["id"])) for row in found]
    return sorted(rows, key=lambda row: (-row.stage, row.due or 1 << 62, row.planned_for, row.id))


def _step(ctx: Context, content: int, kind: str, note: str) -> None:
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, content, kind, {"note": note.strip()})


def _shown(shown: Shown) -> ColumnElement[bool]:
    c, state = contents.c, ContentState
    if shown is Shown.OUT:
        return c.state == state.PUBLISHED.value
    if shown is Shown.ALL:
        return true()
    to_do = c.state.in_([state.PLANNED.value, state.MADE.value, state.APPROVED.value])
    return or_(to_do, and_(c.state == state.PUBLISHED.value, c.review_days > 0))


def _check(conn: Connection, title: str, owner: int, review_days: int) -> None:
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise TitleError(most=LONGEST_TITLE)
    if conn.execute(select(people.c.id).where(people.c.id == owner, people.c.active == 1)).scalar() is None:
        raise OwnerError
    if review_days and not 7 <= review_days <= 31:
        raise ReviewDaysError(least=7, most=31)


def _row(row: Row, now: int, standing: Standing | None) -> ContentRow:
    state, kind = ContentState(row["state"]), ContentKind(row["kind"])
    due = _due(state, kind, row)
    return ContentRow(
        row["id"], kind, row["title"], row["product"], row["owner"], row["owner_name"], row["channel"], state,
        date.fromisoformat(row["planned_for"]), bool(row["confidential"]), row["review_days"], row["approved_at"],
        row["published_at"], row["reviewed_at"], due, _stage(state, due, now), standing,
    )  # fmt: skip


def _due(state: ContentState, kind: ContentKind, row: Row) -> int | None:
    """When it must be out (48 hours by the wall: the rule names no service hours), or be looked at again."""
    if state is ContentState.APPROVED and kind in TIMELY:
        return publish_due(int(row["approved_at"]))
    if state is ContentState.PUBLISHED and row["review_days"]:
        return to_ms(office_time(row["reviewed_at"]) + timedelta(days=row["review_days"]))
    return None


def _stage(state: ContentState, due: int | None, now: int) -> int:
    if due is None:
        return QUIET
    if state is ContentState.APPROVED:
        return publish_stage(due, now)
    return SOON if now >= due else QUIET  # a page to be looked at again is never late, only due
