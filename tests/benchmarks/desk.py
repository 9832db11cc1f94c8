"""The order desk's reading and writing: pages, counts, search, one durable step; a million orders of four lines."""

import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.clock import to_ms
from app.services.access import Context
from app.services.intake.draft import OrderDraft, PlatformState
from app.services.ledger import open_ledger
from app.services.office import pepper
from app.services.orders.accept import Desk, accept_batch
from app.services.orders.prepared import prepare
from app.services.orders.queue import queue_counts, queue_ids, queue_rows
from app.services.orders.rows import ContactDraft, OrderFilter, Outcome, Queue, Sort
from app.services.orders.steps import claim_order, confirm_order, log_contact
from tests.benchmarks.big_office import big_office, drafts

ORDERS = int(os.environ.get("BENCH_ORDERS", "1000000"))
SEARCHES = ("剑南", "五粮液", "jnc", "wly", "2065", "陈立", "黑木耳", "chl", "zy")


def run() -> list[tuple[str, str]]:
    """The figures of this machine."""
    ctx = big_office(ORDERS)
    everything = OrderFilter(queue=Queue.ALL)
    started = time.perf_counter()
    ids = queue_ids(ctx, everything, Sort.NUMBER, descending=True)
    all_ids = time.perf_counter() - started
    chance = random.Random(2)
    starts = [chance.randrange(max(len(ids) - 100, 1)) for _ in range(200)] + [0, len(ids) - 100]
    return [
        (f"ids of all {len(ids):,} orders in list order, off the window's thread", f"{all_ids * 1000:.0f} ms"),
        ("first page of all orders", _p95(lambda: _first(ctx, everything), 50)),
        ("any page of 100 rows, any depth", _each([partial(queue_rows, ctx, ids[s : s + 100]) for s in starts])),
        ("queue counts", _p95(lambda: queue_counts(ctx), 200)),
        *((f"search {word}, 50 newest", _p95(partial(_search, ctx, word), 30)) for word in SEARCHES),
        *_steps(ctx),
    ]


def _first(ctx: Context, wanted: OrderFilter) -> None:
    queue_rows(ctx, queue_ids(ctx, wanted, Sort.NUMBER, descending=True, limit=100))


def _search(ctx: Context, word: str) -> None:
    queue_rows(ctx, queue_ids(ctx, OrderFilter(queue=Queue.ALL, text=word), Sort.NUMBER, descending=True, limit=50))


def _steps(ctx: Context) -> list[tuple[str, str]]:
    made = [replace(draft, platform_state=PlatformState.PAID) for draft in drafts(200, seed=int(time.time()))]
    ids: list[int] = []
    reached = ContactDraft(Outcome.REACHED)
    return [
        ("one order accepted, one durable commit", _each([partial(_save_into, ids, ctx, draft) for draft in made])),
        ("claim", _each_order(ids, lambda order: claim_order(ctx, order))),
        ("contact logged", _each_order(ids, lambda order: log_contact(ctx, order, reached))),
        ("one order confirmed, one durable commit", _each_order(ids, lambda order: confirm_order(ctx, order))),
    ]


def _each_order(ids: list[int], step: Callable[[int], None]) -> str:
    return _each([partial(step, order) for order in tuple(ids)])


def _save_into(ids: list[int], ctx: Context, draft: OrderDraft) -> None:
    ids.append(_save(ctx, draft))


def _save(ctx: Context, draft: OrderDraft) -> int:
    with ctx.db.writing() as conn:
        desk = Desk(conn, open_ledger(conn, to_ms(ctx.clock.now()), 0), pepper(conn))
        return accept_batch(desk, [prepare(desk.pepper, draft)])[0]


def _p95(call: Callable[[], object], times: int) -> str:
    return _each([call] * times)


def _each(calls: list[Callable[[], object]]) -> str:
    if len(calls) < 2:
        return "–"
    took = []
    for call in calls:
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return f"median {statistics.median(took):.2f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.2f} ms"
