"""What colleagues ask one to take over (交接, rule D3)."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.i18n import ngettext
from app.services.access import Context
from app.services.leave.reading import Offer, offered_to_me
from app.views.asked import Asked, named
from app.views.changes import Changes
from app.views.tasks import Tasks


def ask_to_take_over(ctx: Context, tasks: Tasks, changes: Changes, parent: QObject) -> Asked[Offer]:
    """Tells of it."""
    watches = frozenset({"handovers", "leaves"})
    return Asked(functools.partial(offered_to_me, ctx), _text, watches, tasks, changes, parent)


def _text(offers: Sequence[Offer]) -> str:
    count = sum(offer.things for offer in offers)
    told = ngettext(
        "{count} thing to take over asks for your answer: {names}",
        "{count} things to take over ask for your answer: {names}",
        count,
    )
    return told.format(count=count, names=named([offer.name for offer in offers]))
