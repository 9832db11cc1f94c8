"""The columns of the preview's two tables: orders as they would come in, and rows that cannot."""

from app.i18n import N_, _
from app.money import format_amount
from app.services.intake.commit import PreviewRow
from app.services.intake.draft import Reject
from app.views.widgets.list_table import Column

KINDS = {"new": N_("new"), "changed": N_("changed"), "unchanged": N_("unchanged")}


def _kind(row: PreviewRow) -> str:
    told = _(KINDS[row.kind])
    changes = _(", ").join(row.changes)
    return f"{told}: {changes}" if changes else told


SAMPLE_COLUMNS: tuple[Column[PreviewRow], ...] = (
    Column(N_("Row"), lambda row: str(row.row), right=True),
    Column(N_("What happens"), _kind),
    Column(N_("Platform number"), lambda row: row.source_number),
    Column(N_("Recipient"), lambda row: row.name),
    Column(N_("Goods"), lambda row: row.goods),
    Column(N_("Amount"), lambda row: format_amount(row.payable, row.currency), right=True),
)
REJECT_COLUMNS: tuple[Column[Reject], ...] = (
    Column(N_("Row"), lambda reject: str(reject.row), right=True),
    Column(N_("Platform number"), lambda reject: reject.source_number),
    Column(N_("Reason"), lambda reject: reject.reason),
)
