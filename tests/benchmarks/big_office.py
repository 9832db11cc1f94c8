"""A made office of many orders for the benchmarks; kept in the temporary folder between runs."""

import random
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from app.clock import SystemClock, to_ms
from app.services.access import Context, program
from app.services.intake.draft import LineDraft, OrderDraft, PersonDraft, PlatformState
from app.services.ledger import open_ledger
from app.services.office import create_office, pepper
from app.services.opening import open_database
from app.services.orders.accept import Desk, accept_batch, prepare
from app.services.sample import material

BATCH = 5_000
LINES = 4
STATES = (PlatformState.COMPLETED,) * 92 + (PlatformState.SHIPPED,) * 5 + (PlatformState.PAID,) * 3


def drafts(count: int, seed: int = 1) -> Iterator[OrderDraft]:
    """Made orders of four lines each, mostly done long ago, a few waiting."""
    chance = random.Random(seed)
    for number in range(count):
        goods = chance.sample(material.GOODS, LINES)
        lines = tuple(LineDraft(sku, title, variant, 1, price, price) for sku, title, variant, price in goods)
        payable = sum(line.amount for line in lines)
        province, city, district, street = chance.choice(material.PLACES)
        name = chance.choice(material.SURNAMES) + chance.choice(material.GIVEN)
        person = PersonDraft(
            name,
            f"139{chance.randrange(10**8):08d}",
            province,
            city,
            district,
            f"{street}{number % 300}号",
            "",
            f"b{number}",
        )
        yield OrderDraft(
            "taobao", f"{seed}{number:017d}", "CNY", payable, payable, 0, 0, 1_700_000_000_000 + number * 1000,
            1_700_000_000_000 + number * 1000, chance.choice(STATES), person, lines,
        )  # fmt: skip


def big_office(count: int) -> Context:
    """A context over an office of `count` orders; made once, then opened."""
    path = Path(tempfile.gettempdir()) / f"zhanggui-bench-{count}.zhanggui"
    if not path.exists():
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        db = create_office(str(making), "Bench", "admin", "bench#secret1", False, SystemClock())
        _fill(program(db, SystemClock()), count)
        db.close()
        making.rename(path)
    return program(open_database(str(path)), SystemClock())


def _fill(ctx: Context, count: int) -> None:
    source = drafts(count)
    done = 0
    while done < count:
        with ctx.db.writing() as conn:
            desk = Desk(conn, open_ledger(conn, to_ms(ctx.clock.now()), 0), pepper(conn))
            for _ in range(20):
                batch = list(islice(source, BATCH))
                accept_batch(desk, [prepare(desk.pepper, draft) for draft in batch])
                done += len(batch)
