"""The 48 hours within which what was approved is out (rule P11): by the wall, as the rule names no service hours."""

from app.services.reminder import LATE, QUIET, SOON

PUBLISH_MS = 48 * 3_600_000
REMIND_MS = 36 * 3_600_000


def publish_due(approved_at: int) -> int:
    """Until when what was approved (or came into force) at this moment has to be out; milliseconds UTC."""
    return approved_at + PUBLISH_MS


def publish_stage(due: int, now: int) -> int:
    """QUIET, SOON when 12 hours are left, LATE after the 48 hours."""
    return LATE if now >= due else SOON if now >= due - PUBLISH_MS + REMIND_MS else QUIET
