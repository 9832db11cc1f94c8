"""What each list of proposals says above its rows, where it is empty, and where a decision is not the person's."""

from collections.abc import Sequence

from app.i18n import N_, _, ngettext
from app.models.approvals import ProposalState
from app.services.approvals.queue import Desk, ProposalRow
from app.views.times import span_text

DESK_WORDS = {
    Desk.MINE: N_("Waits for me"),
    Desk.WAITING: N_("All that waits"),
    Desk.PUBLISH: N_("To publish"),
    Desk.OWN: N_("Proposed by me"),
    Desk.DONE: N_("Decided"),
}
EMPTY_WORDS = {
    Desk.MINE: N_("Nothing waits for a decision."),
    Desk.WAITING: N_("Nothing waits for anybody's decision."),
    Desk.PUBLISH: N_("All that was approved is in the shops."),
    Desk.OWN: N_("You have proposed nothing yet."),
    Desk.DONE: N_("Nothing has been decided yet."),
}


def desk_text(desk: Desk, count: int) -> str:
    """The list's name with how many stand on it."""
    word = _(DESK_WORDS[desk])
    return f"{word}  {count}" if count else word


def summary(desk: Desk, rows: Sequence[ProposalRow], now: int) -> str:
    """What there is on a list, and since or until when."""
    count = len(rows)
    if desk is Desk.PUBLISH:
        told = ngettext("{count} to publish", "{count} to publish", count).format(count=count)
        return _joined(told, _first_due(rows, now))
    if desk is Desk.DONE:
        return ngettext("{count} decided", "{count} decided", count).format(count=count)
    waiting = [row for row in rows if row.state is ProposalState.WAITING]
    told = ngettext("{count} waits", "{count} wait", len(waiting)).format(count=len(waiting))
    if desk is Desk.OWN:
        made = ngettext("{count} proposed", "{count} proposed", count).format(count=count)
        return _joined(made, told if waiting else "")
    oldest = min((row.at for row in waiting), default=now)
    since = _("oldest {span}").format(span=span_text(max(now - oldest, 0)))
    return _joined(told, since if waiting else "")


def _first_due(rows: Sequence[ProposalRow], now: int) -> str:
    dues = [row.publish_due for row in rows if row.publish_due is not None]
    if not dues:
        return ""
    left = min(dues) - now
    said = _("due in {span}") if left > 0 else _("late by {span}")
    return said.format(span=span_text(abs(left)))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def why_not(row: ProposalRow, *, mine: bool) -> str:
    """Why the person cannot decide on a proposal."""
    if row.state is not ProposalState.WAITING:
        return _("This is decided already.")
    return _("Nobody decides on their own proposal.") if mine else _("This waits for somebody else.")
