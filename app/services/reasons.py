"""Steps that must be explained (事由)."""

from app.errors import RuleError
from app.i18n import N_


class ReasonNeededError(RuleError):
    """A step that must be explained."""

    message = N_("Give a reason.")


def need_reason(reason: str) -> str:
    """The reason without blanks at its ends; raises ReasonNeededError where nothing is left."""
    cleaned = reason.strip()
    if not cleaned:
        raise ReasonNeededError
    return cleaned
