"""The catalog at 100,000 products: importing, searching, pages; the review screen with 1,000 proposals; decisions."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.clock import SystemClock
from app.models.people import Level, Post
from app.services.access import Context
from app.services.approvals.decisions import approve
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import Desk, list_proposals, proposal_counts, proposal_detail
from app.services.catalog.commit import import_products
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.gtin import check_digit
from app.services.catalog.queue import product_ids, product_rows, shelf_counts
from app.services.catalog.rows import ProductFilter, ProductSort
from app.services.office import create_office
from app.services.people.accounts import add_person
from app.services.people.sign_in import sign_in
from app.services.sample import material

PRODUCTS = int(os.environ.get("BENCH_PRODUCTS", "100000"))
PROPOSALS = 1_000
ROUNDS = 60
PASSWORD = "bench#secret1"
WORDS = ("剑南", "五粮液", "jnc", "wly", "BJ-4711", "6900000", "白酒", "黑木耳")


def run() -> list[tuple[str, str]]:
    """An office on a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        clock = SystemClock()
        db = create_office(str(Path(folder) / "office.zhanggui"), "bench", "admin", PASSWORD)
        admin = sign_in(db, clock, "admin", Post.MANAGER, PASSWORD)
        planner = _hire(admin, "planner", Post.PLANNER)
        figures = [_importing(planner)]
        figures += _reading(planner)
        figures += _deciding(planner, admin)
        db.close()
    return figures


def _hire(admin: Context, name: str, post: Post) -> Context:
    add_person(admin, name, [post], Level.BACK_OFFICE, PASSWORD)
    return sign_in(admin.db, admin.clock, name, post, PASSWORD)


def _draft(number: int) -> ProductDraft:
    code, title, article, price = material.GOODS[number % len(material.GOODS)]
    body = f"69{number:010d}"
    one = VariantDraft(
        f"{code[:2]}-{number}",
        article,
        (BarcodeDraft(body + check_digit(body)),),
        cost=price - 100,
        price=price,
        shelf="A-1",
    )
    return ProductDraft(f"{title} {number}", title.split(" ")[0], "白酒", "四川", variants=(one,), row=number)


def _importing(ctx: Context) -> tuple[str, str]:
    drafts = [_draft(number) for number in range(PRODUCTS)]
    start = time.perf_counter()
    found = import_products(ctx, drafts, "bench.csv")
    took = time.perf_counter() - start
    assert found.kinds["new"] == PRODUCTS
    return f"{PRODUCTS:,} new products compared, entered, indexed, durable", f"{PRODUCTS / took:,.0f} products/s"


def _reading(ctx: Context) -> list[tuple[str, str]]:
    ids = product_ids(ctx, ProductFilter(), ProductSort.NAME, descending=False)
    steps: list[tuple[str, Callable[[int], object]]] = [
        ("catalog search, first 100 rows", lambda n: _search(ctx, WORDS[n % len(WORDS)])),
        ("catalog page of 100 rows", lambda n: product_rows(ctx, ids[n * 997 % (PRODUCTS - 100) :][:100])),
        ("shelf counts", lambda _n: shelf_counts(ctx)),
        ("one product with prices and history", lambda n: product_detail(ctx, ids[n * 991 % PRODUCTS])),
    ]
    return [(name, _measure(step)) for name, step in steps]


def _search(ctx: Context, word: str) -> object:
    return product_rows(ctx, product_ids(ctx, ProductFilter(text=word), limit=100))


def _deciding(planner: Context, manager: Context) -> list[tuple[str, str]]:
    ids = product_ids(planner, ProductFilter(), limit=PROPOSALS + 2 * ROUNDS)
    made = []
    for product in ids:
        one = product_detail(planner, product).articles[0]
        facts = {"price": (one.price or 0) + 100}
        made.append(propose(planner, ProposalDraft("price", one.id, one.code, facts, "竞品")))
    waiting = _measure(lambda _n: (list_proposals(manager, Desk.MINE), proposal_counts(manager)), 20)
    rows = [proposal_detail(manager, number).row for number in made[:ROUNDS]]
    decided = _measure(lambda n: approve(manager, rows[n].id, rows[n].last_seq))
    return [
        (f"list of {len(made):,} waiting proposals with changes and reasons", waiting),
        ("a price approved and in force, one durable commit", decided),
    ]


def _measure(step: Callable[[int], object], rounds: int = ROUNDS) -> str:
    took = []
    for number in range(rounds):
        start = time.perf_counter()
        step(number)
        took.append((time.perf_counter() - start) * 1000)
    return f"median {statistics.median(took):.1f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.1f} ms"
