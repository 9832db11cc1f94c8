"""Taking an approved resignation back (撤回离职): asked for by who resigns, approved by who let them go (rule D3).

Two have approved that somebody goes, so nobody undoes that alone: there is no shorter way than this proposal. It does
not stop the clock: whoever asks so late that the account is closed meanwhile is gone.
"""

from datetime import date

from sqlalchemy import Connection, select

from app.clock import office_day, to_ms
from app.models.approvals import ProposalState, proposals
from app.models.leave import LeaveStateError
from app.models.people import Post
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.leave.confidential import TAKING_BACK
from app.services.leave.days import is_agreed_resignation
from app.services.leave.effects import leave_title
from app.services.leave.errors import OthersTakingBackError
from app.services.leave.posts import posts_now
from app.services.ledger import open_ledger
from app.services.people.names import name_of
from app.services.staff.holders import MANAGERS


@requires(Permission.DUTY_OWN)
def ask_to_stay(ctx: Context, leave: int, reason: str) -> int:
    """Ask to take one's own approved resignation back; returns the proposal's number."""
    with ctx.writing() as conn:
        row = subjects.load(conn, "leaves", leave)
        if row["person"] != ctx.person:
            raise OthersTakingBackError(name=name_of(conn, row["person"]))
        if not is_agreed_resignation(row):
            raise LeaveStateError(row["state"])
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        draft = ProposalDraft(TAKING_BACK, leave, leave_title(name_of(conn, ctx.person), row), {}, reason)
        passed = passed_over(conn, ctx.person, office_day(ctx.clock))
        return propose_within(conn, pen, ctx.post, draft, passed, _steps_of(conn, leave))


def passed_over(conn: Connection, person: int, today: date) -> frozenset[Post]:
    """The post whose step is left out, as who resigns holds it.

    A manager's is for the general manager, not for another manager; the general manager's own is for the manager.
    """
    held = MANAGERS & frozenset(posts_now(conn, person, today))
    return held - {Post.MANAGER} or held


def _steps_of(conn: Connection, leave: int) -> list[Post]:
    """The posts that approved a resignation, in their order, whatever the rules have become since."""
    p = proposals.c
    wanted = select(p.steps).where(p.subject == leave, p.state == ProposalState.EFFECTIVE.value)
    return [Post(post) for post in conn.execute(wanted).scalar_one().split(",")]
