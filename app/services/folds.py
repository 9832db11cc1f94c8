"""How every subject that is one row stands: the folds of all packages in one place, for office and proof."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Table

from app.models.approvals import delegations, proposals
from app.models.catalog import products, variants
from app.models.duty import duty_wishes, rosters, swaps
from app.models.leave import actings, handovers, leaves
from app.models.publishing import contents, market_notes, promotions
from app.models.staff import file_notes, notices, tasks
from app.models.stock import counts, wishes
from app.services.approvals import fold as approvals
from app.services.catalog import fold as catalog
from app.services.duty import fold as duty
from app.services.leave import fold as leave
from app.services.publishing import fold as publishing
from app.services.staff import fold as staff
from app.services.stock import fold as stock

Row = dict[str, Any]
Begin = Callable[[int, int, Mapping[str, Any]], Row]  # seq, at, content → the row, its columns in the table's order
Advance = Callable[[Row, int, int, str, Mapping[str, Any]], None]  # row, seq, at, kind, content: changes the row

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *(products, variants, proposals, delegations, contents, market_notes, promotions, counts, wishes),
        *(rosters, duty_wishes, swaps, leaves, handovers, actings, file_notes, tasks, notices),
    )
}
_FOLDS = (catalog, approvals, publishing, stock, duty, leave, staff)
BEGINS: dict[str, tuple[str, Begin]] = {kind: made for fold in _FOLDS for kind, made in fold.BEGINS.items()}
ADVANCES: dict[str, tuple[str, Advance]] = {kind: made for fold in _FOLDS for kind, made in fold.ADVANCES.items()}
