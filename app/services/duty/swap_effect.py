"""What the approval of a swap does (换班): two cells of what people know change places (rule D2)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from app.clock import from_ms
from app.errors import NotFoundError, RuleError
from app.i18n import N_, _
from app.models.duty import SwapState
from app.services import subjects
from app.services.approvals.effect import Facts
from app.services.duty.begun import begun_between
from app.services.duty.roster.check import breaches
from app.services.duty.rules import shown
from app.services.duty.span import read_span
from app.services.duty.weeks import line_key, monday_of, weeks_between
from app.services.duty.words import words_of
from app.services.folds import Row
from app.services.ledger import Pen


class SwapDaysError(RuleError):
    """A swap is of two different cells of published weeks that are not over."""

    message = N_("Swap a published shift from today on with another one of a colleague's.")


class SwapBegunError(RuleError):
    """A shift that is being worked, or was, is nobody else's any more."""

    message = N_("One of these shifts has begun; it cannot be swapped any more.")


class SwapBreaksError(RuleError):
    """A swap that breaks a rule the roster did not break before."""

    message = N_("This swap breaks a rule: {rule}")


class SwapEffect:
    """What the lead's approval does: the two cells change places."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """The swap's state and the cells that it is about; raises NotFoundError where a week is gone."""
        row = subjects.load(conn, "swaps", subject)
        asker, day, colleague, their_day = cells_of(row)
        cells: list[str] = []
        for one in (day, their_day):
            week = weeks_between(conn, one, one).get(monday_of(one))
            if week is None or week.published is None:
                raise NotFoundError(what=one.isoformat())
            cells += [code_of(week.published, line_key(who), one) for who in (asker, colleague)]
        return {"state": row["state"], "cells": cells, "days": [day.isoformat(), their_day.isoformat()]}

    def check(self, conn: Connection, subject: int, _before: Facts, _after: Facts) -> None:
        """The rules as they are on the day of the decision."""
        asker, day, colleague, their_day = cells_of(subjects.load(conn, "swaps", subject))
        check_swap(conn, asker, day, colleague, their_day, None)

    def apply(self, conn: Connection, pen: Pen, subject: int, _after: Facts, _proposal: int) -> None:
        """Change the cells."""
        swap_cells(conn, pen, subject)

    def words(self, before: Facts, after: Facts) -> Sequence[tuple[str, str, str]]:
        """Each day's shifts of the two, as they are and as they would be, by the signs of the day it was proposed."""
        signs = after.get("signs", {})
        first, second, third, fourth = (shown(signs.get(code, code)) if code else _("off") for code in before["cells"])
        days = before["days"]
        told = [(days[0], f"{first} / {second}", f"{second} / {first}")]
        return told if days[0] == days[1] else [*told, (days[1], f"{third} / {fourth}", f"{fourth} / {third}")]

    def amount(self, _before: Facts, _after: Facts) -> tuple[int, str] | None:
        """No money is in it."""
        return None


def swap_cells(conn: Connection, pen: Pen, swap: int) -> None:
    """Change the two people's cells of what people know, one entry a day.

    The draft follows where it says the same: a cell that the lead has drawn otherwise since stays as drawn, and is
    shown as not published yet; its `drawn` names the cells that do follow.
    """
    row = subjects.load(conn, "swaps", swap)
    asker, day, colleague, their_day = cells_of(row)
    subjects.advance(conn, pen, swap, "swap.done", {})
    for one in sorted({day, their_day}):
        week = weeks_between(conn, one, one)[monday_of(one)]
        number = one.weekday()
        mine, theirs = (code_of(week.published, line_key(who), one) for who in (asker, colleague))
        changes: list[tuple[str, int, str, str]] = [
            (line_key(asker), number, mine, theirs),
            (line_key(colleague), number, theirs, mine),
        ]
        drawn = [change for change in changes if code_of(week.draft, change[0], one) == change[2]]
        subjects.advance(conn, pen, week.id, "roster.swapped", {"swap": swap, "changes": changes, "drawn": drawn})


def swap_begun(conn: Connection, swap: int, _before: Facts, _after: Facts, at: int) -> None:
    """Raise SwapBegunError where one of the shifts has begun at a time: the lead may decide late."""
    refuse_begun(conn, cells_of(subjects.load(conn, "swaps", swap)), from_ms(at))


def swap_returned(conn: Connection, pen: Pen, swap: int, reason: str) -> None:
    """The lead says no, or what was agreed on is no longer so."""
    if subjects.load(conn, "swaps", swap)["state"] == SwapState.ACCEPTED:
        subjects.advance(conn, pen, swap, "swap.refused", {"reason": reason})


def check_swap(conn: Connection, asker: int, day: date, colleague: int, their_day: date, today: date | None) -> None:
    """Raise where the swap is none, or breaks a rule that holds now; what is only drafted binds nobody."""
    first, last = min(day, their_day), max(day, their_day)
    span = read_span(conn, first, (monday_of(last) - monday_of(first)).days // 7 + 1, drafts=False)
    rows = {line.key: place for place, line in enumerate(span.lines)}
    mine, theirs = rows.get(line_key(asker)), rows.get(line_key(colleague))
    if mine is None or theirs is None or mine == theirs or (today is not None and first < today):
        raise SwapDaysError
    if not (span.is_known(day) and span.is_known(their_day)):
        raise SwapDaysError
    cells = [list(codes) for codes in span.cells()]
    before = set(breaches(span.problem, span.cells()))
    swapped = False
    for number in {span.days.index(day), span.days.index(their_day)}:
        swapped |= cells[mine][number] != cells[theirs][number]
        cells[mine][number], cells[theirs][number] = cells[theirs][number], cells[mine][number]
    if not swapped:
        raise SwapDaysError
    fresh = [breach for breach in breaches(span.problem, tuple(map(tuple, cells))) if breach not in before]
    if fresh:
        raise SwapBreaksError(rule=words_of(span).broken(fresh[0]))


def refuse_begun(conn: Connection, cells: tuple[int, date, int, date], now: datetime) -> None:
    asker, day, colleague, their_day = cells
    begun = begun_between(conn, min(day, their_day), max(day, their_day), now)
    if any(begun.code(line_key(who), one) for who in (asker, colleague) for one in (day, their_day)):
        raise SwapBegunError


def cells_of(row: Row) -> tuple[int, date, int, date]:
    return row["asker"], date.fromisoformat(row["day"]), row["colleague"], date.fromisoformat(row["their_day"])


def code_of(cells: Mapping[str, list[str]] | None, key: str, day: date) -> str:
    codes = (cells or {}).get(key)
    return codes[day.weekday()] if codes else ""


SWAP = SwapEffect()
