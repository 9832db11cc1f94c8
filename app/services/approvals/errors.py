"""What an approval is refused for."""

from app.errors import ConflictError, PermissionDeniedError, RuleError
from app.i18n import N_


class OwnProposalError(PermissionDeniedError):
    """Nobody decides on their own proposal, not through a delegation either."""

    message = N_("Nobody decides on their own proposal, also not in somebody else's place.")


class NotYourDecisionError(PermissionDeniedError):
    """The proposal waits for somebody else."""

    message = N_("This waits for: {post}.")


class DecidedBeforeError(NotYourDecisionError):
    """Two steps are two pairs of eyes: who agreed at one decides at no other, not through a delegation either."""

    message = N_("You have agreed to this at an earlier step. The next one is for somebody else.")


class NotYourProposalError(PermissionDeniedError):
    """Only who made a proposal takes it back or adds to it."""

    message = N_("Only {name}, who made the proposal, can do this.")


class MayNotProposeError(PermissionDeniedError):
    """Rules P2 and P3: each kind has its posts."""

    message = N_("Your post does not propose this.")


class StaleProposalError(ConflictError):
    """What the proposal rests on is no longer true."""

    message = N_("What this proposal rests on has changed meanwhile: it is void. Propose it anew.")


class DoubledProposalError(ConflictError):
    """One change of one thing at a time."""

    message = N_("The same is proposed already and waits for: {post}.")


class NothingChangesError(RuleError):
    """A proposal changes something."""

    message = N_("Nothing would change.")


class EffectTimeError(RuleError):
    """A time of effect lies ahead, and not for years."""

    message = N_("Choose a time within the coming year.")


class DelegationError(RuleError):
    """A delegation is given to somebody else, for days that come."""

    message = N_("Choose somebody else, and a first and last day from today on.")
