"""Why a count is not begun, entered or closed so."""

from app.errors import ConflictError, RuleError
from app.i18n import N_


class NothingToCountError(RuleError):
    """A count of no article."""

    message = N_("Choose at least one article to count.")


class TooManyToCountError(RuleError):
    """A count that nobody finishes in a day."""

    message = N_("A count takes at most {most} articles; begin several.")


class CountedElsewhereError(ConflictError):
    """Two people count the same shelf: the differences would be booked twice."""

    message = N_("{code} is being counted already, in the count that began with entry {count}.")


class NotInCountError(RuleError):
    """What was scanned is not part of this count."""

    message = N_("{code} is not part of this count.")


class CountQuantityError(RuleError):
    """What is counted is a whole number of pieces."""

    message = N_("What was counted of {code} is a whole number from 0 to {most}.")


class NothingCountedError(RuleError):
    """A count that counted nothing is dropped, not closed."""

    message = N_("Nothing has been counted yet. Enter what is there, or drop the count.")


class ExplainError(RuleError):
    """Rule P5: differences are explained."""

    message = N_("Give a reason for the difference of {code}: {counted} counted, {expected} expected.")


class RecountedError(RuleError):
    """A later count has told what is there; the older difference must not be booked besides."""

    message = N_("{code} has been counted again since; drop the older difference.")


class NotWaitingError(RuleError):
    """Only what waits is approved."""

    message = N_("No difference of this count waits for approval.")
