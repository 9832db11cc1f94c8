"""Who may decide (审批人): whose turn it is and in whose place; one answer for deciding, for the lists and the counts.

Each step has a pair of eyes of its own: nobody decides on their own proposal or at two steps of one, nor does anybody
through a chain of delegations in which such a person stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, or_, select, tuple_

from app.clock import office_day
from app.i18n import _
from app.models.approvals import ProposalState, delegations, proposals
from app.models.ledger import entries
from app.models.people import POST_WORDS, Level, Post, people
from app.services.access import Context, Permission, permissions_of
from app.services.approvals.errors import DecidedBeforeError, NotYourDecisionError, OwnProposalError
from app.services.approvals.rules import may_decide
from app.services.leave.posts import acting_posts, together

_p = proposals.c
Staff: TypeAlias = list[tuple[int, frozenset[Post]]]
_WAITING = _p.state == ProposalState.WAITING.value


@dataclass(frozen=True, slots=True)
class Turn:
    """What the answer depends on: the kind, who proposed, the posts that are still to agree, and who has agreed."""

    kind: str
    person: int
    posts: tuple[Post, ...]  # whose turn it is, and those that come after it
    agreed: frozenset[int] = frozenset()


class Deciders:
    """One person, and everything that lets them decide at this moment; looked up when it is first needed."""

    def __init__(self, conn: Connection, ctx: Context) -> None:
        self._conn, self._ctx = conn, ctx
        self._known: dict[tuple[str, int, str, int, frozenset[int]], bool] = {}
        self._given: list[tuple[int, int, str]] | None = None
        self._staff: Staff | None = None
        self._agreed: dict[int, frozenset[int]] | None = None

    def through(self, turn: Turn) -> list[int]:
        """The people in whose place the person decides, empty for the own post; raises a PermissionDeniedError."""
        person, post = self._ctx.person, turn.posts[0]
        if turn.person == person:
            raise OwnProposalError
        if person in turn.agreed:
            raise DecidedBeforeError
        if self._ctx.may(Permission.DECIDE) and may_decide(self._ctx.post, post, turn.posts[1:]):
            return []
        chain = self._chain(turn)
        if chain is None:
            raise NotYourDecisionError(post=_(POST_WORDS[post]))
        return chain

    def may(self, row: Any) -> bool:
        """Whether the person may decide on a proposal, a row of its table."""
        if row.state != ProposalState.WAITING.value:
            return False
        return self._may(row.kind, row.person, row.steps, row.step, self.agreed(row.id) if row.step else frozenset())

    def agreed(self, proposal: int) -> frozenset[int]:
        """Who has agreed to a proposal that waits at a later step; those of all such ones are read together."""
        if self._agreed is None:
            c = entries.c
            wanted = select(c.subject, c.person).join(proposals, _p.id == c.subject)
            found: dict[int, frozenset[int]] = {}
            for number, person in self._conn.execute(wanted.where(_WAITING, _p.step > 0, c.kind == "proposal.decided")):
                found[number] = found.get(number, frozenset()) | {person}
            self._agreed = found
        return self._agreed.get(proposal, frozenset())

    def mine(self) -> ColumnElement[bool]:
        """The condition of all proposals that wait for the person."""
        first = select(_p.kind, _p.person, _p.steps).where(_WAITING, _p.step == 0).distinct()
        alike = [
            (kind, person, steps)
            for kind, person, steps in self._conn.execute(first)
            if self._may(kind, person, steps, 0, frozenset())
        ]
        later = self._conn.execute(select(proposals).where(_WAITING, _p.step > 0))
        others = [row.id for row in later if self.may(row)]
        fresh = and_(_p.step == 0, tuple_(_p.kind, _p.person, _p.steps).in_(alike))
        return and_(_WAITING, or_(fresh, _p.id.in_(others)))

    def _may(self, kind: str, person: int, steps: str, step: int, agreed: frozenset[int]) -> bool:
        """As `through`; of a thousand proposals that wait, nearly all are alike in this."""
        alike = (kind, person, steps, step, agreed)
        known = self._known.get(alike)
        if known is None:
            try:
                self.through(Turn(kind, person, posts_left(steps, step), agreed))
                known = True
            except (OwnProposalError, NotYourDecisionError):
                known = False
            self._known[alike] = known
        return known

    def _chain(self, turn: Turn) -> list[int] | None:
        """From a holder of the post to whoever gave it on to the person; None where there is no such way."""
        barred = turn.agreed | {turn.person}
        given: dict[int, list[int]] = {}
        for giver, taker, kind in self._delegations():
            if kind in {"", turn.kind} and giver not in barred and taker not in barred:
                given.setdefault(taker, []).append(giver)
        if self._ctx.person not in given:
            return None
        holders = self._holding(turn.posts)
        ways = [[giver] for giver in given[self._ctx.person]]
        seen = {self._ctx.person}
        while ways:
            way = ways.pop(0)
            if way[0] in holders:
                return way
            if way[0] not in seen:
                seen.add(way[0])
                ways += [[giver, *way] for giver in given.get(way[0], [])]
        return None

    def _delegations(self) -> Iterable[tuple[int, int, str]]:
        if self._given is None:
            day, c = office_day(self._ctx.clock).isoformat(), delegations.c
            today = select(c.giver, c.taker, c.kind).where(c.ended == 0, c.first_day <= day, c.last_day >= day)
            self._given = [(row.giver, row.taker, row.kind) for row in self._conn.execute(today.order_by(c.id))]
        return self._given

    def _holding(self, posts: tuple[Post, ...]) -> set[int]:
        """The people who may decide what waits for the first of the posts by a post they hold or act in (rule D4)."""
        if self._staff is None:
            self._staff = _staff(self._conn, office_day(self._ctx.clock))
        return _holders(self._staff, posts)


def asked(conn: Connection, wanted: Sequence[Post], proposer: int, day: date) -> list[Post]:
    """Those of the posts that must agree whose steps can be taken, each by somebody else and none by the proposer.

    A step that nobody could take, or that would leave nobody for a later one, is left to the others: the only manager
    agrees by proposing, and above a vacant post decides who stands above it. The highest post is never passed over
    because it is vacant.
    """
    if len(wanted) == 1:
        return list(wanted)
    staff, kept, groups = _staff(conn, day), list[Post](), list[set[int]]()
    for post in reversed(wanted):
        holders = _holders(staff, (post, *kept))
        if not holders and not kept:
            kept = [post]
        elif _each_sends_one([holders - {proposer}, *groups]):
            kept, groups = [post, *kept], [holders - {proposer}, *groups]
    return kept or list(wanted[-1:])


def _each_sends_one(groups: Sequence[set[int]]) -> bool:
    """Whether each group has somebody to send, nobody for two of them."""
    if not groups:
        return True
    first, *rest = groups
    return any(_each_sends_one([group - {one} for group in rest]) for one in first)


def posts_left(steps: str, step: int) -> tuple[Post, ...]:
    """The post whose turn it is, and those that come after it."""
    return tuple(map(Post, steps.split(",")[step:]))


def _staff(conn: Connection, day: date) -> Staff:
    """Everybody at work here with the deciding posts that they hold or act in on a day (rule D4)."""
    acted = acting_posts(conn, day)
    rows = conn.execute(select(people.c.id, people.c.posts, people.c.level).where(people.c.active == 1))
    return [(row.id, _deciding(together(row.posts, acted.get(row.id, ())), Level(row.level))) for row in rows]


def _holders(staff: Staff, posts: Sequence[Post]) -> set[int]:
    """The people who may decide what waits for the first of the posts, where the others come later."""
    return {number for number, held in staff if any(may_decide(post, posts[0], posts[1:]) for post in held)}


def _deciding(posts: Iterable[Post], level: Level) -> frozenset[Post]:
    """Those of somebody's posts that decide at all."""
    return frozenset(post for post in posts if Permission.DECIDE in permissions_of(post, level))
