"""What approvals of a leave, a resignation, and of taking that back do (rule D3): what stands begins by itself."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.i18n import _
from app.models.leave import HandoverState, LeaveKind, LeaveState, LeaveStateError
from app.services import subjects
from app.services.approvals.effect import Facts
from app.services.leave.belongings import LISTED
from app.services.leave.days import is_agreed_resignation, is_resignation
from app.services.leave.errors import OwnLeaveError
from app.services.leave.giving import give_back
from app.services.leave.handover import refuse_broken_chains, refuse_incomplete, rows_of, unlisted
from app.services.leave.words import leave_kind_word
from app.services.ledger import Pen
from app.services.people.names import name_of, names_of


class LeaveEffect:
    """The decision rests on the days, and on who takes over what: whatever comes to it meanwhile makes it void."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """The leave, each thing with its receiver, and what the person holds that nobody was asked for.

        What was settled meanwhile stays on the list until it is looked at again: nothing gets worse by that.
        """
        row, rows = subjects.load(conn, "leaves", subject), rows_of(conn, subject)
        held = {(one.name, thing): title for one in LISTED for thing, title in one.held(conn, row["person"])}
        columns = ("state", "person", "kind", "first_day", "last_day")
        names = names_of(conn, [row["person"], *(one.receiver for one in rows if one.receiver is not None)])
        return {
            **{column: row[column] for column in columns},
            "name": names[row["person"]],
            "things": [[one.kind, one.thing, one.state, names.get(one.receiver, "")] for one in rows],
            "open": [[kind, title] for (kind, _thing), title in unlisted(rows, held).items()],
        }

    def check(self, conn: Connection, subject: int, before: Facts, _after: Facts) -> None:
        """Everything has a receiver who accepted, and who will be there or has handed it on."""
        rows = rows_of(conn, subject)
        waiting = [(one.kind, one.title) for one in rows if one.state != HandoverState.ACCEPTED]
        refuse_incomplete([*waiting, *((kind, title) for kind, title in before["open"])])
        refuse_broken_chains(conn, subjects.load(conn, "leaves", subject), rows)

    def apply(self, conn: Connection, pen: Pen, subject: int, _after: Facts, proposal: int) -> None:
        """Approve it; also who did not ask themselves does not decide on their own leave."""
        if subjects.load(conn, "leaves", subject)["person"] == pen.person:
            raise OwnLeaveError
        subjects.advance(conn, pen, subject, "leave.approved", {"proposal": proposal})

    def words(self, before: Facts, _after: Facts) -> Sequence[tuple[str, str, str]]:
        """When somebody is away, or works here last, and who takes over how much; who and why is the title."""
        told = [(_("Last day at work") if is_resignation(before) else _("Days"), "", _days(before))]
        takers = Counter(name for _kind, _thing, _state, name in before["things"])
        if takers:
            shares = [_("{name} {count}").format(name=name, count=count) for name, count in takers.items()]
            told.append((_("Handed over to"), "", _(", ").join(shares)))
        return told

    def amount(self, _before: Facts, _after: Facts) -> tuple[int, str] | None:
        """No money is in it."""
        return None


class StayingEffect:
    """The decision rests on the resignation being approved and not over."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """Who resigns by when, and whether that still stands; its last day may pass while this waits."""
        row = subjects.load(conn, "leaves", subject)
        told = {name: row[name] for name in ("person", "kind", "first_day", "last_day")}
        return {**told, "name": name_of(conn, row["person"]), "stands": is_agreed_resignation(row)}

    def check(self, conn: Connection, subject: int, before: Facts, _after: Facts) -> None:
        """What has ended, or was taken back already, is not taken back."""
        if not before["stands"]:
            raise LeaveStateError(subjects.load(conn, "leaves", subject)["state"])

    def apply(self, conn: Connection, pen: Pen, subject: int, _after: Facts, proposal: int) -> None:
        """The person stays; what they have given since their last day comes back."""
        leave = subjects.load(conn, "leaves", subject)
        if leave["state"] == LeaveState.RUNNING:
            give_back(conn, pen, leave)
        subjects.advance(conn, pen, subject, "leave.taken_back", {"proposal": proposal})

    def words(self, before: Facts, _after: Facts) -> Sequence[tuple[str, str, str]]:
        """The resignation, and that it would be none."""
        return [(_("Resignation"), leave_title(before["name"], before), _("stays at work here"))]

    def amount(self, _before: Facts, _after: Facts) -> tuple[int, str] | None:
        """No money is in it."""
        return None


def leave_title(name: str, leave: Facts) -> str:
    """A leave in a line: who, why, and from when to when."""
    kind = leave_kind_word(LeaveKind(leave["kind"]))
    if is_resignation(leave):
        return _("{name}: {kind}, last day {day}").format(name=name, kind=kind, day=leave["last_day"])
    return _("{name}: {kind} {days}").format(name=name, kind=kind, days=_days(leave))


def _days(leave: Facts) -> str:
    first, last = leave["first_day"], leave["last_day"]
    if is_resignation(leave):
        return str(last)
    return str(first) if first == last else _("{first} – {last}").format(first=first, last=last)


def leave_returned(conn: Connection, pen: Pen, leave: int, reason: str) -> None:
    """The proposal came to nothing: the leave can be handed over and proposed anew."""
    if subjects.load(conn, "leaves", leave)["state"] == LeaveState.PROPOSED:
        subjects.advance(conn, pen, leave, "leave.returned", {"reason": reason})


LEAVE = LeaveEffect()
STAYING = StayingEffect()
