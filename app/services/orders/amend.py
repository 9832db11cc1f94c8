"""Amendments: what changes after acceptance is added with its reason, never written over (rules O6, O9)."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, select

from app.errors import RuleError
from app.i18n import N_
from app.models.canonical import SALT_BYTES, commitment
from app.models.customers import PERSONAL_FIELDS, customers, personal
from app.models.orders import (
    BEFORE_CONFIRMING,
    BEFORE_SHIPPING,
    HELD_BY_CHECKS,
    OrderEvent,
    OrderState,
    WrongStateError,
)
from app.services.access import Context, Permission, requires
from app.services.db import insert_many
from app.services.ledger import order_entries
from app.services.office import load_settings
from app.services.orders.checks import HOLDING, Known, Subject, run_checks
from app.services.orders.facts import OrderFacts, person_of, read_history, rows_of_lines
from app.services.orders.index import ORDERS, document_of
from app.services.orders.rows import AmendDraft, Person
from app.services.orders.steps import Step, refuse_others, step
from app.services.reasons import need_reason
from app.services.stock.available import goods_of


class NothingChangedError(RuleError):
    """An amendment that amends nothing."""

    message = N_("Nothing is different from what the order says already.")


class ErasedError(RuleError):
    """The customer has been forgotten; nothing personal is added again."""

    message = N_("This customer's data was erased; the order's address can no longer be amended.")


@requires(Permission.ORDER_AMEND)
def amend_order(ctx: Context, order_id: int, draft: AmendDraft, seen: int | None = None) -> None:
    """Amend recipient, address or office remark with a reason, until the goods have left."""
    with step(ctx, order_id, seen) as s:
        refuse_others(s)
        if OrderState(s.order.state) not in BEFORE_SHIPPING:
            raise WrongStateError(s.order.state)
        reason = need_reason(draft.reason)
        facts = read_history(order_entries(s.conn, [order_id])).stands
        person = person_of(s.conn, facts.personal)
        given = {name: getattr(draft, name) for name in PERSONAL_FIELDS if getattr(draft, name, None) is not None}
        new_person = replace(person, **{name: value.strip() for name, value in given.items()})
        changes: dict[str, list[Any]] = {}
        if draft.office_remark is not None and draft.office_remark.strip() != facts.office_remark:
            changes["office_remark"] = [facts.office_remark, draft.office_remark.strip()]
        write_amendment(s, facts, (person, new_person), changes, reason, by="desk")


def write_amendment(
    s: Step,
    facts: OrderFacts,
    people: tuple[Person, Person],
    changes: Mapping[str, list[Any]],
    reason: str,
    *,
    by: str,
) -> None:
    """Write one amendment, keep the new personal fields, index the new words, check the order anew.

    `people` are the personal fields as they stand and as they shall be.
    """
    person, new_person = people
    moved = [name for name in PERSONAL_FIELDS if getattr(new_person, name) != getattr(person, name)]
    if not moved and not changes:
        raise NothingChangedError
    content: dict[str, Any] = {"by": by, "changes": dict(changes), "reason": reason}
    values = tuple(getattr(new_person, name).replace("\x1f", " ").replace("\x00", "") for name in PERSONAL_FIELDS)
    salt = os.urandom(SALT_BYTES)
    if moved:
        if person.erased:
            raise ErasedError
        content |= {"fields": moved, "person": commitment(salt, values)}
    seq = s.write(OrderEvent.AMENDED, content)
    if moved:
        insert_many(s.conn, personal, [(seq, s.order.id, salt, *values)])
    lines = changes["lines"][1] if "lines" in changes else rows_of_lines(facts.lines)
    if moved or "lines" in changes:
        ORDERS.replace(s.conn, s.order.id, document_of(s.order, values, [line[1] for line in lines]))
    check_anew(s, new_person, lines, lifts=by != "desk")


def check_anew(s: Step, person: Person, lines: list[list[Any]], *, lifts: bool) -> None:
    """Run the checks on what the order says now; a new result is a new entry, the old one stays on record.

    Only what the platform corrects `lifts` a hold: a concession that makes the sums equal is no second person.
    """
    if OrderState(s.order.state) not in BEFORE_CONFIRMING:
        return
    before = {code: found for code, found in json.loads(s.order.hint)}
    where = asdict(person)
    subject = Subject(
        s.order.payable,
        s.order.paid,
        lines,
        *(where[n] for n in ("phone", "province", "city", "district", "address")),
    )
    settings = load_settings(s.conn)
    goods = goods_of(s.conn, {line[0] for line in lines})
    known = Known(
        settings.unusual_quantity,
        before.get("doubled", {}).get("number", ""),
        _flag(s.conn, s.order.customer),
        goods.floor_price,
        goods.shortage(lines),
    )
    findings = run_checks(subject, known)
    if json.loads(json.dumps(findings)) == json.loads(s.order.hint):
        return
    fired = {code for code, found in findings if before.get(code) != found}
    held = bool(s.order.held & HELD_BY_CHECKS)
    stands = held and (not lifts or any(code in HOLDING for code, _ in findings))
    holds = stands or not HOLDING.isdisjoint(fired)
    s.write(OrderEvent.CHECKED, {"findings": findings, "holds": holds})


def _flag(conn: Connection, customer: int) -> str:
    reason: str | None = conn.execute(
        select(customers.c.reason).where(customers.c.id == customer, customers.c.flagged == 1)
    ).scalar()
    return reason or ""
