"""What has happened with a proposal, and how far it has come on its way through the posts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.i18n import _
from app.models.approvals import PROPOSAL_STATE_WORDS, ProposalState
from app.models.ledger import entries
from app.models.people import POST_WORDS, Post
from app.services.approvals.fold import APPROVE, RETURN
from app.services.approvals.late import dues_of, late_words
from app.services.people.names import name_of


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of a proposal's history."""

    at: int
    name: str
    sentence: str
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """One of the posts that must agree: who has decided for it and when, or what it waits for; milliseconds UTC."""

    post: str
    said: str
    agreed: bool = False
    at: int | None = None


def chain_of(conn: Connection, row: Any) -> list[Agreement]:
    """The posts that must agree to a proposal, a row of its table, in their order."""
    c = entries.c
    decided = conn.execute(
        select(c.at, c.person, c.content).where(c.subject == row.id, c.kind == "proposal.decided").order_by(c.seq)
    ).all()
    chain = []
    for place, post in enumerate(row.steps.split(",")):
        word = _(POST_WORDS[Post(post)])
        if place < len(decided):
            one = decided[place]
            content = json.loads(one.content)
            said = _("{name}: {decision}").format(name=name_of(conn, one.person), decision=_decision(conn, content))
            chain.append(Agreement(word, said, content["decision"] == APPROVE, one.at))
        else:
            chain.append(Agreement(word, _still(row, place)))
    return chain


def _still(row: Any, place: int) -> str:
    if row.state != ProposalState.WAITING.value:
        return _("not asked any more")
    return _("decides now") if place == row.step else _("decides after that")


def history_of(conn: Connection, proposal: int) -> list[Happened]:
    """What has happened with a proposal, the oldest first."""
    rows = conn.execute(
        select(entries.c.at, entries.c.person, entries.c.kind, entries.c.content)
        .where((entries.c.seq == proposal) | (entries.c.subject == proposal))
        .order_by(entries.c.seq)
    ).all()
    due = dues_of(conn, [proposal]).get(proposal)
    told = []
    for one in rows:
        content = json.loads(one.content)
        sentence = _sentence(conn, one.kind, content)
        if one.kind == "proposal.applied":
            sentence = late_words(due, one.at) or sentence
        told.append(Happened(one.at, name_of(conn, one.person), sentence, tuple(content.get("attachments", ()))))
    return told


def _sentence(conn: Connection, kind: str, content: Mapping[str, Any]) -> str:
    if kind == "proposal.made":
        return _("proposed: {reason}").format(reason=content["reason"])
    if kind == "proposal.noted":
        return _("added: {note}").format(note=content["note"])
    if kind == "proposal.decided":
        return _decision(conn, content)
    if kind == "proposal.published":
        return _("brought it to: {where}").format(where=content["where"])
    if kind == "proposal.withdrawn":
        return _("withdrawn: {reason}").format(reason=content["reason"])
    if kind == "proposal.failed":
        return _("could not take effect: {reason}").format(reason=content["reason"])
    if kind == "proposal.stale":
        return _("overtaken: what it rests on has changed")
    return _(PROPOSAL_STATE_WORDS[ProposalState.EFFECTIVE])


def _decision(conn: Connection, content: Mapping[str, Any]) -> str:
    reason = content["reason"]
    if content["decision"] == RETURN:
        done = _("returned: {reason}").format(reason=reason)
    else:
        done = _("approved: {note}").format(note=reason) if reason else _("approved")
    if content["for"]:
        return _("{done} (in place of {name})").format(done=done, name=name_of(conn, content["for"][0]))
    return done
