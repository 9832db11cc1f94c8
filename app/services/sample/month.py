"""A month of orders for the sample office: who orders what when, and what the desk then does with it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.clock import OFFICE_ZONE, to_ms
from app.services.intake.draft import LineDraft, OrderDraft, PersonDraft, PlatformState
from app.services.sample import material

MINUTE = 60_000
DAY = timedelta(days=1)


@dataclass(order=True, slots=True)
class Happens:
    """Something that happens at a time: an order comes in, a step is taken with one, or something else."""

    at: int
    order: int
    step: str = ""
    facts: dict[str, object] = field(default_factory=dict, compare=False)
    act: Callable[[Any], None] | None = field(default=None, compare=False)  # where it is no order's


# What nobody has looked at yet: one late with a payment that does not match, one soon due, one without a district.
JUST_NOW: tuple[tuple[float, Callable[[OrderDraft], dict[str, Any]]], ...] = (
    (12.2, lambda draft: {"paid": draft.payable - 6_000}),
    (6.3, lambda _draft: {}),
    (3.4, lambda draft: {"person": replace(draft.person, district="")}),
    (1.1, lambda _draft: {}),
)


def plan_month(chance: random.Random, now: datetime, days: int = 30) -> tuple[list[OrderDraft], list[Happens]]:
    """Orders of the last `days` days up to `now` and what happens to them, in the order of time."""
    drafts: list[OrderDraft] = []
    happens: list[Happens] = []
    today = now.astimezone(OFFICE_ZONE).date()
    known: list[PersonDraft] = []
    for back in range(days - 1, -1, -1):
        day = today - back * DAY
        for at in _arrivals(chance, day):
            if at > to_ms(now):
                continue
            draft = _draft(chance, at, day, len(drafts), known)
            happens.append(Happens(at, len(drafts)))
            happens += _life(chance, at, len(drafts), draft, back)
            drafts.append(draft)
    for minutes, changes in JUST_NOW:
        at = to_ms(now) - int(minutes * MINUTE)
        draft = _draft(chance, at, today, len(drafts), known)
        happens.append(Happens(at, len(drafts)))
        drafts.append(replace(draft, **changes(draft)))
    return drafts, sorted(one for one in happens if one.at <= to_ms(now))


def _arrivals(chance: random.Random, day: date) -> list[int]:
    """Times of acceptance of a day: service hours, a peak before noon and one in the evening, more at weekends."""
    start = datetime(day.year, day.month, day.day, 8, 35, tzinfo=OFFICE_ZONE)
    count = chance.randint(18, 27) + (8 if day.weekday() >= 5 else 0)
    minutes = [
        chance.choice((chance.gauss(150, 60), chance.gauss(640, 55), chance.uniform(0, 730))) for _ in range(count)
    ]
    return sorted(
        to_ms((start + timedelta(minutes=min(max(m, 0), 738), seconds=chance.randrange(60))).astimezone(UTC))
        for m in minutes
    )


def _draft(chance: random.Random, at: int, day: date, index: int, known: list[PersonDraft]) -> OrderDraft:
    channel = chance.choices([c for c, _ in material.CHANNELS], [w for _, w in material.CHANNELS])[0]
    lines = tuple(_lines(chance))
    payable = sum(line.amount for line in lines)
    discount = chance.choice((0, 0, 0, 1_000, 2_000)) if payable > 20_000 else 0
    payable -= discount
    short = 6_000 if chance.random() < 0.015 and payable > 12_000 else 0
    return OrderDraft(
        channel=channel,
        source_number=_platform_number(chance, channel, day, index),
        currency="CNY",
        payable=payable,
        paid=payable - short,
        freight=0,
        discount=discount,
        placed_at=at - chance.randint(20, 90) * 1000,
        paid_at=at - chance.randint(5, 19) * 1000,
        platform_state=PlatformState.PAID,
        person=_person(chance, channel, known),
        lines=lines,
        shop=material.OFFICE,
    )


def _lines(chance: random.Random) -> Iterator[LineDraft]:
    for sku, title, variant, price in chance.sample(material.GOODS, chance.choices((1, 2, 3), (70, 23, 7))[0]):
        quantity = chance.choices((1, 2, 3, 4, 6, 12, 60), (36, 26, 8, 8, 14, 7, 0.4))[0]
        yield LineDraft(sku, title, variant, quantity, price, price * quantity)


def _platform_number(chance: random.Random, channel: str, day: date, index: int) -> str:
    if channel == "pinduoduo":
        return f"{day:%y%m%d}-{chance.randrange(10**14, 10**15)}"
    if channel == "jd":
        return str(chance.randrange(10**11, 10**12))
    if channel == "shop":
        return f"YJ{day:%Y%m%d}{index:05d}"
    return str(chance.randrange(10**18, 9 * 10**18))


def _person(chance: random.Random, channel: str, known: list[PersonDraft]) -> PersonDraft:
    if known and chance.random() < 0.3:
        return chance.choice(known)
    province, city, district, street = chance.choice(material.PLACES)
    name = chance.choice(material.SURNAMES) + chance.choice(material.GIVEN)
    # 1390000nnnn stands for nobody; what a platform masks stays masked.
    tail = f"{chance.randrange(10_000):04d}"
    phone = f"1390000{tail}" if channel == "shop" else f"{chance.choice(('138', '159', '186', '135'))}****{tail}"
    person = PersonDraft(
        name=name,
        phone=phone,
        province=province,
        city=city,
        district="" if chance.random() < 0.02 else district,
        address=f"{street}{chance.randint(1, 320)}号{chance.randint(1, 30)}栋{chance.randint(1, 28)}01室",
        postcode="",
        buyer=f"tb{chance.randrange(10**7, 10**8)}"
        if channel in {"taobao", "tmall"}
        else f"u{chance.randrange(10**8)}",
        message=chance.choice(material.MESSAGES),
        remark=chance.choice(material.REMARKS),
    )
    known.append(person)
    return person


def _life(chance: random.Random, at: int, order: int, draft: OrderDraft, back: int) -> Iterator[Happens]:
    """What the desk does with an order."""
    clerk = chance.choice(("王敏", "李娜"))
    late = chance.random() < 0.03
    reached = at + (chance.uniform(10.5, 14) if late else chance.uniform(1, 8)) * MINUTE
    if chance.random() < 0.12:
        yield Happens(int(at + 40_000), order, "no_answer", {"by": clerk})
        late, reached = False, at + chance.uniform(3, 9) * MINUTE
    reason = chance.choice(material.LATE_REASONS)
    yield Happens(int(reached), order, "reached", {"by": clerk, "reason": reason})
    if draft.paid != draft.payable:
        if back:
            yield Happens(int(reached + 20 * MINUTE), order, "release", {"by": "赵倩", "reason": "平台红包抵扣,已核对"})
        else:
            return
    yield from _after_contact(chance, int(reached), order, clerk, back)


def _after_contact(chance: random.Random, reached: int, order: int, clerk: str, back: int) -> Iterator[Happens]:
    if chance.random() < 0.02:
        yield Happens(
            reached + 3 * MINUTE, order, "hold", {"by": clerk, "reason": chance.choice(material.HOLD_REASONS)}
        )
        if back < 2:
            return
        yield Happens(reached + 200 * MINUTE, order, "release", {"by": "赵倩", "reason": "客户已回复"})
        reached += 201 * MINUTE
    if chance.random() < 0.03:
        yield Happens(
            reached + 5 * MINUTE, order, "cancel", {"by": clerk, "reason": chance.choice(material.CANCEL_REASONS)}
        )
        return
    if chance.random() < 0.05:
        yield Happens(reached + MINUTE, order, "concede", {"by": clerk, "amount": 500, "reason": "老客户抹零"})
    if back == 0 and chance.random() < 0.2:
        return
    # What the system holds for payment is released after twenty minutes; nobody confirms before.
    confirmed = reached + chance.randint(25, 55) * MINUTE
    yield Happens(confirmed, order, "confirm", {"by": clerk})
    picked = confirmed + chance.randint(40, 300) * MINUTE
    yield Happens(picked, order, "pick", {"by": "吴迪"})
    yield Happens(picked + 10 * MINUTE, order, "check_out", {"by": "吴迪"})
    shipped = picked + chance.randint(30, 400) * MINUTE
    waybill = f"SF{chance.randrange(10**12, 10**13)}"
    yield Happens(
        shipped, order, "ship", {"by": "吴迪", "carrier": chance.choice(material.CARRIERS), "waybill": waybill}
    )
    delivered = shipped + chance.randint(20, 90) * 60 * MINUTE
    yield Happens(delivered, order, "deliver", {"by": "吴迪"})
    yield Happens(delivered + chance.randint(24, 72) * 60 * MINUTE, order, "close", {"by": clerk})
