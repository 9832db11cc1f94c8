"""The manager's review screen with a thousand waiting proposals: asked for, shown and painted; no screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.clock import SystemClock
from app.models.people import Level, Post
from app.services.access import Context
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import ProductDraft, VariantDraft
from app.services.catalog.products import add_product
from app.services.office import create_office
from app.services.people.accounts import add_person
from app.services.people.sign_in import sign_in
from app.views.changes import Changes
from app.views.error_reporter import ErrorReporter
from app.views.review.panel import ReviewPanel
from app.views.tasks import ImmediateTasks
from app.views.theme import ThemeChoice, apply_theme

PROPOSALS = 1_000
ROUNDS = 20
PASSWORD = "bench#secret1"


def run() -> list[tuple[str, str]]:
    """Everything between the wish to see the list and its picture, on one thread."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, ThemeChoice.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        db = create_office(str(Path(folder) / "office.zhanggui"), "bench", "admin", PASSWORD)
        manager = sign_in(db, SystemClock(), "admin", Post.MANAGER, PASSWORD)
        _propose(manager)
        tasks = ImmediateTasks(ErrorReporter().show)
        first = _shown(app, manager, tasks)
        again = [_shown(app, manager, tasks) for _ in range(ROUNDS)]
        tasks.close()
        db.close()
    told = f"median {statistics.median(again):.0f} ms, p95 {statistics.quantiles(again, n=20)[-1]:.0f} ms"
    return [
        (
            f"review screen with {PROPOSALS:,} waiting proposals, made, asked for, painted",
            f"{told}; first {first:.0f} ms",
        )
    ]


def _propose(manager: Context) -> None:
    add_person(manager, "planner", [Post.PLANNER], Level.BACK_OFFICE, PASSWORD)
    planner = sign_in(manager.db, manager.clock, "planner", Post.PLANNER, PASSWORD)
    for number in range(PROPOSALS):
        article = VariantDraft(f"BJ-{number}", price=409_00, cost=335_00)
        product = add_product(planner, ProductDraft(f"剑南春 水晶剑 {number}", variants=(article,)))
        one = product_detail(planner, product).articles[0]
        propose(planner, ProposalDraft("price", one.id, f"剑南春 水晶剑 {number}", {"price": 389_00}, "竞品均价 386"))


def _shown(app: QApplication, manager: Context, tasks: ImmediateTasks) -> float:
    started = time.perf_counter()
    panel = ReviewPanel(manager, tasks, Changes())
    panel.resize(1_040, 780)
    panel.show()  # asks for its list
    panel.grab()
    app.processEvents()
    took = (time.perf_counter() - started) * 1000
    assert len(panel.table.all_rows()) == PROPOSALS
    panel.close()
    panel.deleteLater()
    app.processEvents()
    return took
