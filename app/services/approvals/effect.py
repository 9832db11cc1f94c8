"""What the approval of a proposal does: what a subject's own service says of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection

from app.services.ledger import Pen

Facts = Mapping[str, Any]  # of a subject, as it is or as it would be: plain JSON
Contradicted = Callable[[Connection, int, Facts, Facts, int], None]  # subject, before, after, when it takes effect
Voided = Callable[[Connection, Pen, int, str], None]  # subject, reason


class Effect(Protocol):
    """What the subject's own service does for a proposal."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """What is true now of everything the decision rests on; raises NotFoundError where the subject is gone."""
        ...

    def check(self, conn: Connection, subject: int, before: Facts, after: Facts) -> None:
        """Raise a RuleError where the change may not be."""
        ...

    def apply(self, conn: Connection, pen: Pen, subject: int, after: Facts, proposal: int) -> None:
        """Make the change: the subject's entries and rows."""
        ...

    def words(self, before: Facts, after: Facts) -> Sequence[tuple[str, str, str]]:
        """(what, as it is, as it would be) for a person to read."""
        ...

    def amount(self, before: Facts, after: Facts) -> tuple[int, str] | None:
        """The money that is at stake, for the rule table; None where it is not about money."""
        ...


@dataclass(frozen=True, slots=True)
class Consequence:
    """What comes of a kind of proposal, whichever way it ends."""

    effect: Effect
    against: Contradicted | None = None  # raises where what else was approved forbids it
    voided: Voided | None = None  # what becomes of a subject that waits for its proposal when that comes to nothing

    def check(self, conn: Connection, subject: int, before: Facts, after: Facts, at: int) -> None:
        """Raise a RuleError where the change may not be, or not at its time."""
        self.effect.check(conn, subject, before, after)
        self.refuse_contradicted(conn, subject, before, after, at)

    def refuse_contradicted(self, conn: Connection, subject: int, before: Facts, after: Facts, at: int) -> None:
        """Raise a RuleError where what else was approved forbids the change at its time."""
        if self.against is not None:
            self.against(conn, subject, before, after, at)

    def come_to_nothing(self, conn: Connection, pen: Pen, subject: int, reason: str) -> None:
        """Tell the subject of a proposal that was returned, withdrawn, overtaken or could not take effect."""
        if self.voided is not None:
            self.voided(conn, pen, subject, reason)
