"""The review screen's list: its columns share the room there is, on a small screen as well as without a row."""

from collections.abc import Callable

from app.i18n import _
from app.services.approvals.queue import ProposalRow
from app.views.review.columns import CHANGE, KIND, REASON, SUBJECT, WAITS, WHO, columns
from app.views.theme import ROW
from app.views.widgets.list_table import ListTable, Sharing

USUAL = {WAITS: 104, KIND: 110, SUBJECT: 190, WHO: 140, CHANGE: 220}  # also where nothing is listed
LEAST = {CHANGE: 120, SUBJECT: 110, WHO: 84}  # which give way to the reason, in this order
LEAST_REASON = 150


def proposal_table(now: Callable[[], int]) -> ListTable[ProposalRow]:
    """The reason takes what is left, and never less than it needs to be read."""
    sharing = Sharing(LEAST, LEAST_REASON, USUAL)
    table = ListTable(columns(now), _("Proposals"), REASON, row_height=ROW, several=True, sharing=sharing)
    table.show_rows([])
    return table
