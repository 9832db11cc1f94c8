"""What a leave, a handover or an acting is refused for."""

from app.errors import ConflictError, PermissionDeniedError, RuleError
from app.i18n import N_


class LeaveDaysError(RuleError):
    """Rule D3: leave is asked for ahead."""

    message = N_("Choose a first and a last day in their order, from {earliest} on and for at most {most} days.")


class MonthAheadError(RuleError):
    """Rule D3: a resignation is written a month ahead."""

    message = N_("A resignation is written a month ahead: the last day is {earliest} or later.")


class OthersResignationError(PermissionDeniedError):
    """Nobody resigns for somebody else, and only the general manager asks for an earlier day."""

    message = N_("A resignation is written by who resigns; an earlier day is asked for by the general manager only.")


class DeciderProposesError(PermissionDeniedError):
    """Who proposes does not decide, and a resignation needs the manager and the general manager."""

    message = N_("The manager and the general manager decide on this: let {name} or a lead propose it.")


class OverlappingLeaveError(ConflictError):
    """Nobody is away twice at a time."""

    message = N_("{name} has another leave from {first} to {last}; withdraw it, or choose other days.")


class ReceiverError(RuleError):
    """Rule D3: a named colleague takes over."""

    message = N_("Choose a colleague who is at work here to take over.")


class ReceiverAwayError(RuleError):
    """Who is away takes nothing over."""

    message = N_("{name} is away from {first} to {last} and cannot take this over.")


class ReceiverUnableError(RuleError):
    """Who is going to resign takes nothing over; why is not told before it is approved."""

    message = N_("{name} cannot take this over on these days; name somebody else.")


class MutualReceiversError(RuleError):
    """Two people who are away on the same days cannot stand for each other."""

    message = N_("{name} is away on these days as well and hands over to the one who asks here; name somebody else.")


class MayNotTakeError(RuleError):
    """What is handed over needs somebody whose post may do it."""

    message = N_("{name}'s posts do not allow this work: {what}.")


class NotHandedOverError(RuleError):
    """Rule D3: everything has a receiver who accepted."""

    message = N_("Not everything has a receiver who accepted it; {count} still to be accepted: {what}.")


class OthersLeaveError(PermissionDeniedError):
    """A leave is its person's, and the leads' business."""

    message = N_("This is the leave of {name}: only they themselves or a lead can do this.")


class NotReceiverError(PermissionDeniedError):
    """Only who is asked to take over accepts or refuses."""

    message = N_("Only {name}, who was asked to take this over, answers.")


class OwnLeaveError(PermissionDeniedError):
    """Nobody decides on their own leave, also where somebody else asked for it."""

    message = N_("Nobody decides on their own leave.")


class ApprovedResignationError(RuleError):
    """What two have approved is not undone by one: an approved resignation is taken back by approval only."""

    message = N_("This resignation is approved; it is taken back by approval only. Ask for that with a reason.")


class OthersTakingBackError(PermissionDeniedError):
    """Nobody is asked for to stay by somebody else."""

    message = N_("Only {name}, who resigns, asks to take the resignation back.")


class ResignationRunsError(RuleError):
    """Nobody comes back early from a resignation."""

    message = N_("A resignation ends by itself, as soon as everything is handed over.")


class ActingDaysError(RuleError):
    """Rule D4: for a limited time."""

    message = N_("Choose days from today on, in their order; somebody acts for at most {months} months at a time.")


class OwnActingError(PermissionDeniedError):
    """Nobody raises their own rights."""

    message = N_("Somebody else has to let you act in a post.")


class HigherPostError(PermissionDeniedError):
    """Nobody gives away more than they have."""

    message = N_("Only the general manager lets somebody act in this post.")


class ActorError(RuleError):
    """Who acts is at work here, and for somebody else."""

    message = N_("Choose somebody who is at work here and does not hold the post on these days.")


class InsteadOfError(RuleError):
    """Acting for somebody is acting in a post of theirs."""

    message = N_("{name} is not “{post}”; nobody can act in their place there.")
