"""Which swaps of shifts (换班) colleagues ask one to agree to (rule D2)."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.i18n import ngettext
from app.services.access import Context
from app.services.duty.swaps import SwapRow, swaps_for_me
from app.views.asked import Asked, named
from app.views.changes import Changes
from app.views.tasks import Tasks


def ask_to_swap(ctx: Context, tasks: Tasks, changes: Changes, parent: QObject) -> Asked[SwapRow]:
    """Tells of them."""
    return Asked(functools.partial(swaps_for_me, ctx), _text, frozenset({"swaps"}), tasks, changes, parent)


def _text(rows: Sequence[SwapRow]) -> str:
    told = ngettext(
        "{count} swap asks for your answer: {names}", "{count} swaps ask for your answer: {names}", len(rows)
    )
    return told.format(count=len(rows), names=named([row.who_asks for row in rows]))
