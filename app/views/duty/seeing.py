"""Who looks at a published roster has seen it, which is put on record without disturbing them."""

import logging

from app.errors import OutsideError
from app.services.duty.news import see_roster
from app.views.duty.sheet import Sheet
from app.views.panel import Panel

log = logging.getLogger(__name__)


def record_look(panel: Panel, sheet: Sheet | None) -> None:
    """Put on record what somebody has just looked at; what is published while it is on its way is not in it."""
    ctx, seen = panel.ctx, sheet.seen if sheet is not None else {}
    if seen:
        panel.tasks.run(panel, lambda: see_roster(ctx, seen), failed=_on_failed)


def _on_failed(error: Exception) -> None:
    """Where the database does not answer, nobody is bothered who only looks; it is put on record the next time."""
    if not isinstance(error, OutsideError):
        raise error
    log.info("a look at the roster is not on record: %s", type(error).__name__)
