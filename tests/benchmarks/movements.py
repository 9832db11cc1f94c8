"""A million stock movements of a few pieces each: booked, proved, and the stock built anew from their entries."""

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from app.clock import SystemClock, to_ms
from app.models.people import Post
from app.models.stock import Movement, movements
from app.services.access import Context
from app.services.ledger import open_ledger
from app.services.office import create_office
from app.services.people.sign_in import sign_in
from app.services.stock import sums
from app.services.stock.movements import move_stock, write
from app.services.stock.rebuild import rebuild_stock
from app.services.verify import verify

MOVEMENTS = int(os.environ.get("BENCH_MOVEMENTS", "1000000"))
ARTICLES = 5_000
AT_ONCE = 2_000  # movements in a transaction while the office is filled
ROUNDS = 60
PASSWORD = "bench#secret1"


def run() -> list[tuple[str, str]]:
    """An office on a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        db = create_office(str(Path(folder) / "office.zhanggui"), "bench", "admin", PASSWORD)
        ctx = sign_in(db, SystemClock(), "admin", Post.MANAGER, PASSWORD)
        wanted = _fill(ctx)
        one = _seconds(lambda: [move_stock(ctx, Movement.RECEIPT, [("SP-1", 1)]) for _ in range(ROUNDS)]) / ROUNDS
        wanted["SP-1"] += ROUNDS
        proved = _seconds(lambda: _prove(ctx))
        rebuilt = _seconds(lambda: _rebuild(ctx))
        with ctx.reading() as conn:
            there = {code: held.on_hand for code, held in sums.held(conn, wanted).items()}
            count = conn.execute(select(func.count()).select_from(movements)).scalar_one()
        assert (there, count) == (wanted, MOVEMENTS + ROUNDS)
        db.close()
    return [
        ("one movement booked, one durable commit", f"{one * 1000:.1f} ms"),
        (f"verify {count:,} movements: chain, sums and list", f"{count / proved:,.0f} movements/s"),
        (f"stock of {ARTICLES:,} articles built anew from them", f"{count / rebuilt:,.0f} movements/s"),
    ]


def _fill(ctx: Context) -> dict[str, int]:
    """Book the movements at the service's own speed; returns what should be on hand."""
    chance, wanted = random.Random(11), {f"SP-{number}": 0 for number in range(ARTICLES)}
    codes = list(wanted)
    for _ in range(MOVEMENTS // AT_ONCE):
        with ctx.writing() as conn:
            pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
            for _one in range(AT_ONCE):
                code, quantity = chance.choice(codes), chance.randint(1, 24)
                write(conn, pen, Movement.RECEIPT, [(code, quantity)])
                wanted[code] += quantity
    return wanted


def _prove(ctx: Context) -> None:
    verdict = verify(ctx)
    assert verdict.ok, verdict


def _rebuild(ctx: Context) -> None:
    with ctx.writing() as conn:
        rebuild_stock(conn)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
