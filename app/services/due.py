"""What takes effect by itself when its time has come: approved changes, promotions, leaves (rules P2–P4, D3)."""

from app.services.access import Context, Permission, requires
from app.services.approvals.decisions import run_due_proposals
from app.services.leave.running import run_due_leaves
from app.services.promotions.promotions import run_due_promotions


@requires(Permission.CATALOG_READ)
def run_what_is_due(ctx: Context) -> int:
    """Put in force what is due; returns how many changes took effect. Safe to call on several computers at once."""
    return run_due_proposals(ctx) + run_due_promotions(ctx) + run_due_leaves(ctx)
