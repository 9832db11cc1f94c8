"""Drafts made ready for acceptance: everything that needs neither the chain nor the database, in any process."""

import hashlib
import os
from dataclasses import dataclass, field
from typing import Any

from app.models.canonical import SALT_BYTES, canonical, commitment
from app.services.intake.draft import (
    LineDraft,
    OrderDraft,
    PersonDraft,
    PlatformState,
    line_values,
    person_values,
)
from app.services.search.tokens import facts_document

LEAST_DIGITS = 7  # of a telephone number


@dataclass(slots=True)
class Prepared:
    """An order of a file, ready to be compared and accepted; of plain values, so that it travels fast."""

    facts: dict[str, Any]  # what the platform says, without the person
    text: str  # the facts as JSON
    person: tuple[str, ...]  # in the order of PERSONAL_FIELDS
    salt: bytes = field(compare=False)  # drawn anew each time
    commitment: str = field(compare=False)  # to the person, with the salt
    digest: bytes  # a keyed hash of everything the draft says: equal means the platform's file says nothing new
    key: bytes | None  # who is the same customer
    words: str  # for the search
    row: int

    def draft(self) -> OrderDraft:
        """The draft it was made of."""
        facts = self.facts.copy()
        state = facts.pop("platform_state")
        lines = tuple(LineDraft(*line) for line in facts.pop("lines"))
        return OrderDraft(
            **facts,
            platform_state=None if state is None else PlatformState(state),
            person=PersonDraft(*self.person),
            lines=lines,
            row=self.row,
        )


def prepare(pepper: bytes, draft: OrderDraft, source: str = "") -> Prepared:
    """Make a draft ready; `source` is the shop it comes from, where that is not the channel."""
    facts = {
        "channel": draft.channel,
        "source_number": draft.source_number,
        "currency": draft.currency,
        "payable": draft.payable,
        "paid": draft.paid,
        "freight": draft.freight,
        "discount": draft.discount,
        "placed_at": draft.placed_at,
        "paid_at": draft.paid_at,
        "platform_state": None if draft.platform_state is None else draft.platform_state.value,
        "shop": draft.shop,
        "waybill": draft.waybill,
        "carrier": draft.carrier,
        "lines": list(map(line_values, draft.lines)),
    }
    text = canonical(facts)
    person = clean_person(draft.person)
    salt = os.urandom(SALT_BYTES)
    said = "\x1f".join((text, *person)).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(said, key=pepper, digest_size=16).digest()
    key = customer_key(pepper, source or draft.channel, draft.person)
    words = facts_document(draft.source_number, person[0], person[1], [line.title for line in draft.lines], person[7])
    return Prepared(facts, text, person, salt, commitment(salt, person), digest, key, words, draft.row)


def customer_key(pepper: bytes, source: str, person: PersonDraft) -> bytes | None:
    """Who is the same customer: by full phone, else by account on the platform; None where neither is known."""
    digits = person.phone
    if digits and not digits.isdecimal():
        digits = "" if "*" in digits else "".join(filter(str.isdigit, digits))
    if len(digits) >= LEAST_DIGITS:  # "none" and "ask at the gate" are nobody's number
        named = f"phone\t{digits[-11:]}"
    elif person.buyer:
        named = f"buyer\t{source}\t{person.buyer}"
    else:
        return None
    return hashlib.blake2b(named.encode("utf-8", "surrogatepass"), key=pepper, digest_size=16).digest()


def clean_person(person: PersonDraft) -> tuple[str, ...]:
    """The personal fields in the order of PERSONAL_FIELDS, without the sign that parts them in the commitment."""
    values = person_values(person)
    joined = "".join(values)
    if "\x1f" in joined or "\x00" in joined:
        return tuple(value.replace("\x1f", " ").replace("\x00", "") for value in values)
    return values
