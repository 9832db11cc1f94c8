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
from app.services.orders.accept import Desk, accept_batch
from app.services.orders.prepared import prepare
from app.services.sample import material

BATCH = 5_000
DONE = PlatformState.COMPLETED
LINES = 4
WAITING, UNDERWAY = 200, 2_000  # the newest orders wait for contact, those before are on their way
YEARS_MS = 3 * 365 * 86_400_000


def drafts(count: int, seed: int = 1) -> Iterator[OrderDraft]:
    """Made orders of four lines each, done long ago but for the newest."""
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
        left = count - number
        state = PlatformState.PAID if left <= WAITING else PlatformState.SHIPPED if left <= UNDERWAY else DONE
        yield OrderDraft(
            "taobao", f"{seed}{number:017d}", "CNY", payable, payable, 0, 0, 1_700_000_000_000 + number * 1000,
            1_700_000_000_000 + number * 1000, state, person, lines,
        )  # fmt: skip


def big_office(count: int) -> Context:
    """A context over an office of `count` orders, taken in over three years; made once, then opened."""
    path = Path(tempfile.gettempdir()) / f"zhanggui-bench-years-{count}.zhanggui"
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
    now = to_ms(ctx.clock.now())
    for done in range(0, count, BATCH):
        at = now - YEARS_MS * (count - done) // count if done + BATCH < count else now
        with ctx.db.writing() as conn:
            desk = Desk(conn, open_ledger(conn, at, 0), pepper(conn))
            accept_batch(desk, [prepare(desk.pepper, draft) for draft in islice(source, BATCH)])
